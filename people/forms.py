from django import forms
from django.contrib.auth import forms as auth_forms
from django.utils import timezone

from people.groups import GROUPS
from people.importing.columns import TITLES
from people.models import Department, JobRole, Person


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    q = forms.CharField(label="Name or number", required=False, max_length=100)
    department = forms.ModelChoiceField(Department.objects, required=False, empty_label="All departments")
    role = forms.ModelChoiceField(JobRole.objects, required=False, empty_label="All roles")
    left = forms.BooleanField(label="Also those who have left", required=False)


class PersonForm(forms.Form):
    first_name = forms.CharField(max_length=150)
    last_name = forms.CharField(max_length=150)
    username = forms.CharField(
        label="Username",
        max_length=150,
        validators=[Person.username_validator],
        help_text="Letters, digits and @ . + - _",
    )
    email = forms.EmailField(
        label="E-mail", max_length=254, required=False, help_text="They get a link there to choose a password."
    )
    employee_number = forms.CharField(max_length=40, required=False)
    since = DayField(label="First day")
    department = forms.ModelChoiceField(Department.objects, required=False, empty_label="None yet")
    manager = forms.ModelChoiceField(Person.objects.filter(is_active=True), required=False, empty_label="Nobody yet")
    role = forms.ModelChoiceField(JobRole.objects, required=False, empty_label="None yet")


class MoveForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects, required=False, empty_label="Stays as it is")
    manager = forms.ModelChoiceField(
        Person.objects.filter(is_active=True), required=False, empty_label="Stays as it is"
    )
    since = DayField(label="From")


class GrantRoleForm(forms.Form):
    role = forms.ModelChoiceField(JobRole.objects, empty_label="Choose a role")
    since = DayField(label="From")
    until = DayField(label="Last day", required=False, help_text="Leave it empty if no end is planned.")


class EndRoleForm(forms.Form):
    until = DayField(label="Last day")
    reason = forms.CharField(max_length=200)


class CorrectRoleForm(forms.Form):
    role = forms.ModelChoiceField(JobRole.objects)
    since = DayField(label="From")
    until = DayField(label="Last day", required=False)
    void = forms.BooleanField(label="They never had this role", required=False)
    reason = forms.CharField(label="Why it must be corrected", max_length=200)


class LeaveForm(forms.Form):
    since = DayField(label="From")
    until = DayField(label="Last day", required=False, help_text="Leave it empty if it is not known yet.")


class EndLeaveForm(forms.Form):
    until = DayField(label="Last day")


class CorrectLeaveForm(LeaveForm):
    void = forms.BooleanField(label="They were not away", required=False)


class WithdrawForm(forms.Form):
    last_day = DayField()
    reason = forms.CharField(max_length=200)


class GroupsForm(forms.Form):
    groups = forms.MultipleChoiceField(
        choices=[(name, name) for name in GROUPS], widget=forms.CheckboxSelectMultiple, required=False
    )


class DepartmentForm(forms.Form):
    name = forms.CharField(max_length=120)
    parent = forms.ModelChoiceField(Department.objects, label="Belongs to", required=False, empty_label="None")


class RoleForm(forms.Form):
    name = forms.CharField(max_length=120)
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)


class ImportForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text="At most 20 MB. Nothing is written before you have seen what it would do.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )


class ColumnsForm(forms.Form):
    """A choice for each column of a file: what it is here."""

    MOST = 60

    def __init__(self, titles, columns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.titles = [title for title in dict.fromkeys(titles) if title][: self.MOST]
        field_of = {title: field for field, title in columns.items()}
        choices = [("", "Not used"), *TITLES.items()]
        for number, title in enumerate(self.titles):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=title[:80], choices=choices, required=False, initial=field_of.get(title, "")
            )

    def clean(self):
        chosen = [field for field in self.cleaned_data.values() if field]
        for field in sorted({field for field in chosen if chosen.count(field) > 1}):
            self.add_error(None, f"Two columns are “{TITLES[field]}”. Choose one of them.")

    def mapping(self):
        """{field: title of its column}"""
        said = [(self.cleaned_data[f"column_{number}"], title) for number, title in enumerate(self.titles)]
        return {field: title for field, title in said if field}


class PasswordResetForm(auth_forms.PasswordResetForm):
    def get_users(self, email):
        """Also those who have not chosen a password yet: their invitation may have expired."""
        known = Person.objects.filter(email__iexact=email, is_active=True)
        return known.exclude(last_day__lt=timezone.localdate())
