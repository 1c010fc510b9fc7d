from typing import cast

from django import forms
from django.db.models import Q
from django.forms.formsets import formset_factory

from courses.models import QuestionVersion
from courses.sheet import FIELD
from knowledge.models import KnowledgePage
from knowledge.permissions import may_see, visible_to
from people.refusals import Refused

ROOM_FOR_OPTIONS = 6


def ids_in(values) -> list[int]:
    """Whole numbers as a form posts them; anything else was not posted by one of our forms."""
    if not all(value.isascii() and value.isdigit() and len(value) < 19 for value in values):
        raise Refused("That answer is none of this question's options. Reload the page and choose again.")
    return [int(value) for value in values]


def posted_answers(post) -> dict[int, list[int]]:
    """{pk of AttemptQuestion: option ids} for each question that was answered on the page."""
    fields = {name: name.removeprefix(FIELD) for name in post if name.startswith(FIELD)}
    return {pk: ids_in(post.getlist(name)) for name, pk in zip(fields, ids_in(fields.values()), strict=True)}


class QuestionForm(forms.Form):
    kind = forms.ChoiceField(choices=QuestionVersion.Kind.choices, widget=forms.RadioSelect, initial="single")
    stem = forms.CharField(label="Question", widget=forms.Textarea(attrs={"rows": 3}), help_text="Markdown.")
    explanation = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Markdown. Shown to those who answered right, and to those who have passed.",
    )
    tests = forms.ModelChoiceField(
        KnowledgePage.objects.none(),
        required=False,
        label="Page that it tests",
        empty_label="None",
        help_text="Those who answer wrong are sent there to read. It is one of the course's readings.",
    )

    def __init__(self, *args, course, writer, version=None, **kwargs):
        if version:
            kwargs["initial"] = {name: getattr(version, name) for name in ("kind", "stem", "explanation", "tests")}
        super().__init__(*args, **kwargs)
        pages = Q(course_readings__course=course) | Q(pk=version and version.tests_id)
        tests = cast(forms.ModelChoiceField, self.fields["tests"])
        tests.queryset = visible_to(KnowledgePage.objects.filter(pages), writer).distinct().order_by("title")
        self._hidden = None
        if version and version.tests and not may_see(writer, version.tests):
            self._hidden = version.tests

    def clean_tests(self):
        """What the writer may not see is not theirs to take away."""
        return self.cleaned_data["tests"] or self._hidden


class OptionForm(forms.Form):
    text = forms.CharField(label="Text", required=False, max_length=500)
    is_right = forms.BooleanField(label="Right", required=False)
    feedback = forms.CharField(
        label="Feedback", required=False, max_length=500, help_text="Said to those who choose it."
    )


OptionFormSet = formset_factory(OptionForm, extra=0, max_num=20, absolute_max=20)


def options_in(formset) -> list[tuple[str, bool, str]]:
    """What a valid OptionFormSet holds. A row that was left empty is no option."""
    rows = [(row.get("text", ""), row.get("is_right", False), row.get("feedback", "")) for row in formset.cleaned_data]
    return [row for row in rows if any(row)]


def blank_options(version=None) -> list[dict]:
    """What the rows of an OptionFormSet begin with: the version's options, and room for more."""
    rows = list(version.options.values("text", "is_right", "feedback")) if version else []
    return rows + [{} for _ in range(max(ROOM_FOR_OPTIONS - len(rows), 2))]
