"""Days as other systems write them, and in which order, which only all the values of a column together tell."""

import re
from collections.abc import Iterable
from datetime import date

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?")
OTHER = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})")
DAY_FIRST, MONTH_FIRST = "day first", "month first"


def order_of(values: Iterable[str]) -> str:
    """Which comes first where a day is written 3/4/2026: told by the values that can be read in one way only. Empty: it
    cannot be told, or the values contradict each other."""
    orders = set()
    for value in values:
        if match := OTHER.fullmatch(value.strip()):
            first, sign, second = int(match[1]), match[2], int(match[3])
            if sign == "." or first > 12:
                orders.add(DAY_FIRST)
            elif second > 12:
                orders.add(MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ""


def day_of(value: str, order: str) -> date:
    """Raises ValueError, whose words are for whoever sent the file."""
    value = value.strip()
    if match := ISO.fullmatch(value):
        return _date(match[1], match[2], match[3], value)
    match = OTHER.fullmatch(value)
    if not match:
        raise ValueError("This is no day. Write it as 2026-03-31.")
    first, sign, second, year = match.groups()
    if sign == "." or first == second:
        return _date(year, second, first, value)
    if not order:
        raise ValueError("Is the day first, or the month? Write it as 2026-03-31.")
    return _date(year, *((second, first) if order == DAY_FIRST else (first, second)), value)


def _date(year, month, day, value) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("There is no such day in the calendar.") from None
