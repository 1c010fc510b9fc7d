from django.db import transaction
from django.utils import timezone

from courses.actions.complete_course import complete_course
from courses.actions.renew_proof import renew_proof
from courses.facets import delta_of, facets_of
from courses.grading import as_fact, score
from courses.kinds import NOTHING
from courses.models import Attempt, AttemptQuestion
from evidence.actions import record
from knowledge.facets import facts_of


@transaction.atomic(savepoint=False)
def grade(attempt: Attempt, asked: list[AttemptQuestion], *, kind: str, by, at) -> None:
    """Once the worth of each answer is known, under the attempt's lock. `kind`: of the entry that tells of it."""
    result = score((question.worth or NOTHING, question.version.possible) for question in asked)
    attempt.points, attempt.points_possible = result.points, result.possible
    attempt.passed, attempt.graded_at = result.passes(attempt.pass_percent), at
    attempt.save(update_fields=["points", "points_possible", "passed", "graded_at"])
    _record(attempt, asked, kind, by=by, at=at)
    if attempt.passed and attempt.renews:
        renew_proof(attempt, by=by, at=at)
    elif attempt.passed:
        complete_course(attempt.course, attempt.person, by=by, at=at)


def _record(attempt, asked, kind, *, by, at):
    record(
        kind,
        by=by,
        at=at,
        key=f"{kind}:{attempt.pk}",
        subject=attempt.person,
        facts={
            "attempt": attempt.pk,
            "course_id": attempt.course_id,
            "points": as_fact(attempt.points),
            "points_possible": attempt.points_possible,
            "pass_percent": attempt.pass_percent,
            "outcome": "passed" if attempt.passed else "not passed",
            "questions": [question.version.sha256 for question in asked],
            "editions": [facts_of(edition) for edition in _editions_of(attempt)],
        }
        | delta_of(attempt),
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )


def _editions_of(attempt):
    return list(attempt.editions.without_content().select_related("page").order_by("pk"))
