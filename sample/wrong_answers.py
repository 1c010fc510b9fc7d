"""How people go wrong, kind by kind: a response that is worth less than the whole, but often not nothing. Pure."""

from collections.abc import Callable
from random import Random
from typing import Any

from courses.kinds import WHOLE, Content, Response, in_digits
from sample.habits import draw


def wrong(says: Content, chance: Random, *, nobody: str = "") -> Response:
    """`nobody`: the text of an option that nobody chooses."""
    return WRONG[says.kind](says, chance, nobody)


def _one(says: Any, chance: Random, nobody: str) -> Response:
    """Some options tempt more than others."""
    wrong = [place for place, it in enumerate(says.options) if it.worth < WHOLE and it.text != nobody]
    tempting = [draw(1, 6, "tempts", says.options[place].text) for place in wrong]
    return {"chosen": chance.choices(wrong, tempting)}


def _many(says: Any, chance: Random, nobody: str) -> Response:
    """One too many, or one too few."""
    right = says.right()["chosen"]
    wrong = [place for place, it in enumerate(says.options) if it.worth <= 0 and it.text != nobody]
    if wrong and (len(right) == 1 or chance.random() < 0.5):
        return {"chosen": sorted([*right, chance.choice(wrong)])}
    left_out = chance.choice(right)
    return {"chosen": [place for place in right if place != left_out]}


def _opposite(says: Any, chance: Random, nobody: str) -> Response:
    return {"chosen": [1 if says.is_true else 0]}


def _line(says: Any, chance: Random, nobody: str) -> Response:
    """What the author foresaw, where it can be written as it stands."""
    foreseen = [it.text for it in says.answers if it.worth < WHOLE and "*" not in it.text]
    return {"text": chance.choice(foreseen or ["I do not know"])}


def _number(says: Any, chance: Random, nobody: str) -> Response:
    """A mistake that the author foresaw, or the decimal point one place too far."""
    right = next(it.value for it in says.answers if it.worth == WHOLE and it.value is not None)
    foreseen = [it.value for it in says.answers if it.worth < WHOLE and it.value is not None]
    unit = says.units[0] if says.units else None
    value = chance.choice(foreseen or [right * 10]) * (unit.factor if unit else 1)
    return {"text": f"{in_digits(value)} {unit.name if unit else ''}".strip()}


def _misplaced(says: Any, chance: Random, nobody: str) -> Response:
    """One or two are put in the wrong place."""
    sheet, placed = says.sheet(), list(says.right()["placed"])
    for prompt in chance.sample(range(len(placed)), chance.randint(1, min(2, len(placed)))):
        placed[prompt] = chance.choice([place for place in sheet.offered(prompt) if place != placed[prompt]])
    return {"placed": placed}


def _swapped(says: Any, chance: Random, nobody: str) -> Response:
    """Two neighbours the wrong way round."""
    placed = list(says.right()["placed"])
    first = chance.randrange(len(placed) - 1)
    placed[first], placed[first + 1] = placed[first + 1], placed[first]
    return {"placed": placed}


WRONG: dict[str, Callable[[Any, Random, str], Response]] = {
    "single": _one,
    "multiple": _many,
    "true-false": _opposite,
    "short-answer": _line,
    "numerical": _number,
    "matching": _misplaced,
    "missing-words": _misplaced,
    "ordering": _swapped,
}
