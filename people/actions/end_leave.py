from django.db import transaction

from evidence.actions import record
from people.actions.record_leave import facts_of
from people.models import LeaveOfAbsence
from people.refusals import Refused
from people.signals import place_changed
from people.spans import check_span


@transaction.atomic
def end_leave(leave, *, until, by, at) -> LeaveOfAbsence:
    """`until` is the last day of a leave that had no end yet."""
    check_span(leave.since, until)
    if not LeaveOfAbsence.objects.standing().filter(pk=leave.pk, until=None).update(until=until):
        raise Refused(f"The last day of this leave of {leave.person} is set already. If it is wrong, correct it.")
    leave.until = until
    record(
        "people.leave_ended",
        by=by,
        at=at,
        key=f"people.leave_ended:{leave.pk}",
        subject=leave.person,
        facts=facts_of(leave),
    )
    place_changed.send(LeaveOfAbsence, people=[leave.person_id], by=by, at=at)
    return leave
