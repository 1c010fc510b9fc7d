from django.db import transaction
from django.utils import timezone

from competence.effectiveness import may_still_be_fixed
from competence.evaluating import check_days, check_evaluator, check_texts, facets_of, facts_of, personal_of
from competence.models import Evaluation, EvaluationPlan
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def plan_evaluation(
    competence, *, process=None, measure, training_from, criterion, method, evaluator, due, by, at
) -> Evaluation:
    """Fix, before the training begins, by what it will be seen whether it was effective.

    `measure`: the training action in words. `process`: what it is to change, if that is one of the processes.
    """
    today = timezone.localdate(at)
    if not may_still_be_fixed(training_from, on=today):
        raise Refused(
            f"The training begins on {training_from:%-d %B %Y}, and that is past. What it is measured by is written "
            "down before: choose the day on which it begins, or plan the evaluation of the next training."
        )
    evaluation = Evaluation.objects.create(competence=competence, process=process)
    plan = EvaluationPlan(
        evaluation=evaluation,
        since=today,
        measure=measure.strip(),
        training_from=training_from,
        criterion=criterion.strip(),
        method=method.strip(),
        evaluator=evaluator,
        due=due,
        recorded_by=by,
    )
    check_texts(plan)
    check_days(plan, on=today)
    check_evaluator(plan, on=today)
    plan.save()
    _record(plan, by=by, at=at)
    return evaluation


def _record(plan, *, by, at):
    record(
        "competence.evaluation_planned",
        by=by,
        at=at,
        key=f"competence.evaluation_planned:{plan.pk}",
        subject=plan.evaluator,
        facts=facts_of(plan),
        personal=personal_of(plan),
        facets=facets_of(plan),
    )
