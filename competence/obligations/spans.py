"""Days, and spans of them whose first and last day are both in. None is a last day that does not come."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)


def holds(fact: Any, on: date) -> bool:
    return fact.since <= on and (fact.until is None or on <= fact.until)


def days_before(day: date, days: int) -> date:
    """`days` before `day`, or as far back as dates go."""
    return day - timedelta(days=min(days, (day - date.min).days))


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def later_of(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def earlier_of(one: date | None, other: date | None) -> date | None:
    return min(one or date.max, other or date.max) if one or other else None


def without_leave(start: date, end: date, leaves: Iterable[Any]) -> date | None:
    """`end`, put off by each day of leave after `start` and up to it. None: a leave that has no end keeps it away.

    `leaves` are in the order of their first days; days that two share are counted once.
    """
    counted = start
    for leave in leaves:
        first = max(leave.since, counted + DAY)
        if first > end:
            break
        if leave.until is None:
            return None
        if leave.until >= first:
            end = days_after(end, (leave.until - first).days + 1)
            counted = leave.until
    return end
