from django.db import transaction
from django.utils import timezone

from courses.actions.plan_session import facts_of_session
from courses.certificates import check_not_used
from courses.facets import facets_for
from courses.models import Attendance
from evidence.actions import record
from evidence.models import Entry
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def correct_attendance(attendance: Attendance, *, because, by, at) -> Attendance:
    """They were not there, after all."""
    if not because.strip():
        raise Refused("Say how you know that they were not there.")
    Person.objects.select_for_update(no_key=True).get(pk=attendance.person_id)
    standing = Attendance.objects.standing().select_related("session__course__teaches", "person")
    attendance = standing.filter(pk=attendance.pk).first()
    if attendance is None:
        raise Refused("This attendance has been corrected already.")
    session = attendance.session
    check_not_used(session.course, attendance.person, session.starts_at)
    correction = Attendance.objects.create(
        session=session,
        person=attendance.person,
        attended=False,
        at=at,
        recorded_by=by,
        corrects=attendance,
        corrected_because=because.strip(),
    )
    record(
        "courses.attendance_corrected",
        by=by,
        at=at,
        key=f"courses.attendance_corrected:{correction.pk}",
        subject=attendance.person,
        facts=facts_of_session(session),
        personal={"reason": correction.corrected_because},
        facets=facets_for(attendance.person_id, session.course, on=timezone.localdate(at)),
        corrects=Entry.objects.filter(key=f"courses.attended:{attendance.pk}").first(),
    )
    return correction
