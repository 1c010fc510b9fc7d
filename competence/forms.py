from django import forms

from competence.certificates import NotTaken, kept_name
from competence.models import Competence, Requirement
from competence.models.competences import MODES
from competence.renewal import WITH_PERIOD, Mode
from competence.words import LEVELS
from knowledge.models import Process
from knowledge.permissions import visible_to
from people.models import Department, JobRole


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RuleFields(forms.Form):
    """How long a proof holds."""

    mode = forms.ChoiceField(label="A proof holds for", choices=list(MODES.items()))
    months = forms.IntegerField(
        label="The period", min_value=1, max_value=240, required=False, help_text="Calendar months: 12 is a year."
    )
    day = forms.IntegerField(
        label="Day of the year: day", min_value=1, max_value=31, required=False, help_text="If it ends on such a day."
    )
    month = forms.IntegerField(label="Day of the year: month", min_value=1, max_value=12, required=False)
    window_days = forms.IntegerField(
        label="Can be renewed",
        min_value=0,
        max_value=3650,
        initial=30,
        help_text="So many days before the end, and is asked for again from then.",
    )
    minimum_days = forms.IntegerField(
        label="Holds at least",
        min_value=0,
        max_value=3650,
        initial=0,
        help_text="Days, where it ends on a fixed day: who has just passed is not called again at once.",
    )

    def clean(self):
        """What the mode does not look at is not kept."""
        super().clean()
        told = self.cleaned_data
        mode = told.get("mode")
        if mode not in WITH_PERIOD:
            told["months"] = None
        elif told.get("months") is None and "months" not in self.errors:
            self.add_error("months", "Say how many months it is.")
        if mode != Mode.CALENDAR:
            told["day"] = told["month"] = None
        elif not (told.get("day") and told.get("month")) and not {"day", "month"} & set(self.errors):
            self.add_error("day", "Say on which day of which month it ends.")
        return told


class CompetenceForm(RuleFields):
    name = forms.CharField(max_length=160, help_text="What one must be able to do, such as “Solder a flex board”.")
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    kind = forms.ChoiceField(
        choices=Competence.Kind.choices, widget=forms.RadioSelect, initial=Competence.Kind.COMPETENCE
    )

    field_order = ["name", "description", "kind"]


def choice_between(now: str, all_too: str):
    """What is asked only beside a preview; until then the wider answer is shown."""
    return forms.ChoiceField(
        label="For whom",
        choices=[("new", now), ("all", all_too)],
        widget=forms.RadioSelect,
        initial="all",
        required=False,
    )


class RequirementForm(forms.Form):
    """`ground`: one field of these, whichever kind of ground asks. Who is aware of something is so at no level."""

    since = DayField(label="From")
    due_days = forms.IntegerField(
        label="Within", min_value=0, max_value=3650, initial=30, help_text="Days after someone comes to it."
    )
    level = forms.TypedChoiceField(label="At the level", choices=list(LEVELS.items()), coerce=int, initial=1)
    stage = forms.TypedChoiceField(
        label="In someone’s first weeks",
        choices=[("", "Not one of the first weeks"), *Requirement.Stage.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    until = DayField(label="Last day", required=False, help_text="Leave it empty if no end is planned.")
    reach = choice_between("Only those who come after it", "Those who are here as well")

    def __init__(self, *args, competence, ground, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"ground": _ground_field(ground, reader), **self.fields}
        if competence.is_awareness:
            del self.fields["level"]


def _ground_field(ground, reader):
    chosen = {
        "role": lambda: JobRole.objects.all(),
        "department": lambda: Department.objects.all(),
        "process": lambda: processes_for(reader),
    }[ground]()
    said = "Also asked of the departments below it." if ground == "department" else ""
    return forms.ModelChoiceField(chosen, label=ground.title(), empty_label=f"Choose a {ground}", help_text=said)


def processes_for(reader):
    return visible_to(Process.objects.live(), reader).order_by("title")


class EndForm(forms.Form):
    until = DayField(label="Last day")
    reason = forms.CharField(max_length=200)


class ValidityForm(RuleFields):
    since = DayField(label="From")
    because = forms.CharField(label="Why", max_length=200)
    reach = choice_between("Only proofs given from then on", "Proofs that hold then are counted anew as well")

    field_order = ["since"]


class EquivalentForm(forms.Form):
    since = DayField(label="From")
    until = DayField(label="Last day", required=False, help_text="Leave it empty if no end is planned.")
    because = forms.CharField(label="Why", max_length=200)

    def __init__(self, *args, competence, **kwargs):
        super().__init__(*args, **kwargs)
        others = Competence.objects.exclude(pk=competence.pk)
        proven = forms.ModelChoiceField(others, label="Whoever has shown", empty_label="Choose a competence")
        self.fields = {"proven": proven, **self.fields}


class TakePartForm(forms.Form):
    role = forms.ModelChoiceField(JobRole.objects, empty_label="Choose a role")
    since = DayField(label="From")
    until = DayField(label="Last day", required=False, help_text="Leave it empty if no end is planned.")

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        role = self.fields.pop("role")
        self.fields = {"role": role, "process": _ground_field("process", reader), **self.fields}


class EndParticipationForm(forms.Form):
    until = DayField(label="Last day")


class LevelForm(forms.Form):
    level = forms.TypedChoiceField(label="At the level", choices=list(LEVELS.items()), coerce=int, initial=1)


class ProofForm(LevelForm):
    competence = forms.ModelChoiceField(Competence.objects, empty_label="Choose a competence")

    field_order = ["competence"]


class CertificateForm(ProofForm):
    issuer = forms.CharField(label="Issued by", max_length=160)
    number = forms.CharField(max_length=160, required=False)
    on = DayField(label="Given on")
    until = DayField(
        label="Holds until", required=False, help_text="Leave it empty to let the rule of the competence say so."
    )
    file = forms.FileField(required=False, help_text="PDF, PNG or JPEG, at most 10 MB.")

    def clean_file(self):
        if file := self.cleaned_data.get("file"):
            try:
                file.name = kept_name(file)
            except NotTaken as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return file


class SeenForm(LevelForm):
    on = DayField(label="Seen on")
    because = forms.CharField(
        label="What you saw", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, help_text="You sign for it."
    )


class PracticeForm(SeenForm, ProofForm):
    """Of someone: which competence it was is chosen."""


class ObservedForm(SeenForm):
    """Of a competence, by someone who may have no list of people."""

    who = forms.CharField(max_length=150, help_text="Their username, e-mail address or employee number.")

    field_order = ["who"]


class ExperienceForm(ProofForm):
    on = DayField(label="Accepted on")
    because = forms.CharField(label="Why it is accepted", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class CorrectProofForm(forms.Form):
    since = DayField(label="Shown on")
    until = DayField(label="Holds until", required=False, help_text="Leave it empty if it does not end.")
    void = forms.BooleanField(label="It is revoked, or never was", required=False)
    reason = forms.CharField(label="Why", max_length=200)


class WaiveForm(forms.Form):
    competence = forms.ModelChoiceField(Competence.objects, empty_label="Choose a competence")
    since = DayField(label="From")
    until = DayField(label="Last day", help_text="Then someone looks again.")
    reason = forms.CharField(max_length=250)
