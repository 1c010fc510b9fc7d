"""Someone's dates as a calendar (RFC 5545): titles and days, and no word of why. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from competence.evaluations import Followed
from competence.matrix import Cell

REFRESH = timedelta(hours=12)


def calendar_of(
    person: int, cells: Iterable[Cell], evaluations: Iterable[Followed] = (), *, host: str, at: datetime
) -> bytes:
    """One event for each competence and each training to evaluate that has a day to keep: an event that moves stays the
    same event."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cairn//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Cairn")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for cell in sorted(cells, key=lambda cell: cell.competence.pk):
        if cell.obligation and (day := cell.when[1]):
            words = f"{cell.competence}: {cell.word} {cell.when[0]} this day"
            calendar.add_component(_event(f"competence-{cell.competence.pk}-of-{person}@{host}", day, words, at))
    for one in sorted(evaluations, key=lambda one: one.evaluation.pk):
        if day := one.standing.due:
            words = f"{one.evaluation.competence}: Training to be evaluated by this day"
            calendar.add_component(_event(f"evaluation-{one.evaluation.pk}-of-{person}@{host}", day, words, at))
    return calendar.to_ical()


def _event(uid: str, day: date, words: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("summary", words)
    event.add("transp", "TRANSPARENT")  # it takes no time of that day
    return event
