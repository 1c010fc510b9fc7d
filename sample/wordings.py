"""How questions are written in the sample's files: a form for each kind, and what it says in courses.kinds. Pure.

options, answers   a list of {right: …, feedback: …}, {wrong: …, feedback: …} and {partly: …, worth: 1/2, feedback: …}
pairs              what is to be matched: what belongs to it
items              in their right order
[[so|not so]]      in the text of missing words: a gap, and what it offers, the right word first
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from courses import kinds
from sample.making import ContentRefused, made

OFFERS = re.compile(r"\[\[([^\[\]]+)\]\]")
SIDES = ("right", "partly", "wrong")


@dataclass(frozen=True)
class Choice:
    """Exactly one of `right`, `partly` and `wrong`, and what is said to whoever chooses it."""

    feedback: str
    right: Any = None
    partly: Any = None
    wrong: Any = None
    worth: Any = None
    within: Any = 0
    nobody: bool = False

    @property
    def said(self) -> Any:
        return next(value for value in (self.right, self.partly, self.wrong) if value is not None)


@dataclass(frozen=True, kw_only=True)
class Wording:
    kind: ClassVar[type[kinds.Content]]

    ask: str
    because: str = ""
    points: int = 1

    def content(self, where: str) -> kinds.Content:
        told: dict[str, Any] = {"stem": self.ask, "explanation": self.because, "points": self.points}
        return self.kind(**(told | self._own(where)))

    def _own(self, where: str) -> dict[str, Any]:
        """What this kind says beyond what all do."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Single(Wording):
    kind = kinds.SingleChoice

    options: tuple[Any, ...]
    keeps_order: bool = False

    def _own(self, where):
        options = tuple(kinds.Option(_text(it, where), _worth(it, where), it.feedback) for it in _all(self, where))
        return {"options": options, "keeps_order": self.keeps_order}


@dataclass(frozen=True, kw_only=True)
class Multiple(Wording):
    """With partial credit each right option brings its share, and each wrong one takes as much."""

    kind = kinds.MultipleChoice

    options: tuple[Any, ...]
    partial_credit: bool = False

    def _own(self, where):
        choices = _all(self, where)
        count = max(sum(it.right is not None for it in choices), 1) if self.partial_credit else 1
        cost = Fraction(-1, count) if self.partial_credit else kinds.NOTHING
        options = tuple(
            kinds.Option(_text(it, where), cost if it.right is None else Fraction(1, count), it.feedback)
            for it in choices
        )
        return {"options": options, "is_whole": not self.partial_credit}


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Wording):
    """`feedback` to whoever says the opposite."""

    kind = kinds.TrueFalse

    right: bool
    feedback: str

    def _own(self, where):
        return {"is_true": self.right, f"feedback_{str(not self.right).lower()}": self.feedback}


@dataclass(frozen=True, kw_only=True)
class Short(Wording):
    kind = kinds.ShortAnswer

    answers: tuple[Any, ...]
    case_matters: bool = False

    def _own(self, where):
        answers = tuple(kinds.Answer(_text(it, where), _worth(it, where), it.feedback) for it in _all(self, where))
        return {"answers": answers, "case_matters": self.case_matters}


@dataclass(frozen=True, kw_only=True)
class Numerical(Wording):
    """`units`: by what the number is multiplied to be right in each; the first is 1."""

    kind = kinds.Numerical

    answers: tuple[Any, ...]
    units: dict[str, Any] = field(default_factory=dict)
    unit_needed: bool = False

    def _own(self, where):
        answers = tuple(
            kinds.NumberAnswer(_number(it.said, where), _number(it.within, where), _worth(it, where), it.feedback)
            for it in _all(self, where)
        )
        units = tuple(kinds.Unit(name, _number(factor, where)) for name, factor in self.units.items())
        return {"answers": answers, "units": units, "unit_is_needed": self.unit_needed}


@dataclass(frozen=True, kw_only=True)
class Matching(Wording):
    kind = kinds.Matching

    pairs: dict[str, str]
    distractors: tuple[str, ...] = ()

    def _own(self, where):
        return {"pairs": tuple(kinds.Pair(*pair) for pair in self.pairs.items()), "distractors": self.distractors}


@dataclass(frozen=True, kw_only=True)
class Ordering(Wording):
    kind = kinds.Ordering

    items: tuple[str, ...]

    def _own(self, where):
        return {"items": self.items}


@dataclass(frozen=True, kw_only=True)
class MissingWords(Wording):
    kind = kinds.MissingWords

    def _own(self, where):
        parts = OFFERS.split(self.ask)
        words: list[kinds.Word] = []
        answers = []
        for gap, offered in enumerate(parts[1::2], start=1):
            answers.append(len(words))
            words += [kinds.Word(text.strip(), gap) for text in offered.split("|")]
            parts[2 * gap - 1] = f"[[{gap}]]"
        return {"stem": "".join(parts), "word_list": tuple(words), "answers": tuple(answers)}


@dataclass(frozen=True, kw_only=True)
class FreeText(Wording):
    """`rubric`: each criterion, and its levels with their points."""

    kind = kinds.FreeText

    rubric: dict[str, dict[str, int]]
    guidance: str = ""

    def _own(self, where):
        rubric = tuple(
            kinds.Criterion(text, tuple(kinds.Level(*level) for level in levels.items()))
            for text, levels in self.rubric.items()
        )
        return {"rubric": rubric, "guidance": self.guidance}


@dataclass(frozen=True, kw_only=True)
class Description(Wording):
    kind = kinds.Description


WORDINGS: dict[str, type[Wording]] = {
    form.kind.kind: form
    for form in (
        Single,
        Multiple,
        TrueFalse,
        Short,
        Numerical,
        Matching,
        Ordering,
        MissingWords,
        FreeText,
        Description,
    )
}


def _all(wording: Any, where: str) -> list[Choice]:
    given = wording.options if hasattr(wording, "options") else wording.answers
    return [choice_in(one, where) for one in given]


def choice_in(given: dict[str, Any], where: str) -> Choice:
    choice = made(Choice, where, given)
    sides = [side for side in SIDES if getattr(choice, side) is not None]
    if len(sides) != 1:
        raise ContentRefused(f"{where}: say of {given} whether it is right, wrong or partly right.")
    if (sides == ["partly"]) != (choice.worth is not None):
        raise ContentRefused(f"{where}: {given} has a worth if it is partly right, and only then.")
    return choice


def _worth(choice: Choice, where: str) -> Fraction:
    if choice.worth is not None:
        return _number(choice.worth, where)
    return kinds.NOTHING if choice.right is None else kinds.WHOLE


def _text(choice: Choice, where: str) -> str:
    if not isinstance(choice.said, str):
        raise ContentRefused(f"{where}: {choice.said!r} is no text. Put it between quotes.")
    return choice.said


def _number(value: Any, where: str) -> Fraction:
    """As it is written: 0.1 is a tenth."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ContentRefused(f"{where}: {value!r} is no number.") from None
