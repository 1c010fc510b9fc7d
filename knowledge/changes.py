"""Things of higher rooms through which a lesson may be closed: each room registers its own, in a module changes.py.

    register("question", "Question of a quiz", find)

`find(reference)` returns how the thing is called and its address, or None where there is none of that reference.
"""

from collections.abc import Callable
from dataclasses import dataclass

Find = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True)
class Change:
    kind: str
    reference: str
    words: str


_finders: dict[str, tuple[str, Find]] = {}


def register(kind: str, title: str, find: Find) -> None:
    if _finders.setdefault(kind, (title, find)) != (title, find):
        raise ValueError(f"Two rooms register changes of kind {kind!r}.")


def kinds() -> list[tuple[str, str]]:
    """(kind, how it is called), for a form."""
    return [(kind, title) for kind, (title, _) in sorted(_finders.items())]


def change_of(kind: str, reference: str) -> Change | None:
    found = _finders[kind][1](reference) if kind in _finders else None
    return Change(kind, reference, found[0]) if found else None


def address_of(kind: str, reference: str) -> str | None:
    found = _finders[kind][1](reference) if kind in _finders else None
    return found[1] if found else None
