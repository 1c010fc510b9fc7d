from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from competence.evaluations import Followed, follow
from competence.matrix import Cell, Row, rows
from competence.models import Competence, Reminder
from competence.obligations import OPEN
from competence.permissions import evaluations_visible_to
from people.models import Person


@dataclass(frozen=True)
class Digest:
    """What one mail tells: what is asked of the reader, what stays overdue with their people, and what is to be
    evaluated."""

    own: list[Cell]
    people: list[tuple[Person, list[Cell]]]
    evaluations: list[Followed]
    # The same whenever the same is told: a mail that goes out a second time can be seen to be one.
    name: str

    def __bool__(self):
        return bool(self.own or self.people or self.evaluations)


@transaction.atomic
def settle_reminders(reader: Person, *, on: date, at: datetime) -> Digest:
    """Take what `reader` is still to be told, and give it back to be sent within the same transaction.

    What is no longer so, because it was done in the meantime, is settled without a word.
    """
    waiting = Reminder.objects.select_for_update().filter(reader=reader, settled_at=None).order_by("pk")
    name = sha256(",".join(str(one.pk) for one in waiting).encode()).hexdigest()[:32]
    told = {(one.person_id, one.competence_id, one.due) for one in waiting if not one.evaluation_id}
    to_evaluate = {(one.evaluation_id, one.due) for one in waiting if one.evaluation_id}
    waiting.update(settled_at=at)
    people = Person.objects.filter(pk__in={person for person, _, _ in told})
    competences = Competence.objects.filter(pk__in={competence for _, competence, _ in told})
    found = {row.person: _still_so(row, told) for row in rows(list(people), list(competences), on=on)}
    own = found.pop(reader, [])
    late = [(person, cells) for person, cells in found.items() if cells]
    return Digest(own, late, _still_to_evaluate(reader, to_evaluate, on), name)


def _still_so(row: Row, told) -> list[Cell]:
    return [
        cell
        for cell in row.cells
        if cell.obligation
        and cell.obligation.state in OPEN
        and (row.person.pk, cell.competence.pk, cell.obligation.due) in told
    ]


def _still_to_evaluate(reader: Person, told, on: date) -> list[Followed]:
    if not told:
        return []
    found = evaluations_visible_to(reader).filter(pk__in={evaluation for evaluation, _ in told})
    return [one for one in follow(found, on=on) if (one.evaluation.pk, one.standing.due) in told]
