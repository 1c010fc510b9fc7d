from datetime import date, datetime

from django.db import transaction

from competence.gathering import gather
from competence.models import Reminder
from competence.obligations import obligations
from competence.reminding import concerns_manager, stage_of
from jobs.actions import enqueue_each
from people.directory import working
from people.models import Person, ReportingLine


@transaction.atomic
def remind(*, on: date, at: datetime) -> int:
    """Let everyone be written to about what is newly asked of them, due or overdue, and managers about what stays so:
    one mail each, each thing once.

    Returns to how many people. Whoever has left, or has no address, is not written to.
    """
    people = set(working(Person.objects.all(), on=on).values_list("pk", flat=True))
    reached = set(working(Person.objects.exclude(email=""), on=on).values_list("pk", flat=True))
    managers = dict(ReportingLine.objects.on(on).values_list("person_id", "manager_id"))
    known = set(Reminder.objects.values_list("person_id", "competence_id", "due", "stage", "reader_id"))
    needed = {
        key
        for one in obligations(gather(on=on), on=on)
        if one.person in people
        for key in _told(one, managers.get(one.person), on)
    }
    new = sorted(key for key in needed - known if key[-1] in reached)
    names = ("person_id", "competence_id", "due", "stage", "reader_id")
    Reminder.objects.bulk_create(
        (Reminder(**dict(zip(names, key, strict=True))) for key in new), ignore_conflicts=True, batch_size=1000
    )
    readers = sorted({key[-1] for key in new})
    enqueue_each("competence.remind", {f"competence.remind:{pk}": {"person": pk} for pk in readers}, at=at)
    return len(readers)


def _told(one, manager, on):
    if stage := stage_of(one, on=on):
        yield one.person, one.competence, one.due, str(stage), one.person
    if manager and concerns_manager(one, on=on):
        yield one.person, one.competence, one.due, str(Reminder.Stage.ESCALATED), manager
