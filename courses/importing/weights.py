"""Worth as files write it, in percent with some decimals, and as it is meant: exact shares."""

import re
from collections.abc import Sequence
from fractions import Fraction

from courses.importing.found import Notes, Unaskable
from courses.kinds import NOTHING, WHOLE, number_in

DECIMAL = re.compile(r"[+-]?\d{1,9}(?:\.(\d{0,20}))?")
# What 33.33333 stands for is found among shares of so many parts: with five decimals no two of them are written alike.
MOST_PARTS = 1000
FEW_PARTS = 12
MANY_DECIMALS = 5
LONGEST_NUMBER = 60


def share_of(percent: str) -> Fraction | None:
    """33.33333 is a third, as 66.7 is two thirds; 12.5 and 33 are what they say. None: it is no number."""
    found = DECIMAL.fullmatch(percent.strip())
    if not found:
        return None
    exact = Fraction(percent.strip().rstrip(".")) / 100
    decimals = len(found[1] or "")
    if not decimals:
        return exact
    meant = exact.limit_denominator(MOST_PARTS if decimals >= MANY_DECIMALS else FEW_PARTS)
    step = Fraction(1, 100 * 10**decimals)
    return meant if abs(meant - exact) < step else exact


def percent_of(share: Fraction) -> str:
    """With so many decimals that `share_of` finds it again."""
    hundred = round(abs(share) * 100 * 10**MANY_DECIMALS)
    digits = f"{hundred:0{MANY_DECIMALS + 1}}"
    text = f"{digits[:-MANY_DECIMALS]}.{digits[-MANY_DECIMALS:]}"
    short = text.rstrip("0").rstrip(".")
    return f"{'-' if share < 0 and hundred else ''}{short if share_of(short) == share_of(text) else text}"


def exact_number(text: str) -> Fraction | None:
    """Bounded: a number of a thousand digits answers no question."""
    if len(text) > LONGEST_NUMBER:
        return None
    number, after = number_in(text)
    if number is None or after or abs(number) > 10**LONGEST_NUMBER:
        return None
    return number


def for_one(worths: Sequence[Fraction], notes: Notes) -> list[Fraction]:
    """Of options or answers of which one is given: the best of them is worth the whole."""
    worths = _bounded(worths, notes)
    best = max(worths, default=NOTHING)
    if best <= 0:
        raise Unaskable("No answer is right. Give one of them 100 %.")
    if best == WHOLE:
        return worths
    notes.add(f"Its best answer was worth {percent_of(best)} %. It is worth 100 % here, and the others in proportion.")
    return [worth / best if worth > 0 else worth for worth in worths]


def for_many(worths: Sequence[Fraction], notes: Notes) -> list[Fraction]:
    """Of options of which several are chosen: the right ones together are worth the whole."""
    worths = _bounded(worths, notes)
    total = sum((worth for worth in worths if worth > 0), NOTHING)
    if not total:
        raise Unaskable("No answer is right. Give at least one of them a share above 0 %.")
    if total == WHOLE:
        return worths
    notes.add(f"Its right answers were worth {percent_of(total)} % together. They are worth 100 % here, in proportion.")
    return [worth / total if worth > 0 else worth for worth in worths]


def _bounded(worths: Sequence[Fraction], notes: Notes) -> list[Fraction]:
    bounded = [min(max(worth, -WHOLE), WHOLE) for worth in worths]
    if bounded != list(worths):
        notes.add("An answer was worth more than 100 % or less than -100 %. It is worth just that here.")
    return bounded
