from datetime import date, datetime

from django.db import transaction

from competence.actions.remind import stage_of
from competence.matrix import Cell, record_of
from competence.models import Reminder
from competence.obligations import OPEN
from people.models import Person


@transaction.atomic
def settle_reminders(person: Person, *, on: date, at: datetime) -> list[Cell]:
    """Take what the person is still to be told, and give it back to be sent within the same transaction.

    What is no longer so, because it was done in the meantime, is settled without a word.
    """
    waiting = Reminder.objects.select_for_update().filter(person=person, settled_at=None)
    told = {(one.competence_id, one.due, one.stage) for one in waiting}
    waiting.update(settled_at=at)
    asked = [cell for cell in record_of(person, on=on) if cell.obligation and cell.obligation.state in OPEN]
    return [cell for cell in asked if _key(cell) in told]


def _key(cell: Cell):
    obligation = cell.obligation
    return (obligation.competence, obligation.due, stage_of(obligation.state)) if obligation else None
