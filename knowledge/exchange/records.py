import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Malformed(ValueError):
    """A file of Cairn's format that cannot be read: one sentence for whoever imports it."""


@dataclass(frozen=True)
class EditionNote:
    """Which edition was written out. It is told, not brought back: another house counts its own editions."""

    number: int
    in_force: dt.date
    change: str = ""


@dataclass(frozen=True)
class FileNote:
    """A picture ("image") or a document ("doc") that the text shows, by its name below files/."""

    kind: str
    title: str
    sha256: str


@dataclass(frozen=True)
class Option:
    title: str
    text: str = ""
    good: str = ""
    neutral: str = ""
    bad: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Why:
    depth: int
    text: str


@dataclass(frozen=True)
class Record:
    """One page as it stands in a file. Other pages are named by number, people by username, files by name."""

    id: str
    kind: str
    number: str
    title: str
    slug: str
    # Every field of its kind (knowledge/exchange/shapes.py), by name.
    fields: Mapping[str, Any]
    owner: str = ""
    deputies: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    review_months: int = 12
    # Names of groups: a reader must be in one of each.
    readers: tuple[tuple[str, ...], ...] = ()
    edition: EditionNote | None = None
    files: Mapping[str, FileNote] = field(default_factory=dict)
    # The id of each record that this one names by number: numbers may be others in another house.
    ids: Mapping[str, str] = field(default_factory=dict)
    # What stands in the file and means nothing here.
    unknown: tuple[str, ...] = field(default=(), compare=False)
