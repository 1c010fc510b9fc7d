from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from courses.actions.complete_course import complete_course
from courses.actions.plan_session import facts_of_session
from courses.facets import facets_for
from courses.models import Attendance, ClassroomSession
from evidence.actions import Telling, record_each
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def record_attendance(session: ClassroomSession, people: Iterable[Person], *, by, at) -> list[Attendance]:
    """That they were there; whom it is recorded of already is passed over. For some it is the last step."""
    sessions = ClassroomSession.objects.select_related("course__teaches").select_for_update(of=("self",))
    session = sessions.get(pk=session.pk)
    ids = sorted({person.pk for person in people})
    _check(session, ids, by, at)
    came = list(Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    told = {it.person_id: it for it in session.attendances.filter(corrected_by=None)}
    new = [person for person in came if not (person.pk in told and told[person.pk].attended)]
    attendances = [
        Attendance.objects.create(session=session, person=person, at=at, recorded_by=by, corrects=told.get(person.pk))
        for person in new
    ]
    day = timezone.localdate(session.starts_at)
    tellings = [
        Telling(
            key=f"courses.attended:{it.pk}",
            subject=it.person,
            facts=facts_of_session(session),
            personal={},
            facets=facets_for(it.person_id, session.course, on=day),
        )
        for it in attendances
    ]
    record_each("courses.attended", tellings, by=by, at=at)
    for person in new:
        complete_course(session.course, person, by=by, at=at)
    return attendances


def _check(session, ids, by, at):
    if session.called_off_at:
        raise Refused("This session was called off.")
    if session.starts_at > at:
        raise Refused("This session is still to come. Record who was there once it has begun.")
    if by is not None and by.pk in ids:
        raise Refused("Nobody records their own attendance. Let someone else in HR do it.")
