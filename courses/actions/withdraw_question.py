from django.db import transaction

from courses.models import Question
from courses.models.regrades import LONGEST_REASON
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def withdraw_question(question, *, reason, by, at) -> Question:
    """No attempt that starts from now on is given it; those that have it keep it."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise Refused("Say why the question is withdrawn.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason has {len(reason)} characters; {LONGEST_REASON} are the most. Shorten it.")
    question = Question.objects.select_related("course").select_for_update(of=("self",)).get(pk=question.pk)
    if question.withdrawn_at:
        return question
    question.withdrawn_at, question.withdrawn_because = at, reason
    question.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(
        "courses.question_withdrawn",
        by=by,
        at=at,
        key=f"courses.question_withdrawn:{question.pk}",
        facts={"course_id": question.course_id, "question": question.pk},
        personal={"reason": question.withdrawn_because},
        facets={"course": question.course.title} if question.course else {},
    )
    return question
