from django.db import transaction
from django.utils import timezone

from courses.models import Classroom, ClassroomSession
from evidence.actions import record


@transaction.atomic
def plan_session(classroom: Classroom, *, starts_at, place="", instructor=None, by, at) -> ClassroomSession:
    """Also one that has been held. Its instructor is the classroom's, unless it is another this time."""
    course = classroom.course
    session = ClassroomSession.objects.create(
        course=course,
        step=classroom.key,
        title=classroom.title,
        instructor=instructor or classroom.instructor,
        starts_at=starts_at,
        place=place.strip(),
        recorded_by=by,
        at=at,
    )
    record(
        "courses.session_planned",
        by=by,
        at=at,
        key=f"courses.session_planned:{session.pk}",
        facts=facts_of_session(session),
        facets={"course": course.title, "competence": course.teaches.name},
    )
    return session


def facts_of_session(session) -> dict:
    return {
        "session": session.pk,
        "course_id": session.course_id,
        "title": session.title,
        "day": timezone.localdate(session.starts_at).isoformat(),
        "starts_at": session.starts_at.isoformat(),
        "place": session.place,
    }
