from collections.abc import Sequence

from django import forms

from courses.kinds import Criterion


class RubricForm(forms.Form):
    """One choice for each criterion, and what the person is told."""

    def __init__(self, *args, rubric: Sequence[Criterion], **kwargs):
        super().__init__(*args, **kwargs)
        for place, criterion in enumerate(rubric):
            levels = [
                (at, f"{level.text} ({level.points} point{'' if level.points == 1 else 's'})")
                for at, level in enumerate(criterion.levels)
            ]
            self.fields[f"criterion-{place}"] = forms.TypedChoiceField(
                label=criterion.text, choices=levels, coerce=int, widget=forms.RadioSelect
            )
        self.fields["comment"] = forms.CharField(
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="They read it. Markdown.",
        )


def levels_in(data) -> list[int]:
    return [value for name, value in data.items() if name.startswith("criterion-")]
