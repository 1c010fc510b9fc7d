"""What comes next for someone: the days on which a state begins. Pure."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from competence.obligations import Facts, Obligation, State, obligations
from competence.obligations.spans import DAY, days_after

Place = tuple[int, int]


def next_dates(facts: Facts, place: Place, *, on: date, count: int = 3) -> list[tuple[date, State | None]]:
    """The next days after `on` on which the state of a person and a competence changes, if no fact is added. None: it
    is not asked any more."""
    found = []
    state = _state(facts, place, on)
    for day in sorted(_days_of_change(facts, place, on)):
        if (then := _state(facts, place, day)) != state:
            found.append((day, then))
            state = then
        if len(found) == count:
            break
    return found


def _one(facts: Facts, place: Place, on: date) -> Obligation | None:
    return next((one for one in obligations(facts, on=on) if (one.person, one.competence) == place), None)


def _state(facts: Facts, place: Place, on: date) -> State | None:
    one = _one(facts, place, on)
    return one and one.state


def _days_of_change(facts: Facts, place: Place, on: date) -> set[date]:
    """Every day on which a fact begins or has ended, or on which, as the rule stands then, time runs out."""
    days = set(_bounds(facts))
    waiting = [*sorted(day for day in days if day > on), on]
    seen: set[date] = set()
    while waiting:
        day = waiting.pop()
        if day in seen:
            continue
        seen.add(day)
        one = _one(facts, place, day)
        if one is None:
            continue
        standing = one.standing
        for last in (one.due, one.until, standing and standing.until):
            if last and last < date.max:
                waiting.append(last + DAY)
        if standing and standing.renewable:
            waiting.append(standing.renewable)
        waiting = [later for later in waiting if later > on]
    return {day for day in seen if day > on}


def _bounds(facts: Facts) -> Iterator[date]:
    for field in fields(Facts):
        for fact in getattr(facts, field.name):
            if hasattr(fact, "since"):
                yield fact.since
            if getattr(fact, "until", None):
                yield days_after(fact.until, 1)
