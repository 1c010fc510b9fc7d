"""The forms in which lessons are told and followed up."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from knowledge.changes import change_of, kinds
from knowledge.closing import change_by_number, changes_offered
from knowledge.forms import ChosenField
from knowledge.models import LessonLearned, Process
from knowledge.permissions import visible_to
from people.forms import DayField
from people.groups import EXPERTS, PROCESS_OWNERS
from people.models import Person

LONGEST_NOTE = 2000
LONGEST_TEXT = 20_000


class PersonField(ChosenField):
    def label_from_instance(self, obj):
        return str(obj)


class ReportForm(forms.Form):
    """What a reader tells: one form from the first step to the last, so that nothing is kept before it is sent."""

    what_happened = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST_TEXT)
    title = forms.CharField(
        max_length=120, required=False, help_text="In a few words. Empty: the first words of what happened."
    )
    is_positive = forms.BooleanField(
        label="It went well", required=False, help_text="A lesson may come from what succeeded."
    )
    happened_on = DayField(label="When", required=False)
    found_where = forms.CharField(
        label="Where", max_length=160, required=False, help_text="At which step, place or customer."
    )
    impact = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
        help_text="What it meant, for whom: harm, time, money.",
    )
    went_well = forms.CharField(
        label="What went right", widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_TEXT, required=False
    )
    reporting = forms.ChoiceField(
        label="How do you report it?",
        widget=forms.RadioSelect,
        choices=LessonLearned.Reporting.choices,
        initial=LessonLearned.Reporting.OPEN,
    )
    ORDER = ("what_happened", "title", "is_positive", "happened_on", "found_where", "process", "impact", "went_well")

    def __init__(self, reader, *args, **kwargs):
        super().__init__(*args, **kwargs)
        processes = visible_to(Process.objects.live(), reader).order_by("title")
        writers = Q(groups__name__in=[EXPERTS, PROCESS_OWNERS])
        self.fields |= {
            "process": ChosenField(processes, required=False, empty_label="None, or I do not know"),
            "facilitator": PersonField(
                Person.objects.filter(writers, is_active=True).distinct(),
                required=False,
                empty_label="Choose",
                help_text="If through a facilitator: they write it up, and your name is not kept. Talk to them.",
            ),
            "recurrence_of": ChosenField(
                visible_to(LessonLearned.objects.live(), reader), required=False, widget=forms.HiddenInput
            ),
        }
        self.order_fields(self.ORDER)

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("This day is still to come.")
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        by_facilitator = cleaned.get("reporting") == LessonLearned.Reporting.FACILITATED
        if by_facilitator and not cleaned.get("facilitator") and "facilitator" not in self.errors:
            self.add_error("facilitator", "Choose who writes it up with you.")
        if not by_facilitator:
            cleaned["facilitator"] = None
        return cleaned

    def told(self):
        """The fields that the reader filled in, but for the lesson that it repeats."""
        return [field for field in self if field.name != "recurrence_of"]


class StepForm(forms.Form):
    note = forms.CharField(
        label="Note", widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_NOTE, required=False
    )

    def __init__(self, lesson, reader, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lesson, self.reader = lesson, reader


class SeenForm(StepForm):
    note = forms.CharField(
        label="What was seen?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        help_text="What shows it: a figure, a check, a time without a repeat.",
    )


class CloseForm(StepForm):
    """The change is chosen among those that lie near, or named."""

    reference = forms.CharField(
        label="Its number",
        required=False,
        max_length=80,
        help_text="BRF-0007, or an older edition: BRF-0007 edition 2. A question by the last part of the address of "
        "its course, and its place: batteries/2.",
    )

    def __init__(self, lesson, reader, *args, **kwargs):
        super().__init__(lesson, reader, *args, **kwargs)
        self.offered = {str(edition.pk): edition for edition in changes_offered(lesson, reader)}
        words = [(pk, _words(edition)) for pk, edition in self.offered.items()]
        nothing = ("", "Choose" if words else "None on its processes since")
        self.fields["edition"] = forms.ChoiceField(label="The change", required=False, choices=[nothing, *words])
        others = [("", "A brief, decision or process"), *kinds()]
        self.fields["kind"] = forms.ChoiceField(label="Another change", required=False, choices=others)
        self.order_fields(["edition", "kind", "reference", "note"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        chosen, reference = cleaned.get("edition"), cleaned.get("reference")
        if self.errors:
            return cleaned
        if bool(chosen) == bool(reference):
            raise forms.ValidationError("Choose the change that settles it, or give its number: one of the two.")
        cleaned["through"] = self.offered[chosen] if chosen else self._named(cleaned.get("kind"), reference)
        if cleaned["through"] is None:
            self.add_error(
                "reference", "Nothing of this number is published. Look it up, and write it as it stands there."
            )
        return cleaned

    def _named(self, kind, reference):
        return change_of(kind, reference, self.reader) if kind else change_by_number(reference, self.reader)


def _words(edition):
    return f"{edition.page.number}, edition {edition.number}: {edition.title} ({edition.published_at:%-d %b %Y})"
