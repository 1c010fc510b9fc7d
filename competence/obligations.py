"""What is asked of whom on a day, and why: the one rule of competence in the house. Pure: facts in, obligations out.

- A role asks a person for a competence on each day on which they hold the role and the role requires the competence.
- It asks for it by a day: `due_days` after the later of the holding's and the requirement's first day. Of several that
  ask, the earliest such day counts, and all of them are named.
- A proof answers it from its first day to its last. Of several, the one that holds longest counts.
- Whoever has, or had, a proof need not show it again before it ends: it is due on the later of that day and the proof's
  last. So a proof that lapses while the role asks for it is overdue on the next day, and one that lapsed before that
  leaves the full time.
- From `window_days` before its last day a proof can be renewed. It holds until that day all the same.
- A fact that does not hold on the day counts for nothing, but for a proof that has lapsed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    COMPETENT = "competent"
    RENEWAL = "renewal"  # competent, and within the window before the end
    DUE = "due"
    OVERDUE = "overdue"


OPEN = frozenset({State.RENEWAL, State.DUE, State.OVERDUE})  # something is to be done
HELD = frozenset({State.COMPETENT, State.RENEWAL})


@dataclass(frozen=True, slots=True)
class Holding:
    id: int
    person: int
    role: int
    role_name: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    id: int
    role: int
    competence: int
    since: date
    due_days: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    id: int
    person: int
    competence: int
    since: date
    until: date | None = None
    window_days: int = 0


Fact = Holding | Requirement | Proof


@dataclass(frozen=True, slots=True)
class Facts:
    holdings: tuple[Holding, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A role holding and a requirement that together ask for a competence."""

    holding: Holding
    requirement: Requirement

    @property
    def since(self) -> date:
        return max(self.holding.since, self.requirement.since)

    @property
    def by(self) -> date:
        return self.since + timedelta(days=self.requirement.due_days)


@dataclass(frozen=True, slots=True)
class Obligation:
    """`due` is empty where a proof does not end. `proof` is the one that holds, or else the last that did."""

    person: int
    competence: int
    state: State
    due: date | None
    until: date | None
    because: tuple[Asked, ...]
    proof: Proof | None = None


def obligations(facts: Facts, *, on: date) -> tuple[Obligation, ...]:
    """Ordered by person and competence. What no role asks for on that day is not among them."""
    longest = longest_proofs(facts.proofs, on)
    return tuple(
        _obligation(person, competence, asked, longest.get((person, competence)), on)
        for (person, competence), asked in sorted(_asked(facts, on).items())
    )


def holds(fact: Fact, on: date) -> bool:
    return fact.since <= on and (fact.until is None or on <= fact.until)


def _asked(facts: Facts, on: date) -> Mapping[tuple[int, int], set[Asked]]:
    required = defaultdict(list)
    for requirement in facts.requirements:
        if holds(requirement, on):
            required[requirement.role].append(requirement)
    asked = defaultdict(set)
    for holding in facts.holdings:
        if holds(holding, on):
            for requirement in required[holding.role]:
                asked[holding.person, requirement.competence].add(Asked(holding, requirement))
    return asked


def longest_proofs(proofs: Iterable[Proof], on: date) -> Mapping[tuple[int, int], Proof]:
    longest: dict[tuple[int, int], Proof] = {}
    for proof in proofs:
        if proof.since <= on:
            key = proof.person, proof.competence
            longest[key] = max(longest.get(key, proof), proof, key=_how_long)
    return longest


def _how_long(proof: Proof) -> tuple[date, date, int]:
    return proof.until or date.max, proof.since, proof.id


def _obligation(person: int, competence: int, asked: set[Asked], proof: Proof | None, on: date) -> Obligation:
    because = tuple(sorted(asked, key=lambda one: (one.by, one.holding.id, one.requirement.id)))
    due = _due(because[0].by, proof)
    state = _state(due, proof, on)
    until = proof.until if proof and state in HELD else None
    return Obligation(person, competence, state, due, until, because, proof)


def _due(asked_by: date, proof: Proof | None) -> date | None:
    if proof is None:
        return asked_by
    return proof.until and max(asked_by, proof.until)


def _state(due: date | None, proof: Proof | None, on: date) -> State:
    if proof and holds(proof, on):
        return State.RENEWAL if _may_be_renewed(proof, on) else State.COMPETENT
    return State.DUE if due and on <= due else State.OVERDUE


def _may_be_renewed(proof: Proof, on: date) -> bool:
    return proof.until is not None and on >= proof.until - timedelta(days=proof.window_days)
