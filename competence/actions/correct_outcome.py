from django.db import transaction

from competence.evaluating import check_outcome, facets_of, outcome_facts, outcome_personal, standing_plan
from competence.models import EvaluationOutcome
from evidence.actions import record
from evidence.models import Entry
from people.refusals import Refused


@transaction.atomic
def correct_outcome(
    outcome: EvaluationOutcome, *, result, observation, follows="", again_by=None, reason, by, at
) -> EvaluationOutcome:
    """Write down how it really was: a new fact that names the one it corrects, found when that was found."""
    plan = standing_plan(outcome.evaluation)
    if not EvaluationOutcome.objects.standing().filter(pk=outcome.pk).exists():
        raise Refused("This outcome has already been corrected. Correct the one that stands.")
    correction = EvaluationOutcome(
        evaluation=outcome.evaluation,
        since=outcome.since,
        found_at=outcome.found_at,
        evaluator=by,
        result=result,
        observation=observation.strip(),
        follows=follows.strip(),
        again_by=again_by,
        corrects=outcome,
        corrected_because=reason,
        recorded_by=by,
    )
    check_outcome(correction, plan)
    correction.save()
    _record(correction, by=by, at=at)
    return correction


def _record(correction, *, by, at):
    record(
        "competence.outcome_corrected",
        by=by,
        at=at,
        key=f"competence.outcome_corrected:{correction.pk}",
        subject=by,
        facts=outcome_facts(correction),
        personal=outcome_personal(correction) | {"reason": correction.corrected_because},
        facets=facets_of(correction),
        corrects=_entry_of(correction.corrects),
    )


def _entry_of(outcome) -> Entry | None:
    kind = "outcome_corrected" if outcome.corrects_id else "evaluated"
    return Entry.objects.filter(key=f"competence.{kind}:{outcome.pk}").first()
