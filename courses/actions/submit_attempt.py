from django.db import transaction
from django.utils import timezone

from competence.actions import record_proof
from competence.models import Proof
from courses.answers import choice_of, right_options
from courses.facets import facets_of
from courses.grading import score
from courses.models import Attempt, AttemptQuestion
from evidence.actions import record
from knowledge.facets import facts_of
from people.refusals import Refused


@transaction.atomic
def submit_attempt(attempt, *, answers=None, by, at) -> Attempt:
    """Grade it, once: whoever comes second gets the first's result.

    `answers` are what was handed in with it: {pk of AttemptQuestion: option ids}. A question that they leave out keeps
    what was saved before; one that was never answered counts as 0.
    """
    attempts = Attempt.objects.select_related("course", "person", "teaches").select_for_update(of=("self",))
    attempt = attempts.get(pk=attempt.pk)
    if attempt.person_id != by.pk:
        raise Refused("Only the person who takes the quiz can submit it.")
    if attempt.submitted_at:
        return attempt
    asked = list(attempt.asked.select_related("version").prefetch_related("version__options"))
    _save(asked, answers or {}, at)
    _grade(attempt, asked, at)
    _record(attempt, asked, by=by, at=at)
    if attempt.passed:
        _prove(attempt, by=by, at=at)
    return attempt


def _save(asked, answers, at):
    if answers.keys() - {question.pk for question in asked}:
        raise Refused("An answer belongs to a question that this attempt does not ask. Reload the page.")
    answered = [question for question in asked if question.pk in answers]
    for question in answered:
        question.answer, question.saved_at = choice_of(question.version, answers[question.pk]), at
    AttemptQuestion.objects.bulk_update(answered, ["answer", "saved_at"])


def _grade(attempt, asked, at):
    result = score((right_options(question.version), question.chosen) for question in asked)
    attempt.points, attempt.points_possible = result.points, result.possible
    attempt.passed, attempt.submitted_at = result.passes(attempt.pass_percent), at
    attempt.save(update_fields=["points", "points_possible", "passed", "submitted_at"])


def _record(attempt, asked, *, by, at):
    record(
        "courses.attempt_submitted",
        by=by,
        at=at,
        key=f"courses.attempt_submitted:{attempt.pk}",
        subject=attempt.person,
        facts={
            "attempt": attempt.pk,
            "course_id": attempt.course_id,
            "points": attempt.points,
            "points_possible": attempt.points_possible,
            "pass_percent": attempt.pass_percent,
            "outcome": "passed" if attempt.passed else "not passed",
            "questions": [question.version.sha256 for question in asked],
            "editions": [facts_of(edition) for edition in _editions_of(attempt)],
        },
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )


def _prove(attempt, *, by, at):
    """What the proof changes is assigned anew in this transaction, for it announces itself (courses/receivers.py)."""
    record_proof(
        attempt.person,
        attempt.teaches,
        basis=Proof.Basis.COURSE,
        reference=f"{attempt.course.title}, attempt {attempt.pk}",
        editions=_editions_of(attempt),
        on=timezone.localdate(at),
        by=by,
        at=at,
    )


def _editions_of(attempt):
    return list(attempt.editions.without_content().select_related("page").order_by("pk"))
