from django.db import transaction
from django.utils import timezone

from courses.actions.settle_proof import settle_proof
from courses.facets import facets_of
from courses.grading import as_fact
from courses.models import Question, Regrade, RegradedResult, Treatment
from courses.models.regrades import LONGEST_REASON
from courses.regrade_plan import Change, Plan, Turn, asking, plan_of
from evidence.actions import Telling, record, record_each
from people.refusals import Refused

OVERTAKEN = "What it changes is no longer what you were shown: attempts came in or were regraded. Look again."


@transaction.atomic
def regrade_question(question, *, treatment, key=None, reason, seen, by, at) -> Regrade:
    """`seen`: of the plan (courses/regrade_plan.py) that whoever confirms it was shown. Results, proofs and what is
    assigned change together or not at all; the results that were are kept."""
    question = Question.objects.select_related("course").select_for_update(of=("self",)).get(pk=question.pk)
    _check(question, treatment, key, reason.strip())
    list(asking(question).graded().select_for_update(of=("self",)).values_list("pk"))
    plan = plan_of(question, treatment, key, by=by)
    if plan.seen != seen:
        raise Refused(OVERTAKEN)
    if not plan.changes:
        raise Refused("No result would change, so nothing is regraded.")
    regrade = Regrade.objects.create(
        question=question, treatment=treatment, key=key, reason=reason.strip(), by=by, at=at
    )
    results = RegradedResult.objects.bulk_create(
        RegradedResult(
            regrade=regrade,
            attempt=change.attempt,
            points=change.score.points,
            points_possible=change.score.possible,
            passed=change.passed,
        )
        for change in plan.changes
    )
    _record(regrade, plan, by=by, at=at)
    _record_results(results, plan.changes, by=by, at=at)
    # In the order of people, as what is assigned locks them, so that neither waits for the other.
    for change in sorted(plan.changes, key=lambda change: (change.attempt.person_id, change.attempt.pk)):
        if change.turn is not Turn.POINTS:
            settle_proof(change.attempt, passed=change.passed, by=by, at=at)
    return regrade


def _check(question, treatment, key, reason):
    if treatment not in Treatment.values or (treatment == Treatment.KEY) != (key is not None):
        raise Refused("Choose how the answers are to count.")
    if key is not None and (key.question_id != question.pk or key.is_draft):
        raise Refused("That version is none of this question's, or a draft. Choose another.")
    if not reason:
        raise Refused("Say why it is regraded: those whose result changes read it.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason has {len(reason)} characters; {LONGEST_REASON} are the most. Shorten it.")


def _record(regrade, plan: Plan, *, by, at):
    course = regrade.question.course
    record(
        "courses.regraded",
        by=by,
        at=at,
        key=f"courses.regraded:{regrade.pk}",
        facts={
            "regrade": regrade.pk,
            "course_id": regrade.question.course_id,
            "question": regrade.question_id,
            "treatment": Treatment(regrade.treatment).label,
            "by_version": regrade.key and regrade.key.sha256,
            "to_passed": len(plan.of(Turn.PASSES)),
            "to_not_passed": len(plan.of(Turn.FAILS)),
            "points_only": len(plan.of(Turn.POINTS)),
            "left_out": [one.attempt.pk for one in plan.left_out],
        },
        personal={"reason": regrade.reason},
        facets={"course": course.title} if course else {},
    )


def _record_results(results, changes, *, by, at):
    day = timezone.localdate(at)
    tellings = [
        Telling(
            key=f"courses.result_regraded:{result.pk}",
            subject=change.attempt.person,
            facts=_facts(result, change),
            facets=facets_of(change.attempt, on=day),
        )
        for result, change in zip(results, changes, strict=True)
    ]
    record_each("courses.result_regraded", tellings, by=by, at=at)


def _facts(result: RegradedResult, change: Change):
    was = change.attempt.in_force
    return {
        "attempt": change.attempt.pk,
        "course_id": change.attempt.course_id,
        "regrade": result.regrade_id,
        "points": as_fact(result.points),
        "points_possible": result.points_possible,
        "pass_percent": change.attempt.pass_percent,
        "outcome": _outcome(result.passed),
        "points_before": as_fact(was.points),
        "points_possible_before": was.points_possible,
        "outcome_before": _outcome(was.passed),
    }


def _outcome(passed: bool) -> str:
    return "passed" if passed else "not passed"
