from django.db import transaction
from django.utils import timezone

from competence.actions.change_evaluation import KEPT
from competence.evaluating import entry_of, facets_of, standing_plan
from competence.models import Evaluation, EvaluationPlan
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def withdraw_evaluation(evaluation: Evaluation, *, reason, by, at) -> EvaluationPlan:
    """The training does not take place, or is evaluated otherwise. What was fixed, and that it was, stays readable."""
    plan = standing_plan(evaluation)
    if evaluation.outcomes.exists():
        raise Refused("It was evaluated already, and what was found stays.")
    withdrawn = EvaluationPlan.objects.create(
        evaluation=evaluation,
        since=timezone.localdate(at),
        **{name: getattr(plan, name) for name in KEPT},
        corrects=plan,
        corrected_because=reason,
        void=True,
        recorded_by=by,
    )
    record(
        "competence.evaluation_withdrawn",
        by=by,
        at=at,
        key=f"competence.evaluation_withdrawn:{withdrawn.pk}",
        subject=plan.evaluator,
        facts={"evaluation": evaluation.pk, "plan": withdrawn.pk, "corrects_plan": plan.pk},
        personal={"reason": reason},
        facets=facets_of(withdrawn),
        corrects=entry_of(plan),
    )
    return withdrawn
