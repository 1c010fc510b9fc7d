"""How the evaluation of a training stands on a day: of what was fixed, what was found, and what recurred. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# So long before its day it stands among what its evaluator has to do.
DUE_BEFORE = timedelta(days=14)
# Within so long of a lesson that recurs it is to be evaluated again.
AGAIN_WITHIN = timedelta(days=30)


class State(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    REOPENED = "reopened"
    EFFECTIVE = "effective"
    PARTLY = "partly"
    NOT_EFFECTIVE = "not_effective"
    WITHDRAWN = "withdrawn"


WORDS = {
    State.PLANNED: "Planned",
    State.DUE: "Due",
    State.OVERDUE: "Overdue",
    State.REOPENED: "Reopened",
    State.EFFECTIVE: "Effective",
    State.PARTLY: "Partly effective",
    State.NOT_EFFECTIVE: "Not effective",
    State.WITHDRAWN: "Withdrawn",
}
TONES = {
    State.PLANNED: "neutral",
    State.DUE: "warn",
    State.OVERDUE: "bad",
    State.REOPENED: "warn",
    State.EFFECTIVE: "ok",
    State.PARTLY: "info",
    State.NOT_EFFECTIVE: "bad",
    State.WITHDRAWN: "neutral",
}
# What its evaluator has to do.
TO_DO = (State.OVERDUE, State.REOPENED, State.DUE)
DONE = (State.EFFECTIVE, State.PARTLY, State.NOT_EFFECTIVE)
# What a lesson that recurs contradicts.
CONTRADICTED = (State.EFFECTIVE, State.PARTLY)


@dataclass(frozen=True, slots=True)
class Found:
    at: datetime
    state: State
    again_by: date | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """That a lesson of the process happened again, by the step that says so. `on` is its day in this house."""

    at: datetime
    step: int
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """`due` is empty where nothing more is to be done. `recurred`: what has opened it again, the first of it first."""

    state: State
    due: date | None = None
    recurred: tuple[Recurrence, ...] = ()

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in TO_DO


def standing_of(
    due: date, found: Sequence[Found], recurred: Iterable[Recurrence], *, on: date, withdrawn: bool = False
) -> Standing:
    """`found` in the order in which it was found: the last counts."""
    if withdrawn:
        return Standing(State.WITHDRAWN)
    if not found:
        return Standing(_by(due, on), due)
    last = found[-1]
    since = tuple(sorted((one for one in recurred if one.at > last.at), key=lambda one: (one.at, one.step)))
    if since and last.state in CONTRADICTED:
        again = min(since[0].on + AGAIN_WITHIN, last.again_by or date.max)
        return Standing(State.OVERDUE if again < on else State.REOPENED, again, since)
    if last.again_by is None:
        return Standing(last.state)
    again_state = _by(last.again_by, on)
    return Standing(last.state if again_state is State.PLANNED else again_state, last.again_by)


def _by(due: date, on: date) -> State:
    if due < on:
        return State.OVERDUE
    return State.DUE if due - on <= DUE_BEFORE else State.PLANNED


def may_still_be_fixed(training_from: date, *, on: date) -> bool:
    """What is looked for is fixed until the training begins; that day is the last."""
    return on <= training_from
