from django import forms

from people.models import Department, JobRole


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MatrixForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects, required=False, empty_label="All departments")
    role = forms.ModelChoiceField(JobRole.objects, required=False, empty_label="All roles")
    day = DayField(label="As of", required=False)


class CompetenceForm(forms.Form):
    name = forms.CharField(max_length=160, help_text="What one must be able to do, such as “Solder a flex board”.")
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    validity_months = forms.IntegerField(
        label="Holds for",
        min_value=1,
        max_value=600,
        required=False,
        help_text="Calendar months. Leave it empty if a proof does not end.",
    )
    renewal_window_days = forms.IntegerField(
        label="Can be renewed",
        min_value=0,
        max_value=3650,
        initial=30,
        help_text="So many days before the end, and is asked for again from then.",
    )


class RequirementForm(forms.Form):
    role = forms.ModelChoiceField(JobRole.objects, empty_label="Choose a role")
    since = DayField(label="From")
    due_days = forms.IntegerField(
        label="Within", min_value=0, max_value=3650, initial=30, help_text="Days after someone takes up the role."
    )
    until = DayField(label="Last day", required=False, help_text="Leave it empty if no end is planned.")


class EndRequirementForm(forms.Form):
    until = DayField(label="Last day")
    reason = forms.CharField(max_length=200)
