"""What the rule of competence says."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from competence.obligations.facts import Change, Holding, Leave, Proof, Requirement, Waiver


class State(StrEnum):
    COMPETENT = "competent"
    RENEWAL = "renewal"  # competent, and to be shown again by a day
    DUE = "due"
    OVERDUE = "overdue"
    AWAY = "away"  # to be shown, but they are on leave
    WAIVED = "waived"


OPEN = frozenset({State.RENEWAL, State.DUE, State.OVERDUE})  # something is to be done now
HELD = frozenset({State.COMPETENT, State.RENEWAL})
MOST_URGENT_FIRST = (State.OVERDUE, State.DUE, State.AWAY, State.RENEWAL, State.COMPETENT, State.WAIVED)


class Asked(NamedTuple):
    """A holding and a requirement that together ask for a competence, and by which day, leave set aside."""

    holding: Holding
    requirement: Requirement
    by: date | None

    @property
    def since(self) -> date:
        return max(self.holding.since, self.requirement.since)

    @property
    def stage(self) -> int | None:
        """Of who came after it was asked: whoever was there before has no first weeks."""
        return self.requirement.stage if self.holding.since >= self.requirement.since else None


class Standing(NamedTuple):
    """To which day a proof counts, from which it can be renewed, and the edition that asks for it again, if any."""

    proof: Proof
    until: date | None
    renewable: date | None
    change: Change | None = None


class Obligation(NamedTuple):
    """`due` is empty where a proof does not end, or a leave has no end. `standing` is of the proof that counts, or the
    last that did. What was waived or lies within a leave names it."""

    person: int
    competence: int
    state: State
    due: date | None
    until: date | None
    because: tuple[Asked, ...]
    standing: Standing | None = None
    level: int = 1
    waiver: Waiver | None = None
    leave: Leave | None = None

    @property
    def proof(self) -> Proof | None:
        return self.standing and self.standing.proof

    @property
    def stage(self) -> int | None:
        """In which of their first weeks it is to be learned; nothing once they have shown it."""
        return None if self.standing else min((one.stage for one in self.because if one.stage), default=None)
