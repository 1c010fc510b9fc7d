from datetime import date, timedelta

from django.db import transaction

from competence.actions.correct_proof import correct_proof
from competence.models import Competence, Proof, Validity
from competence.renewal import Earned, inputs, last_day
from competence.validities import check, facts_of
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def set_validity(competence, *, since, because, issued_too=False, by, at, **rule) -> Validity:
    """From `since` on, a proof of it holds for another time. `rule` are the fields of a Validity.

    `issued_too`: proofs that hold then are counted anew under it, each by a correction that says why. Otherwise they
    hold as long as they were given.
    """
    Competence.objects.select_for_update().get(pk=competence.pk)
    standing = competence.validities.standing()
    if later := standing.filter(since__gte=since).first():
        raise Refused(f"A rule from {later.since:%-d %B %Y} stands already. Choose a later day.")
    standing.filter(until=None).update(until=since - timedelta(days=1))
    validity = Validity(competence=competence, since=since, because=because, recorded_by=by, **rule)
    check(validity)
    validity.save()
    record(
        "competence.validity_set",
        by=by,
        at=at,
        key=f"competence.validity_set:{validity.pk}",
        facts={"competence_id": competence.pk, "issued_too": issued_too, **facts_of(validity)},
        personal={"because": because},
        facets={"competence": competence.name},
    )
    if issued_too:
        for proof in issued(competence, on=since):
            until, counted = counted_anew(proof, validity)
            correct_proof(proof, since=proof.since, until=until, counted_from=counted, reason=because, by=by, at=at)
    return validity


def issued(competence, *, on: date):
    """The proofs whose end followed from a rule and that have not ended."""
    proofs = Proof.objects.on(on).filter(competence=competence).exclude(counted_from={})
    return proofs.select_related("person", "competence").order_by("pk")


def counted_anew(proof: Proof, validity: Validity) -> tuple[date | None, dict]:
    """The end of an issued proof under another rule, and what it is counted from. It ends no sooner than it began."""
    told = {name: proof.counted_from.get(name) for name in ("asked_by", "first", "last_until")}
    earned = Earned(proof.since, **{name: day and date.fromisoformat(day) for name, day in told.items()})
    return last_day(validity.rule, earned), inputs(validity.rule, earned)
