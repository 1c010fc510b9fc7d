from django.db import transaction

from evidence.actions import record
from people.models import LeaveOfAbsence, Person
from people.refusals import Refused
from people.signals import place_changed
from people.spans import check_span, in_words, touching


@transaction.atomic
def record_leave(person, *, since, until=None, by, at) -> LeaveOfAbsence:
    """They are away from `since` to `until`; without an end if it is not known yet. Why, is not kept."""
    check_span(since, until)
    Person.objects.select_for_update().get(pk=person.pk)
    if clash := touching(LeaveOfAbsence.objects.standing().filter(person=person), since, until).first():
        raise Refused(f"{person} is on leave {in_words(clash)} already. Choose other dates, or correct that first.")
    leave = LeaveOfAbsence.objects.create(person=person, since=since, until=until, recorded_by=by)
    record(
        "people.leave_recorded",
        by=by,
        at=at,
        key=f"people.leave_recorded:{leave.pk}",
        subject=person,
        facts=facts_of(leave),
    )
    place_changed.send(LeaveOfAbsence, people=[person.pk], by=by, at=at)
    return leave


def facts_of(leave):
    return {
        "leave": leave.pk,
        "since": leave.since.isoformat(),
        "until": leave.until and leave.until.isoformat(),
        "corrects_leave": leave.corrects_id,
        "void": leave.void,
    }
