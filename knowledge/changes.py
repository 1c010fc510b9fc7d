"""Things of higher rooms through which a lesson may be closed: each room registers its own, in a module changes.py.

    register("question", "A question of a quiz", find, seen)

`find(reference)` returns what is there and when it was last changed, or None where there is nothing of that reference.
`seen(references, reader)` returns those of them (as `Found` has them) that the reader may be told of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


class Found(NamedTuple):
    reference: str  # by which it is found whatever becomes of the things around it
    words: str
    address: str
    changed_at: datetime


Find = Callable[[str], Found | None]
Seen = Callable[[set[str], Any], set[str]]


@dataclass(frozen=True)
class Change:
    kind: str
    reference: str
    words: str
    at: datetime

    def __str__(self):
        return self.words


_finders: dict[str, tuple[str, Find, Seen]] = {}


def register(kind: str, title: str, find: Find, seen: Seen) -> None:
    if _finders.setdefault(kind, (title, find, seen)) != (title, find, seen):
        raise ValueError(f"Two rooms register changes of kind {kind!r}.")


def kinds() -> list[tuple[str, str]]:
    """(kind, how it is called), for a form."""
    return [(kind, title) for kind, (title, *_) in sorted(_finders.items())]


def change_of(kind: str, reference: str, reader) -> Change | None:
    found = _find(kind, reference)
    if found is None or not seen_by(reader, [(kind, found.reference)]):
        return None
    return Change(kind, found.reference, found.words, found.changed_at)


def seen_by(reader, changes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these (kind, reference), those that `reader` may be told of. One query a kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, reference in changes:
        by_kind.setdefault(kind, set()).add(reference)
    known = {kind: _finders[kind][2] for kind in by_kind if kind in _finders}
    return {(kind, reference) for kind, seen in known.items() for reference in seen(by_kind[kind], reader)}


def address_of(kind: str, reference: str) -> str | None:
    found = _find(kind, reference)
    return found.address if found else None


def _find(kind, reference):
    return _finders[kind][1](reference) if kind in _finders else None
