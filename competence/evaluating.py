"""What is asked about evaluations by more than one action."""

from competence.models import Evaluation, EvaluationOutcome, EvaluationPlan
from evidence.models import Entry
from knowledge.permissions import may_see
from people.directory import working
from people.models import Person
from people.refusals import Refused


def check_texts(plan: EvaluationPlan) -> None:
    if not (plan.measure and plan.criterion and plan.method):
        raise Refused("Say what the training is, what will be different after it, and how that is looked at.")


def check_days(plan: EvaluationPlan, *, on) -> None:
    if plan.due <= plan.training_from:
        raise Refused(
            f"The training begins on {plan.training_from:%-d %B %Y}. Whether it was effective is seen later: choose a "
            "day after that one."
        )
    if plan.due < on:
        raise Refused(f"{plan.due:%-d %B %Y} is past. Choose a day on which it can still be evaluated.")


def check_evaluator(plan: EvaluationPlan, *, on) -> None:
    evaluator, process, day = plan.evaluator, plan.evaluation.process, max(plan.due, on)
    if not working(Person.objects.filter(pk=evaluator.pk), on=day).exists():
        raise Refused(f"{evaluator} will not work here on {day:%-d %B %Y}. Choose someone who will.")
    if process is not None and not may_see(evaluator, process):
        raise Refused(f"{evaluator} may not see the process {process}. Choose someone who may.")


def standing_plan(evaluation: Evaluation) -> EvaluationPlan:
    """The one that is corrected next: of two who change it at once, the second finds the first's."""
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    plan = EvaluationPlan.objects.select_related("evaluator").get(evaluation=evaluation, corrected_by=None)
    if plan.void:
        raise Refused("This evaluation was withdrawn. Plan another.")
    return plan


def facts_of(plan: EvaluationPlan):
    return {
        "evaluation": plan.evaluation_id,
        "plan": plan.pk,
        "training_from": plan.training_from.isoformat(),
        "due": plan.due.isoformat(),
        "corrects_plan": plan.corrects_id,
    }


def personal_of(plan: EvaluationPlan):
    return {name: getattr(plan, name) for name in ("measure", "criterion", "method")}


def facets_of(told: EvaluationPlan | EvaluationOutcome):
    evaluation = told.evaluation
    process = {"process": evaluation.process.number} if evaluation.process else {}
    return {"competence": evaluation.competence.name} | process


def entry_of(plan: EvaluationPlan) -> Entry | None:
    kind = "evaluation_changed" if plan.corrects_id else "evaluation_planned"
    return Entry.objects.filter(key=f"competence.{kind}:{plan.pk}").first()


def check_outcome(outcome: EvaluationOutcome, plan: EvaluationPlan) -> None:
    if outcome.evaluator_id != plan.evaluator_id or not plan.evaluator.is_active:
        raise Refused(f"{plan.evaluator} evaluates this. Ask them, or let whoever planned it name someone else.")
    if not outcome.observation:
        raise Refused("Say what you saw: an outcome without an observation proves nothing.")
    if outcome.result == EvaluationOutcome.Result.EFFECTIVE:
        if outcome.follows or outcome.again_by:
            raise Refused("If it was effective, nothing more follows. Leave that empty, or say that it was so in part.")
        return
    if not outcome.follows:
        raise Refused("Say what follows now, as it was not wholly effective: another training, or another measure.")
    if outcome.again_by and outcome.again_by <= outcome.since:
        raise Refused(f"Choose a day after {outcome.since:%-d %B %Y} to evaluate it again.")


def outcome_facts(outcome: EvaluationOutcome):
    return {
        "evaluation": outcome.evaluation_id,
        "outcome": outcome.pk,
        "since": outcome.since.isoformat(),
        "result": outcome.result,
        "again_by": outcome.again_by and outcome.again_by.isoformat(),
        "corrects_outcome": outcome.corrects_id,
    }


def outcome_personal(outcome: EvaluationOutcome):
    return {"observation": outcome.observation, "follows": outcome.follows}
