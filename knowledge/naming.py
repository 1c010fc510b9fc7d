"""Whom the ids in a frozen copy name today: no name is kept in it. And which numbers in it a reader may be told."""

from knowledge.models import KnowledgePage
from knowledge.permissions import visible_to
from people.models import Person

PEOPLE = ("deputies", "experts")


def people_in(*copies) -> dict[int, Person]:
    """Everyone whom these copies name, in one query."""
    ids = {copy["accountable"] for copy in copies}
    ids |= {pk for copy in copies for name in PEOPLE for pk in copy.get(name, [])}
    ids |= {part["value"] for copy in copies for part in copy["parts"] if part["kind"] == "person"}
    return Person.objects.in_bulk([pk for pk in ids if pk])


HIDDEN = "one that you may not see"


def seen_by(reader, *copies) -> tuple[dict, ...]:
    """The copies without the numbers of pages that are kept from `reader` today, in one query."""
    numbers = {number for copy in copies for number in _numbers_in(copy)}
    if not numbers:
        return copies
    named = KnowledgePage.objects.filter(number__in=numbers)
    hidden = set(named.exclude(pk__in=visible_to(named, reader).values("pk")).values_list("number", flat=True))
    return tuple(_without(hidden, copy) for copy in copies) if hidden else copies


def _numbers_in(copy):
    yield from copy.get("processes", [])
    for part in copy["parts"]:
        if part["kind"] in ("page", "pages"):
            yield from _listed(part["value"])


def _without(hidden, copy):
    parts = [
        part | {"value": _told(part["value"], hidden)} if part["kind"] in ("page", "pages") else part
        for part in copy["parts"]
    ]
    return copy | {"parts": parts, "processes": _told(copy.get("processes", []), hidden)}


def _told(value, hidden):
    if isinstance(value, list):
        return list(dict.fromkeys(HIDDEN if number in hidden else number for number in value))
    return HIDDEN if value in hidden else value


def _listed(value):
    return value if isinstance(value, list) else [value] if value else []
