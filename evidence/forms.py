from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from evidence import sampling
from evidence.kinds import all_kinds
from evidence.models import Pseudonym
from evidence.populations import Population, moment
from evidence.questions import facet_values
from evidence.words import names_of

FACETS = {"department": "Department", "role": "Role", "process": "Process", "course": "Course"}


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PopulationForm(forms.Form):
    """Which entries: the filter of the room, and what a sample is drawn from."""

    kind = forms.ChoiceField(required=False, label="Kind")
    person = forms.ChoiceField(required=False, label="About or by")
    department = forms.ChoiceField(required=False, label="Department")
    role = forms.ChoiceField(required=False, label="Role")
    process = forms.ChoiceField(required=False, label="Process")
    course = forms.ChoiceField(required=False, label="Course")
    since = forms.DateField(required=False, label="From", widget=DateInput())
    until = forms.DateField(required=False, label="To", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = names_of(Pseudonym.objects.values_list("token", flat=True))
        people = sorted(names.items(), key=lambda named: named[1].casefold())
        self._offer("kind", [(kind.name, str(kind)) for kind in all_kinds()])
        self._offer("person", people)
        for name, values in facet_values(list(FACETS)).items():
            self._offer(name, [(value, value) for value in values])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "Any"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", "The last day is before the first. Choose a later one.")
        return cleaned

    def population(self) -> Population:
        asked = self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        return Population(
            kinds=(asked["kind"],) if asked.get("kind") else (),
            person=asked.get("person", ""),
            facets={name: asked[name] for name in FACETS if asked.get(name)},
            at_from=moment(_start_of(since)) if since else "",
            at_before=moment(_start_of(until + timedelta(days=1))) if until else "",
        )


class DrawForm(forms.Form):
    purpose = forms.CharField(
        max_length=200, label="What for", help_text="What this sample is to show, such as “welding training, 2026”."
    )
    size = forms.IntegerField(min_value=1, max_value=sampling.MOST, label="How many entries")
    auditor_number = forms.CharField(
        max_length=60,
        label="Your number",
        help_text="Any number that you choose only now. Together with the checkpoint it fixes the draw.",
    )


def _start_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
