"""How a page stands between two looks at whether it is still true. Pure: dates in, state out.

- It is looked at by whoever answers for it: its owner or, in their place, a deputy. With nobody of them left it is
  unowned, whatever the calendar says.
- It was last looked at when it was last verified or published, and is to be looked at again `review_months` later, by
  calendar months: where the day does not exist (31 June), on the last of that month.
- It is due from 30 days before that day (of a month, from the middle), and overdue on the day after it.
- Something that it rests on and that changed since makes it due at once.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NOTICE = timedelta(days=30)


class State(StrEnum):
    VERIFIED = "verified"
    DUE = "due"
    OVERDUE = "overdue"
    UNOWNED = "unowned"

    @property
    def word(self) -> str:
        return self.value.capitalize()


TO_LOOK_AT = frozenset({State.DUE, State.OVERDUE})
# The most pressing first.
URGENCY = [State.UNOWNED, State.OVERDUE, State.DUE, State.VERIFIED]


@dataclass(frozen=True)
class Review:
    state: State
    next_due: date
    because: str

    @property
    def urgency(self) -> tuple[int, date]:
        return URGENCY.index(self.state), self.next_due


def review_state(
    *, owner_active: bool, last_looked: date, review_months: int, on: date, looks: Sequence[object] | bool = ()
) -> Review:
    """`owner_active`: its owner or a deputy still works here. `looks`: what it rests on and that changed since."""
    next_due = months_after(last_looked, review_months)
    return Review(*_state(owner_active, last_looked, next_due, on, bool(looks)))


def months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _state(owner_active, last_looked, next_due, on, has_looks):
    if not owner_active:
        return State.UNOWNED, next_due, "Nobody who works here answers for it."
    if on > next_due:
        return State.OVERDUE, next_due, f"It was to be looked at by {next_due:%-d %B %Y}."
    if has_looks:
        return State.DUE, next_due, "Something that it rests on has changed."
    if on >= next_due - min(NOTICE, (next_due - last_looked) / 2):
        return State.DUE, next_due, f"It is to be looked at by {next_due:%-d %B %Y}."
    return State.VERIFIED, next_due, f"It need not be looked at before {next_due:%-d %B %Y}."
