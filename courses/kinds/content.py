"""What every kind of question has in common: what it says, what is checked of it, and how it is kept."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

from courses.kinds.sheets import Response, Sheet
from people.refusals import Refused

NOTHING, WHOLE = Fraction(0), Fraction(1)
MOST_POINTS = 100


@dataclass(frozen=True)
class Option:
    """Something to choose. `worth` is the share of the question's points that choosing it brings, from -1 to 1."""

    text: str
    worth: Fraction = NOTHING
    feedback: str = ""


@dataclass(frozen=True, kw_only=True)
class Content(ABC):
    """`stem`, `explanation` and all feedback are Markdown, written by people: untrusted."""

    kind: ClassVar[str]
    words: ClassVar[str]
    # Whether an assessor decides what an answer is worth.
    is_marked: ClassVar[bool] = False

    stem: str
    explanation: str = ""
    points: int = 1

    def check(self) -> None:
        """Refused with a sentence where nobody could answer it, or no answer were right."""
        if not self.stem.strip():
            raise Refused("The question has no text. Write what is asked.")
        if not 0 < self.points <= MOST_POINTS:
            raise Refused(f"A question brings 1 to {MOST_POINTS} points. This one would bring {self.points}.")
        self._check()

    @abstractmethod
    def _check(self) -> None: ...

    @abstractmethod
    def sheet(self) -> Sheet:
        """What whoever sits the quiz may see."""

    @abstractmethod
    def worth(self, response: Response) -> Fraction:
        """Of any response that `read` gives for its sheet; none at all is worth nothing."""

    @abstractmethod
    def right(self) -> Response:
        """A response that is worth the whole."""

    def said(self, response: Response) -> list[str]:
        """The feedback on what was answered."""
        return []

    @property
    def possible(self) -> int:
        return self.points

    def as_json(self) -> dict[str, Any]:
        return encoded(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return decoded(cls, kept)


def check_options(options: tuple[Option, ...]) -> None:
    texts = [option.text.strip() for option in options]
    if len(texts) < 2:
        raise Refused("A question has at least two options. Add one.")
    check_texts(texts)
    if any(not -WHOLE <= option.worth <= WHOLE for option in options):
        raise Refused("An option is worth from -100 % to 100 %. Correct it.")


def check_texts(texts: list[str]) -> None:
    if not all(texts):
        raise Refused("An option has no text. Write it, or leave the option out.")
    if len(set(texts)) < len(texts):
        raise Refused("Two options say the same. Change one of them.")


_types_of = cache(get_type_hints)


def encoded(value: Any) -> Any:
    """As JSON: fractions are texts ("1/3"), so that none is rounded."""
    if is_dataclass(value):
        return {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encoded(one) for one in value]
    return str(value) if isinstance(value, Fraction) else value


def decoded(form: Any, kept: Any) -> Any:
    """The value of the type `form` that was kept as this JSON."""
    if get_origin(form) is UnionType:
        return None if kept is None else decoded(get_args(form)[0], kept)
    if get_origin(form) is tuple:
        return tuple(decoded(get_args(form)[0], one) for one in kept)
    if is_dataclass(form) and isinstance(form, type):
        types = _types_of(form)
        return form(**{name: decoded(types[name], value) for name, value in kept.items()})
    return form(kept) if form is Fraction or issubclass(form, StrEnum) else kept
