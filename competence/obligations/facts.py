"""What the rule of competence is given. Tuples, for a house of 10,000 people has a million of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Ground(NamedTuple):
    """Where one may be asked for something: a "role", a "department" or a "process", and which."""

    kind: str
    id: int


class Holding(NamedTuple):
    """That someone stands on a ground, and what that is called. `id` is of the fact behind it: a role holding, a
    membership."""

    id: int
    person: int
    ground: Ground
    name: str
    since: date
    until: date | None = None


class Requirement(NamedTuple):
    """`stage`: in which of someone's first weeks it is learned (1, 2, 3), if in one of them."""

    id: int
    ground: Ground
    competence: int
    since: date
    due_days: int
    until: date | None = None
    level: int = 1
    is_awareness: bool = False
    newcomers_only: bool = False
    stage: int | None = None


class Proof(NamedTuple):
    """`texts`: the pages that it rests on, each with the number of the edition: {(page, number), …}."""

    id: int
    person: int
    competence: int
    since: date
    until: date | None = None
    window_days: int = 0
    level: int = 1
    is_acknowledgement: bool = False
    texts: frozenset[tuple[int, int]] = frozenset()


class Equivalence(NamedTuple):
    """A proof of `proven`, in `words`, counts as one of `competence`."""

    id: int
    competence: int
    proven: int
    since: date
    until: date | None = None
    words: str = ""


class Waiver(NamedTuple):
    id: int
    person: int
    competence: int
    since: date
    until: date | None = None
    reason: str = ""


class Leave(NamedTuple):
    id: int
    person: int
    since: date
    until: date | None = None


class Change(NamedTuple):
    """An edition that asks those who learned an older one again: for a new proof if `is_test`, else to read it."""

    id: int
    page: int
    number: int
    since: date
    due_days: int
    is_test: bool
    words: str = ""


class Reading(NamedTuple):
    """That someone acknowledged an edition."""

    person: int
    page: int
    number: int
    since: date


@dataclass(frozen=True)
class Facts:
    holdings: Sequence[Holding] = ()
    requirements: Sequence[Requirement] = ()
    proofs: Sequence[Proof] = ()
    equivalences: Sequence[Equivalence] = ()
    waivers: Sequence[Waiver] = ()
    leaves: Sequence[Leave] = ()
    changes: Sequence[Change] = ()
    readings: Sequence[Reading] = ()
