"""Whom the ids in a frozen copy name today: no name is kept in it."""

from people.models import Person

PEOPLE = ("deputies", "experts")


def people_in(*copies) -> dict[int, Person]:
    """Everyone whom these copies name, in one query."""
    ids = {copy["accountable"] for copy in copies}
    ids |= {pk for copy in copies for name in PEOPLE for pk in copy.get(name, [])}
    ids |= {part["value"] for copy in copies for part in copy["parts"] if part["kind"] == "person"}
    return Person.objects.in_bulk([pk for pk in ids if pk])
