from django.db import transaction

from courses.actions.plan_session import facts_of_session
from courses.models import ClassroomSession
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def call_off_session(session: ClassroomSession, *, because, by, at) -> ClassroomSession:
    session = ClassroomSession.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    if session.called_off_at:
        return session
    if not because.strip():
        raise Refused("Say why the session is called off.")
    if session.attendances.standing().exists():
        raise Refused("People attended this session, so it took place. Correct who was there first.")
    session.called_off_at, session.called_off_because = at, because.strip()
    session.save(update_fields=["called_off_at", "called_off_because"])
    record(
        "courses.session_called_off",
        by=by,
        at=at,
        key=f"courses.session_called_off:{session.pk}",
        facts=facts_of_session(session),
        personal={"reason": session.called_off_because},
        facets={"course": session.course.title, "competence": session.course.teaches.name},
    )
    return session
