"""Shares of the whole as people write them: 50, 33.3333, 1/3, -25."""

from fractions import Fraction

from django import forms

from courses.grading import in_words
from courses.kinds import in_digits, number_in

LONGEST = 30


def number_from(text: str) -> Fraction | None:
    """Exact; None where the text is no number alone."""
    above, slash, below = text.strip().partition("/")
    number, rest = number_in(above)
    if not slash:
        return None if rest else number
    whole, rest_below = number_in(below)
    return None if rest or rest_below or number is None or not whole else number / whole


class NumberField(forms.CharField):
    """A Fraction, or None where it is left empty."""

    wrong = "Write a number, such as 3.5 or 1/3."

    def __init__(self, **kwargs):
        super().__init__(**({"max_length": LONGEST, "required": False} | kwargs))
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        number = number_from(text)
        if number is None:
            raise forms.ValidationError(self.wrong)
        return number

    def prepare_value(self, value):
        return in_digits(value) if isinstance(value, Fraction) else value


class ShareField(NumberField):
    """Per cent, or a fraction of the whole; a Fraction from -1 to 1."""

    wrong = "Write per cent from -100 to 100, or a fraction such as 1/3."

    def clean(self, value):
        number = super().clean(value)
        if number is None:
            return None
        share = number if "/" in value else number / 100
        # What is longer as a fraction could not be written here again, nor be kept.
        if not -1 <= share <= 1 or len(str(share)) > LONGEST:
            raise forms.ValidationError(self.wrong)
        return share

    def prepare_value(self, value):
        if not isinstance(value, Fraction):
            return value
        return in_words(value * 100) if (value * 100).denominator == 1 else str(value)
