from datetime import date, datetime

from django.db import transaction

from competence.gathering import gather
from competence.models import Reminder
from competence.obligations import OPEN, State, obligations
from jobs.actions import enqueue
from people.directory import working
from people.models import Person


@transaction.atomic
def remind(*, on: date, at: datetime) -> int:
    """Let everyone be written to about what is newly asked of them, or newly overdue: one mail each, each thing once.

    Returns to how many people. Whoever has left, or has no address, is not written to.
    """
    people = working(Person.objects.exclude(email=""), on=on).order_by("pk")
    needed = [
        Reminder(person_id=one.person, competence_id=one.competence, due=one.due, stage=stage_of(one.state))
        for one in obligations(gather(people.values("pk"), on=on), on=on)
        if one.due and one.state in OPEN
    ]
    known = set(Reminder.objects.values_list("person_id", "competence_id", "due", "stage"))
    new = [one for one in needed if (one.person_id, one.competence_id, one.due, one.stage) not in known]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    told = sorted({one.person_id for one in new})
    for person in told:
        enqueue("competence.remind", {"person": person}, key=f"competence.remind:{person}", at=at)
    return len(told)


def stage_of(state: State) -> Reminder.Stage:
    return Reminder.Stage.OVERDUE if state == State.OVERDUE else Reminder.Stage.ASKED
