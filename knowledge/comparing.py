"""Two frozen copies of a page, passage by passage and value by value. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import Any

from knowledge.passages import SPLIT, Passage, passages_of

WORD = re.compile(r"\s+|[^\W_]+|[\W_]")
# Beyond so many pairs of words a text is compared by its lines: difflib is quadratic.
MOST_PAIRS = 1_000_000


class Kind(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Fate(StrEnum):
    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Piece:
    fate: Fate
    text: str


@dataclass(frozen=True)
class ComparedPassage:
    kind: Kind
    older: Passage | None
    newer: Passage | None
    pieces: tuple[Piece, ...]

    @property
    def passage(self) -> Passage:
        return self.newer or self.older  # type: ignore[return-value]


@dataclass(frozen=True)
class ComparedValue:
    """A date, a person, a list of numbers …: what it was and what it is, as the copies hold it."""

    name: str
    label: str
    kind: str  # of the part; "people" and "words" for what every copy has
    older: Any
    newer: Any


@dataclass(frozen=True)
class Comparison:
    passages: list[ComparedPassage]
    values: list[ComparedValue]  # those that differ

    @property
    def is_same(self) -> bool:
        return not self.values and all(one.kind == Kind.UNCHANGED for one in self.passages)

    @property
    def changed(self) -> list[ComparedPassage]:
        return [one for one in self.passages if one.kind != Kind.UNCHANGED]


# (key of the copy, label, kind)
ABOUT = [
    ("title", "Title", "text"),
    ("accountable", "Owner", "person"),
    ("deputies", "Deputies", "people"),
    ("experts", "Whom to ask", "people"),
    ("processes", "Processes", "pages"),
    ("tags", "Tags", "words"),
]


def compare(older, newer) -> Comparison:
    passages = list(_passages(passages_of(older), passages_of(newer)))
    return Comparison(passages, list(_values(older, newer)))


def pieces_of(older: str, newer: str) -> tuple[Piece, ...]:
    """Kept and deleted pieces are the older text, kept and inserted ones the newer.

    What is long is compared line by line, and word by word only where its lines differ.
    """
    return tuple(_calm(list(_pieces(older, newer))))


def _pieces(older: str, newer: str) -> Iterator[Piece]:
    old, new = WORD.findall(older), WORD.findall(newer)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield from _told("".join(old[:head]), "".join(old[:head]))
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from _told("".join(old[len(old) - tail :]), "".join(old[len(old) - tail :]))


def _middle(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Of two texts that begin and end otherwise."""
    older, newer = "".join(old), "".join(new)
    if _are_few(old, new):
        yield from (piece for was, becomes in _steps(old, new) for piece in _told(was, becomes))
        return
    lines = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    steps = list(_steps(*lines)) if _are_few(*lines) else []
    if len(steps) < 2:  # not even their lines can be told apart
        yield from _told(older, newer)
        return
    for was, becomes in steps:
        yield from _pieces(was, becomes) if was != becomes else _told(was, becomes)


def _alike(old: list[str], new: list[str]) -> int:
    """With how many words both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _are_few(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) * len(new) <= MOST_PAIRS


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands in the one text, and what stands in its place in the other."""
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i1:i2]), "".join(new[j1:j2])


def _told(was: str, becomes: str) -> Iterator[Piece]:
    if was != becomes:
        yield from _change(was, becomes)
    elif was:
        yield Piece(Fate.KEPT, was)


def _calm(pieces: list[Piece]) -> Iterator[Piece]:
    """A space kept between two changes reads as one change: "a b" for "c d", not two."""
    deleted = inserted = ""
    for at, piece in enumerate(pieces):
        between = piece.fate is Fate.KEPT and piece.text.isspace() and "\n" not in piece.text
        if between and (deleted or inserted) and at + 1 < len(pieces):
            deleted, inserted = deleted + piece.text, inserted + piece.text
        elif piece.fate is Fate.KEPT:
            yield from _change(deleted, inserted)
            deleted = inserted = ""
            yield piece
        elif piece.fate is Fate.DELETED:
            deleted += piece.text
        else:
            inserted += piece.text
    yield from _change(deleted, inserted)


def _change(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted:
        yield Piece(Fate.DELETED, deleted)
    if inserted:
        yield Piece(Fate.INSERTED, inserted)


def _passages(older: list[Passage], newer: list[Passage]) -> Iterator[ComparedPassage]:
    """In the order of the newer text; what is gone stands behind what it followed."""
    before = {passage.id: passage for passage in older}
    stays = {passage.id for passage in newer} & before.keys()
    gone: dict[str | None, list[Passage]] = {}
    follows = None
    for passage in older:
        if passage.id in stays:
            follows = passage.id
        else:
            gone.setdefault(follows, []).append(passage)
    yield from map(_removed, gone.get(None, []))
    for passage in newer:
        yield _compared(before.get(passage.id), passage)
        if passage.id in stays:
            yield from map(_removed, gone.get(passage.id, []))


def _removed(passage: Passage) -> ComparedPassage:
    return ComparedPassage(Kind.REMOVED, passage, None, (Piece(Fate.DELETED, passage.text),))


def _compared(older: Passage | None, newer: Passage) -> ComparedPassage:
    if older is None:
        return ComparedPassage(Kind.ADDED, None, newer, (Piece(Fate.INSERTED, newer.text),))
    pieces = pieces_of(older.text, newer.text)
    kind = Kind.UNCHANGED if older.sha256 == newer.sha256 else Kind.CHANGED
    return ComparedPassage(kind, older, newer, pieces)


def _values(older, newer) -> Iterator[ComparedValue]:
    for name, label, kind in ABOUT:
        if older.get(name) != newer.get(name):
            yield ComparedValue(name, label, kind, older.get(name), newer.get(name))
    was, now = (_by_name(copy["parts"]) for copy in (older, newer))
    for name in dict.fromkeys([*now, *was]):
        old, new = was.get(name), now.get(name)
        old_value, new_value = (part["value"] if part else None for part in (old, new))
        if (old_value or new_value) and old_value != new_value:
            told = new or old or {}
            yield ComparedValue(name, told["label"], told["kind"], old_value, new_value)


def _by_name(parts: Iterable[dict]) -> dict[str, dict]:
    return {part["name"]: part for part in parts if part["kind"] not in SPLIT}
