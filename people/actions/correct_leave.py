from django.db import transaction

from evidence.actions import record
from people.actions.record_leave import facts_of
from people.models import LeaveOfAbsence, Person
from people.refusals import Refused
from people.signals import place_changed
from people.spans import check_span, in_words, touching


@transaction.atomic
def correct_leave(leave, *, since, until, by, at, void=False) -> LeaveOfAbsence:
    """Write down how it really was: a new fact in place of this one. `void`: they were not away."""
    check_span(since, until)
    Person.objects.select_for_update().get(pk=leave.person_id)
    standing = LeaveOfAbsence.objects.standing().filter(person=leave.person)
    if not standing.filter(pk=leave.pk).exists():
        raise Refused("This leave has already been corrected. Correct the one that stands.")
    clash = touching(standing.exclude(pk=leave.pk), since, until).first()
    if clash and not void:
        raise Refused(f"{leave.person} is on leave {in_words(clash)} as well. Choose other dates.")
    correction = LeaveOfAbsence.objects.create(
        person=leave.person, since=since, until=until, corrects=leave, void=void, recorded_by=by
    )
    record(
        "people.leave_recorded",
        by=by,
        at=at,
        key=f"people.leave_recorded:{correction.pk}",
        subject=leave.person,
        facts=facts_of(correction),
    )
    place_changed.send(LeaveOfAbsence, people=[leave.person_id], by=by, at=at)
    return correction
