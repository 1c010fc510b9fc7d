"""A number, with tolerance and unit."""

import re
from dataclasses import dataclass
from fractions import Fraction

from courses.kinds.content import NOTHING, WHOLE, Content
from courses.kinds.sheets import Form, Response, Sheet
from people.refusals import Refused

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?(?=[^\d.]|$)", re.IGNORECASE | re.ASCII)
SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d)")


@dataclass(frozen=True)
class NumberAnswer:
    """`value` None: any number. Right from value - tolerance to value + tolerance, both included; a relative tolerance
    is a share of the value."""

    value: Fraction | None
    tolerance: Fraction = NOTHING
    worth: Fraction = WHOLE
    feedback: str = ""
    is_relative: bool = False

    def takes(self, number: Fraction) -> bool:
        if self.value is None:
            return True
        return abs(number - self.value) <= self.tolerance * (abs(self.value) if self.is_relative else 1)


@dataclass(frozen=True)
class Unit:
    """`factor`: by what the right number is multiplied to be right in this unit: 1000 for m where it is 1 km."""

    name: str
    factor: Fraction = WHOLE


@dataclass(frozen=True, kw_only=True)
class Numerical(Content):
    """Worth what the first answer that takes the number is.

    Without units the text is a number alone. With units, one of them may follow; where it must and does not, the share
    `unit_penalty` of the worth is lost.
    """

    kind = "numerical"
    words = "Number"

    answers: tuple[NumberAnswer, ...]
    units: tuple[Unit, ...] = ()
    unit_is_needed: bool = False
    unit_penalty: Fraction = WHOLE

    def _check(self) -> None:
        if not any(answer.worth == WHOLE and answer.value is not None for answer in self.answers):
            raise Refused("No number is worth the whole. Write the right one.")
        if any(answer.tolerance < 0 for answer in self.answers):
            raise Refused("A tolerance is not below 0. Correct it.")
        if not 0 <= self.unit_penalty <= 1:
            raise Refused("What a missing unit takes away is from 0 to 100 %. Correct it.")
        if self.unit_is_needed and not self.units:
            raise Refused("A unit is needed, but none is named. Name one.")
        if any(not unit.name.strip() or unit.factor == 0 for unit in self.units):
            raise Refused("A unit has a name, and a factor that is not 0. Complete it.")

    def sheet(self) -> Sheet:
        hint = "A number with its unit." if self.unit_is_needed else "A number; the decimal sign is a point or a comma."
        return Sheet(Form.LINE, hint=hint)

    def worth(self, response: Response) -> Fraction:
        answer, has_unit = self._matching(response)
        if answer is None:
            return NOTHING
        return answer.worth * (1 - self.unit_penalty) if self.unit_is_needed and not has_unit else answer.worth

    def right(self) -> Response:
        value = next(one.value for one in self.answers if one.worth == WHOLE and one.value is not None)
        unit = f" {self.units[0].name}" if self.units else ""
        return {"text": f"{in_digits(value * (self.units[0].factor if self.units else 1))}{unit}"}

    def said(self, response: Response) -> list[str]:
        answer, _ = self._matching(response)
        return [answer.feedback] if answer and answer.feedback else []

    def _matching(self, response: Response) -> tuple[NumberAnswer | None, bool]:
        number, after = number_in(response.get("text", ""))
        if number is None:
            return None, False
        unit = next((unit for unit in self.units if unit.name.strip() == after), None)
        if after and unit is None and not self.unit_is_needed:
            return None, False
        if unit:
            number /= unit.factor
        return next((answer for answer in self.answers if answer.takes(number)), None), unit is not None


def number_in(text: str) -> tuple[Fraction | None, str]:
    """The number with which a text begins, and what stands after it. Spaces between digits group them; a comma is the
    decimal sign, unless a point follows it."""
    text = SPACES.sub("", text.strip()).replace("\u2212", "-")
    digits = text.replace(",", "") if re.search(r",\d*\.", text) else text.replace(",", ".", 1)
    found = NUMBER.match(digits)
    if not found:
        return None, ""
    return Fraction(found[0]), digits[found.end() :].strip()


def in_digits(value: Fraction) -> str:
    """Exactly, where the decimals end; else as a fraction."""
    places = 0
    while places < 30 and (value * 10**places).denominator != 1:
        places += 1
    whole = value * 10**places
    if whole.denominator != 1:
        return str(value)
    digits = f"{abs(whole.numerator):0{places + 1}}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
