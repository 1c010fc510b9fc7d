"""How far a lesson has come, and what may come next. Pure: it is given the steps."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from knowledge.models import LessonState

# Published, and nobody has said yet that it is so.
NEW = ""
STATES = {NEW: "Not validated yet", **dict(LessonState.choices)}
TONES = {
    NEW: "neutral",
    LessonState.VALIDATED: "info",
    LessonState.ACTIONED: "info",
    LessonState.VERIFIED: "ok",
    LessonState.REOPENED: "warn",
}

# What people may do next. That it happened again reopens a lesson from wherever it is.
NEXT: dict[str, tuple[LessonState, ...]] = {
    NEW: (LessonState.VALIDATED,),
    LessonState.VALIDATED: (LessonState.ACTIONED,),
    LessonState.ACTIONED: (LessonState.VERIFIED, LessonState.REOPENED),
    LessonState.VERIFIED: (LessonState.REOPENED,),
    LessonState.REOPENED: (LessonState.VALIDATED,),
}
# Where it went well there is nothing to correct; that it works elsewhere too may still be verified.
NEXT_OF_POSITIVE = NEXT | {LessonState.VALIDATED: (LessonState.VERIFIED,)}
# Where the corrective action is still to be taken.
TO_BE_ACTIONED = (NEW, LessonState.VALIDATED, LessonState.REOPENED)


def state_of(steps: Iterable[Any]) -> str:
    """The state that the last of the steps brought, or NEW. Of two at one time, the one written later counts."""
    last = max(steps, key=lambda step: (step.at, step.pk), default=None)
    return last.state if last else NEW


def next_states(state: str, *, is_positive: bool) -> tuple[LessonState, ...]:
    return (NEXT_OF_POSITIVE if is_positive else NEXT)[state]


def is_overdue(state: str, due: date | None, *, on: date, is_positive: bool) -> bool:
    """Whether the corrective action should have been taken before `on` and was not."""
    return due is not None and due < on and state in TO_BE_ACTIONED and not is_positive
