"""Until when a proof holds. Pure: dates in, dates out.

A period is counted in calendar months, so that 29 February and the ends of months come out as people expect: where the
day does not exist, it is the last of that month. The modes are those of certification systems:

- none: a proof does not end.
- from completion: its end is the day of completion and the period.
- from expiry: renewed within the window, it is the last proof's end and the period, so that who renews early loses
  nothing. The first time it is counted from the day by which it was asked for, if that is still to come. Renewed too
  late, or before the window opens, it is counted from completion: a full period is always granted, and none twice.
- fixed: the period is added to the base (the day by which it was first asked for, else the first completion) until
  the end lies far enough ahead: more than the minimum, which is never less than the window. So whoever has just passed
  is not called again at once.
- calendar: the next such day of the year that lies far enough ahead, in the same sense.
"""

from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    NONE = "none"
    FROM_COMPLETION = "completion"
    FROM_EXPIRY = "expiry"
    FIXED = "fixed"
    CALENDAR = "calendar"


WITH_PERIOD = (Mode.FROM_COMPLETION, Mode.FROM_EXPIRY, Mode.FIXED)
# The modes that look at more than the day of completion.
ASK_WHEN = (Mode.FROM_EXPIRY, Mode.FIXED)


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a proof holds. `months` is the period; `month` and `day` are of the calendar mode."""

    mode: Mode = Mode.NONE
    months: int | None = None
    window_days: int = 30
    minimum_days: int = 0
    month: int | None = None
    day: int | None = None

    @property
    def least_days(self) -> int:
        return max(self.minimum_days, self.window_days)


@dataclass(frozen=True, slots=True)
class Earned:
    """What the end is counted from. `asked_by` is the day by which it was asked for; `first` the first completion."""

    completed: date
    asked_by: date | None = None
    first: date | None = None
    last_until: date | None = None


def last_day(rule: Rule, earned: Earned) -> date | None:
    """The last day on which the proof holds. None: it does not end."""
    if rule.mode == Mode.NONE:
        return None
    if rule.mode == Mode.CALENDAR:
        return _next_day_of_year(rule, earned.completed)
    if rule.mode == Mode.FIXED:
        return _fixed(rule, earned)
    end = months_after(_anchor(rule, earned), rule.months or 0)
    return max(end, earned.last_until) if earned.last_until else end


def inputs(rule: Rule, earned: Earned) -> dict[str, Any]:
    """What is kept with a proof, from which its end can be derived again: {name: ISO date, number or text}."""
    told = {**asdict(rule), **asdict(earned)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def derived_again(kept: dict[str, Any]) -> date | None:
    """The end that `inputs` lead to."""
    rule = Rule(**{name: kept[name] for name in Rule.__slots__} | {"mode": Mode(kept["mode"])})
    days: dict[str, Any] = {name: kept[name] and date.fromisoformat(kept[name]) for name in Earned.__slots__}
    return last_day(rule, Earned(**days))


def months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return _day_of(day.year + years, month + 1, day.day)


def _anchor(rule: Rule, earned: Earned) -> date:
    if rule.mode == Mode.FROM_COMPLETION:
        return earned.completed
    if earned.last_until:
        opens = earned.last_until - timedelta(days=rule.window_days)
        return earned.last_until if opens <= earned.completed <= earned.last_until else earned.completed
    return max(earned.asked_by, earned.completed) if earned.asked_by else earned.completed


def _fixed(rule: Rule, earned: Earned) -> date:
    base = earned.asked_by or earned.first or earned.completed
    earliest = earned.completed + timedelta(days=rule.least_days)
    periods = 1
    while (end := months_after(base, (rule.months or 1) * periods)) <= earliest:
        periods += 1
    return end


def _next_day_of_year(rule: Rule, completed: date) -> date:
    earliest = completed + timedelta(days=rule.least_days)
    end = _day_of(earliest.year, rule.month or 12, rule.day or 31)
    return end if end > earliest else _day_of(earliest.year + 1, rule.month or 12, rule.day or 31)


def _day_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
