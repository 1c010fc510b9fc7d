import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    DECISION = "decision"
    BRIEF = "brief"
    LESSON = "lesson"


@dataclass(frozen=True)
class Reference:
    """One record naming another, as it was written; `target` is the address of a link, where it was one."""

    raw: str
    text: str
    target: str | None = None


@dataclass(frozen=True)
class Option:
    """An option that was weighed; its arguments each on one line."""

    title: str
    text: str = ""
    good: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True)
class ParsedRecord:
    """What one file says. `file` is its path below the imported folder, with slashes; of a row of a table, its number
    stands behind a "#".
    """

    file: str
    kind: Kind
    title: str
    # What no other field holds, as it was written; of a lesson, what happened.
    body: str
    number: int | None = None
    status: str | None = None
    date: dt.date | None = None
    decision_makers: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    # Other fields of the page that hold Markdown, by their names there.
    texts: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    # The whys of a lesson, each with its depth from 1.
    whys: tuple[tuple[int, str], ...] = ()
    owner: str = ""
    review_months: int | None = None
    supersedes: tuple[Reference, ...] = ()
    superseded_by: tuple[Reference, ...] = ()
    # The names under which other files may link to this one: labels and slugs that it gives itself.
    names: tuple[str, ...] = ()
    # Sentences for whoever imports it: what did not survive, or is kept as text.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotARecord:
    """Why a file is no record: one sentence for whoever imports it."""

    file: str
    problem: str
