import datetime as dt
from dataclasses import dataclass
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
class ParsedRecord:
    """What one file says. `file` is its path below the imported folder, with slashes."""

    file: str
    kind: Kind
    title: str
    body: str
    number: int | None = None
    status: str | None = None
    date: dt.date | None = None
    decision_makers: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    supersedes: tuple[Reference, ...] = ()
    superseded_by: tuple[Reference, ...] = ()
    # The names under which other files may link to this one: labels and slugs that it gives itself.
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotARecord:
    """Why a file is no record: one sentence for whoever imports it."""

    file: str
    problem: str
