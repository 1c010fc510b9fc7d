"""Until when a proof holds. Pure: dates in, dates out."""

from calendar import monthrange
from datetime import date


def last_day_of(completed: date, months: int | None) -> date | None:
    """The last day on which a proof holds that was earned on `completed`. None: it does not end.

    A period is counted in calendar months. Where the day does not exist (31 June), it is the last of that month.
    """
    if months is None:
        return None
    years, month = divmod(completed.month - 1 + months, 12)
    year, month = completed.year + years, month + 1
    return date(year, month, min(completed.day, monthrange(year, month)[1]))
