from typing import cast

from django import forms
from django.db.models import Q
from django.forms.formsets import formset_factory

from courses.kinds import WHOLE, Content, MultipleChoice, Option, SingleChoice
from knowledge.models import KnowledgePage
from knowledge.permissions import may_see, visible_to

ROOM_FOR_OPTIONS = 6


class QuestionForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[(kind.kind, kind.words) for kind in (SingleChoice, MultipleChoice)],
        widget=forms.RadioSelect,
        initial="single",
    )
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
            told = {name: getattr(version, name) for name in ("kind", "stem", "tests")}
            kwargs["initial"] = told | {"explanation": version.says.explanation}
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


def content_in(form, formset) -> Content:
    """What valid forms hold. A row that was left empty is no option."""
    rows = [row for row in formset.cleaned_data if any(row.values())]
    options = tuple(Option(row["text"].strip(), WHOLE * row["is_right"], row["feedback"].strip()) for row in rows)
    said = {name: form.cleaned_data[name].strip() for name in ("stem", "explanation")}
    if form.cleaned_data["kind"] == SingleChoice.kind:
        return SingleChoice(**said, options=options)
    return MultipleChoice(**said, options=options, is_whole=True)


def blank_options(version=None) -> list[dict]:
    """What the rows of an OptionFormSet begin with: the version's options, and room for more."""
    options = version.says.options if version else ()
    rows = [{"text": one.text, "is_right": one.worth > 0, "feedback": one.feedback} for one in options]
    return rows + [{} for _ in range(max(ROOM_FOR_OPTIONS - len(rows), 2))]
