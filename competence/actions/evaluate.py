from django.db import transaction
from django.utils import timezone

from competence.effectiveness import State
from competence.evaluating import check_outcome, facets_of, outcome_facts, outcome_personal, standing_plan
from competence.evaluations import followed_one
from competence.models import Evaluation, EvaluationOutcome
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def evaluate(evaluation: Evaluation, *, result, observation, follows="", again_by=None, by, at) -> EvaluationOutcome:
    """What its evaluator found. `follows`: what is done now, where it was not wholly effective; `again_by`: the day by
    which it is evaluated once more, if it is."""
    plan, today = standing_plan(evaluation), timezone.localdate(at)
    _refuse_needless(plan, today)
    outcome = EvaluationOutcome(
        evaluation=evaluation,
        since=today,
        found_at=at,
        evaluator=by,
        result=result,
        observation=observation.strip(),
        follows=follows.strip(),
        again_by=again_by,
        recorded_by=by,
    )
    check_outcome(outcome, plan)
    outcome.save()
    record(
        "competence.evaluated",
        by=by,
        at=at,
        key=f"competence.evaluated:{outcome.pk}",
        subject=by,
        facts=outcome_facts(outcome),
        personal=outcome_personal(outcome),
        facets=facets_of(outcome),
    )
    return outcome


def _refuse_needless(plan, today):
    if today < plan.training_from:
        raise Refused(f"The training begins on {plan.training_from:%-d %B %Y}. What came of it is seen only then.")
    followed = followed_one(plan.evaluation, on=today)
    if followed.last and followed.standing.state is State.EFFECTIVE:
        raise Refused(
            f"It was found effective on {followed.last.since:%-d %B %Y}. Correct that, if it was not so; a lesson that "
            "recurs on its process opens it again."
        )
