from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from courses.actions.grade_attempt import grade
from courses.facets import facets_of
from courses.grading import as_fact
from courses.kinds import FreeText, worth_of_levels
from courses.models import Attempt, AttemptQuestion, Marking
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def mark_answer(asked, *, levels: Sequence[int], comment="", by, at) -> Marking:
    """What an assessor finds of a free text, by its rubric; marked again before the attempt is graded, the later look
    counts. With the last one the attempt is graded."""
    attempts = Attempt.objects.select_related("course", "person", "teaches").select_for_update(of=("self",))
    attempt = attempts.get(pk=asked.attempt_id)
    asked = AttemptQuestion.objects.select_related("version").get(pk=asked.pk)
    _check(attempt, asked, by)
    marking = Marking.objects.create(
        asked=asked,
        assessor=by,
        levels=list(levels),
        worth=worth_of_levels(asked.version.says.rubric, levels),
        comment=comment.strip(),
        at=at,
        corrects=asked.markings.filter(corrected_by=None).first(),
    )
    asked.worth = marking.worth
    asked.save(update_fields=["worth"])
    _record(attempt, marking, by=by, at=at)
    everything = list(attempt.asked.select_related("version"))
    if all(question.worth is not None for question in everything):
        grade(attempt, everything, kind="courses.attempt_marked", by=by, at=at)
    return marking


def _check(attempt, asked, by):
    if attempt.person_id == by.pk:
        raise Refused("Nobody marks their own answer. Let another assessor do it.")
    if not isinstance(asked.version.says, FreeText):
        raise Refused("Cairn grades this question itself.")
    if attempt.submitted_at is None:
        raise Refused("They are still writing. Mark it once they have submitted.")
    if attempt.graded_at:
        raise Refused("The attempt has been graded. To change its result, regrade the question.")


def _record(attempt, marking, *, by, at):
    record(
        "courses.answer_marked",
        by=by,
        at=at,
        key=f"courses.answer_marked:{marking.pk}",
        subject=attempt.person,
        facts={
            "attempt": attempt.pk,
            "course_id": attempt.course_id,
            "question": marking.asked.position,
            "levels": marking.levels,
            "worth": as_fact(marking.worth),
        },
        personal={"comment": marking.comment} if marking.comment else {},
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )
