from typing import Any

from django import forms

from courses.models import Question, QuestionVersion, Treatment
from courses.models.regrades import LONGEST_REASON

BY_KEY = f"{Treatment.KEY.value}:"


class TreatmentForm(forms.Form):
    """`how` is a treatment, with the version whose key it goes by: "key:7"."""

    how = forms.ChoiceField(label="How its answers count", widget=forms.RadioSelect)

    def __init__(self, data, *, question: Question):
        super().__init__(data)
        self.versions = {f"{BY_KEY}{one.pk}": one for one in _with_a_key(question)}
        by_key = [(how, f"By the right answers of version {one.number}") for how, one in self.versions.items()]
        others = [(one.value, one.label) for one in (Treatment.EVERYONE, Treatment.NOT_COUNTED)]
        how: Any = self.fields["how"]
        how.choices = [*by_key, *others]

    @property
    def key(self) -> QuestionVersion | None:
        return self.versions.get(self.cleaned_data["how"])

    @property
    def treatment(self) -> str:
        return Treatment.KEY.value if self.key else self.cleaned_data["how"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        help_text="Those whose result changes read it. Do not give the right answer away.",
    )


def _with_a_key(question: Question) -> list[QuestionVersion]:
    return [one for one in question.versions.filter(is_draft=False) if not one.says.is_marked]
