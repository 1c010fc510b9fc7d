"""A manager's people: what is open for each, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from competence.matrix import Cell, sheet_of
from competence.models import Competence
from competence.obligations import HELD, OPEN, State
from people.directory import reports_of, with_places, working
from people.models import Person


@dataclass(frozen=True)
class Member:
    """`cells` is what is asked of them, the most urgent first."""

    person: Person
    cells: Sequence[Cell]

    @property
    def open(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.state in OPEN or cell.state is State.AWAY]

    @property
    def held(self) -> int:
        return sum(cell.state in HELD for cell in self.cells)

    @property
    def worst(self) -> Cell | None:
        return next(iter(self.open), None)

    @property
    def urgency(self):
        return (self.worst.urgency if self.worst else (len(State), date.max)), str(self.person)


def team_of(manager: Person, *, on: date) -> list[Member]:
    """Those who report to them, whoever has the most urgent thing to do first. As many queries for many as for few."""
    people = with_places(working(reports_of(manager, on=on), on=on), on=on)
    sheet = sheet_of([person.pk for person in people], on=on)
    competences = Competence.objects.filter(pk__in=sheet.asked_competences())
    members = [
        Member(row.person, sorted((cell for cell in row.cells if cell.obligation), key=lambda cell: cell.urgency))
        for row in sheet.rows(people, list(competences))
    ]
    return sorted(members, key=lambda member: member.urgency)
