"""The days on which the sample's people work, and the minutes of those days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

MORNING = 8 * 60
AFTERNOON = 13 * 60
NOON = 12 * 60


def working_day(offset: int, today: date) -> date:
    """The day so many days from `today`; a Saturday or Sunday becomes the Friday before, so that order is kept."""
    day = today + timedelta(days=offset)
    return day - timedelta(days=max(0, day.weekday() - 4))


def working_days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def moment(day: date, minutes: float) -> datetime:
    """So many minutes after midnight, to the second, in the house's time zone."""
    return timezone.make_aware(datetime.combine(day, time()) + timedelta(seconds=int(minutes * 60)))


def mornings(day: date, count: int) -> Iterator[datetime]:
    """Moments for `count` events: every five minutes from eight, closer where they would not fit before noon."""
    step = min(5.0, (NOON - MORNING) / max(count, 1))
    return (moment(day, MORNING + number * step) for number in range(count))
