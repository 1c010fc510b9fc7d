"""Someone's dates as a calendar (RFC 5545): titles and days, and no word of why. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from competence.matrix import Cell

REFRESH = timedelta(hours=12)


def calendar_of(person: int, cells: Iterable[Cell], *, host: str, at: datetime) -> bytes:
    """One event a competence that has a day to keep: an event that moves stays the same event."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cairn//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Cairn")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for cell in sorted(cells, key=lambda cell: cell.competence.pk):
        if cell.obligation and (day := cell.when[1]):
            event = Event()
            event.add("uid", f"competence-{cell.competence.pk}-of-{person}@{host}")
            event.add("dtstamp", at)
            event.add("dtstart", day)
            event.add("summary", f"{cell.competence}: {cell.word} {cell.when[0]} this day")
            event.add("transp", "TRANSPARENT")  # it takes no time of that day
            calendar.add_component(event)
    return calendar.to_ical()
