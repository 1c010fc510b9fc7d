from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from courses.actions.grade_attempt import grade
from courses.actions.save_answers import write_answers
from courses.facets import delta_of, facets_of
from courses.kinds import NOTHING, Response
from courses.models import Attempt, AttemptQuestion
from courses.responses import Posted
from courses.sitting import is_over
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def submit_attempt(attempt, *, answers: Mapping[int, Response] | None = None, by, at) -> Attempt:
    """Hand it in, once: whoever comes second gets the first's result.

    `answers` are what was handed in with it: {pk of AttemptQuestion: response}. A question that they leave out keeps
    what was saved before; one that was never answered is worth nothing. `by` None: Cairn itself, once the time is over.
    """
    attempts = Attempt.objects.select_related("course", "person", "teaches").select_for_update(of=("self",))
    attempt = attempts.get(pk=attempt.pk)
    late = is_over(attempt, at)
    _check(attempt, late, by)
    if attempt.submitted_at:
        return attempt
    if answers and not late:
        _save(attempt, answers, at)
    attempt.submitted_at = min(at, attempt.deadline) if attempt.deadline else at
    attempt.save(update_fields=["submitted_at"])
    asked = list(attempt.asked.select_related("version"))
    _weigh(asked)
    if all(question.worth is not None for question in asked):
        grade(attempt, asked, kind="courses.attempt_submitted", by=by, at=at)
    else:
        _record_unmarked(attempt, by=by, at=at)
    return attempt


def _check(attempt, late, by):
    if by is None and not late:
        raise Refused("The time for this attempt is not over.")
    if by is not None and attempt.person_id != by.pk:
        raise Refused("Only the person who takes the quiz can submit it.")


def _save(attempt, answers, at):
    asked = {question.pk: question for question in attempt.asked.select_related("version")}
    if answers.keys() - asked.keys():
        raise Refused("An answer belongs to a question that this attempt does not ask. Reload the page.")
    write_answers(attempt, [Posted(asked[pk], response) for pk, response in answers.items()], at)


def _weigh(asked: list[AttemptQuestion]) -> None:
    """What an assessor is to read stays open, unless nothing was written."""
    for question in asked:
        if not question.is_answered:
            question.worth = NOTHING
        elif not question.version.says.is_marked:
            question.worth = question.version.says.worth(question.answer)
    AttemptQuestion.objects.bulk_update(asked, ["worth"])


def _record_unmarked(attempt, *, by, at):
    record(
        "courses.attempt_handed_in",
        by=by,
        at=at,
        key=f"courses.attempt_handed_in:{attempt.pk}",
        subject=attempt.person,
        facts={"attempt": attempt.pk, "course_id": attempt.course_id} | delta_of(attempt),
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )
