"""Things of higher rooms through which a lesson may be closed: each room registers its own, in a module changes.py.

    register("question", "A question of a quiz", find)

`find(reference)` returns what is there and when it was last changed, or None where there is nothing of that reference.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Found(NamedTuple):
    reference: str  # by which it is found whatever becomes of the things around it
    words: str
    address: str
    changed_at: datetime


Find = Callable[[str], Found | None]


@dataclass(frozen=True)
class Change:
    kind: str
    reference: str
    words: str
    at: datetime

    def __str__(self):
        return self.words


_finders: dict[str, tuple[str, Find]] = {}


def register(kind: str, title: str, find: Find) -> None:
    if _finders.setdefault(kind, (title, find)) != (title, find):
        raise ValueError(f"Two rooms register changes of kind {kind!r}.")


def kinds() -> list[tuple[str, str]]:
    """(kind, how it is called), for a form."""
    return [(kind, title) for kind, (title, _) in sorted(_finders.items())]


def change_of(kind: str, reference: str) -> Change | None:
    found = _find(kind, reference)
    return Change(kind, found.reference, found.words, found.changed_at) if found else None


def address_of(kind: str, reference: str) -> str | None:
    found = _find(kind, reference)
    return found.address if found else None


def _find(kind, reference):
    return _finders[kind][1](reference) if kind in _finders else None
