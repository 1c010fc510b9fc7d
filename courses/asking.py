"""Which courses the obligations ask for, by when and why. Pure.

Every course on offer that teaches a competence is asked for; passing one of them answers it, and so ends them all. A
competence that no course on offer teaches asks for none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from competence.obligations import OPEN, Asked, Obligation, Standing, State
from competence.words import STAGES
from courses.models import Assignment, Course

Because = list[dict[str, Any]]


@dataclass(frozen=True)
class Ask:
    person: int
    course: Course
    due: date
    because: Because


def asks(obligations: Iterable[Obligation], courses: Iterable[Course]) -> dict[tuple[int, int], Ask]:
    """By person and course."""
    taught = defaultdict(list)
    for course in courses:
        taught[course.teaches_id].append(course)
    return {
        (obligation.person, course.pk): Ask(obligation.person, course, obligation.due, _because(obligation, course))
        for obligation in obligations
        if obligation.state in OPEN and obligation.due
        for course in taught[obligation.competence]
    }


def is_same(assignment: Assignment, ask: Ask | None) -> bool:
    """By the facts, not their words: a role that gets another name asks nobody again."""
    return ask is not None and assignment.due == ask.due and reason_ids(assignment.because) == reason_ids(ask.because)


def why_ended(course: Course, obligation: Obligation | None) -> str:
    if not course.live:
        return "The course is no longer offered."
    if obligation is None:
        return "No role held asks for it any more."
    if obligation.state is State.WAIVED:
        return f"Waived until {_day(obligation.until)}."
    if obligation.state is State.AWAY:
        return "On leave; it is asked for again after that."
    if obligation.state == State.COMPETENT:
        return f"Shown; it holds until {_day(obligation.until)}." if obligation.until else "Shown; it does not end."
    return "Asked anew, because the due date or the reasons changed."


def _because(obligation: Obligation, course: Course) -> Because:
    asked = [_asked(one, course) for one in obligation.because]
    return asked + ([_lapsing(obligation.standing)] if obligation.standing else [])


def _asked(asked: Asked, course: Course) -> dict[str, Any]:
    return {
        "holding": asked.holding.id,
        "requirement": asked.requirement.id,
        "words": f"The {asked.holding.ground.kind} {asked.holding.name} asks for {course.teaches.name} "
        f"{_within(asked)}.",
    }


def _within(asked: Asked) -> str:
    within = f"within {asked.requirement.due_days} days of {_day(asked.since)}"
    return f"{within}, {STAGES[asked.stage]}" if asked.stage in STAGES else within


def _lapsing(standing: Standing) -> dict[str, Any]:
    until, change = _day(standing.until), standing.change
    if change is None:
        return {"proof": standing.proof.id, "words": f"The last proof of it holds until {until}."}
    words = f"The last proof of it holds until {until}, for there is {change.words}."
    return {"proof": standing.proof.id, "edition": change.id, "words": words}


def reason_ids(because: Because) -> Because:
    return [{name: value for name, value in fact.items() if name != "words"} for fact in because]


def in_words(because: Because) -> str:
    return " ".join(fact["words"] for fact in because)


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "no day"
