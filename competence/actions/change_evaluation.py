from django.db import transaction
from django.utils import timezone

from competence.effectiveness import may_still_be_fixed
from competence.evaluating import (
    check_days,
    check_evaluator,
    check_texts,
    entry_of,
    facets_of,
    facts_of,
    personal_of,
    standing_plan,
)
from competence.models import Evaluation, EvaluationPlan
from evidence.actions import record
from people.refusals import Refused

FIXED = ["measure", "training_from", "criterion", "method"]
KEPT = [*FIXED, "evaluator", "due"]


@transaction.atomic
def change_evaluation(evaluation: Evaluation, *, reason, by, at, **told) -> EvaluationPlan:
    """A new fact that corrects the one that stands. `told`: any of its fields.

    Once the training has begun, who evaluates and by when can change; what is looked for cannot.
    """
    plan, today = standing_plan(evaluation), timezone.localdate(at)
    told = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    changed = {name: value for name, value in told.items() if value != getattr(plan, name)}
    if not changed:
        raise Refused("Nothing of it is changed.")
    _refuse_late(plan, changed, today)
    correction = EvaluationPlan(
        evaluation=evaluation,
        since=today,
        **{name: getattr(plan, name) for name in KEPT} | changed,
        corrects=plan,
        corrected_because=reason,
        recorded_by=by,
    )
    check_texts(correction)
    if changed.keys() & {"due", "training_from"} or not evaluation.outcomes.exists():
        check_days(correction, on=today)
    check_evaluator(correction, on=today)
    correction.save()
    _record(correction, by=by, at=at)
    return correction


def _refuse_late(plan, changed, today):
    has_begun = not may_still_be_fixed(plan.training_from, on=today)
    if has_begun and changed.keys() & set(FIXED):
        raise Refused(
            f"The training began on {plan.training_from:%-d %B %Y}: what it is measured by stays. Change who evaluates "
            "it or by when, or withdraw it and say why."
        )
    if not has_begun and not may_still_be_fixed(changed.get("training_from", today), on=today):
        raise Refused("The training has not begun. Choose a day that is still to come.")


def _record(correction, *, by, at):
    record(
        "competence.evaluation_changed",
        by=by,
        at=at,
        key=f"competence.evaluation_changed:{correction.pk}",
        subject=correction.evaluator,
        facts=facts_of(correction),
        personal=personal_of(correction) | {"reason": correction.corrected_because},
        facets=facets_of(correction),
        corrects=entry_of(correction.corrects),
    )
