from django.db import transaction

from competence.models import Proof
from competence.renewal import last_day_of
from competence.signals import competence_changed
from evidence.actions import record
from knowledge.facets import facts_of
from people.holdings import department_of, roles_of
from people.models import Person


@transaction.atomic
def record_proof(person, competence, *, basis, reference, editions, on, by, at) -> Proof:
    """Idempotent: one proof for one reference. `editions` are the exact texts that it rests on."""
    Person.objects.select_for_update().get(pk=person.pk)
    told = {"person": person, "competence": competence, "basis": basis, "reference": reference}
    proof = Proof.objects.filter(**told, corrects=None).first()
    if proof:
        return proof
    proof = Proof.objects.create(
        **told,
        since=on,
        until=last_day_of(on, competence.validity_months),
        validity_months=competence.validity_months,
        renewal_window_days=competence.renewal_window_days,
        recorded_by=by,
    )
    proof.editions.set(editions)
    record(
        "competence.proof_recorded",
        by=by,
        at=at,
        key=f"competence.proof_recorded:{proof.pk}",
        subject=person,
        facts=_facts_of(proof, editions),
        # Free text: the number of a certificate, or the name of who gave it.
        personal={"reference": reference},
        facets=_facets_of(proof),
    )
    competence_changed.send(Proof, fact=proof, people=[person.pk], by=by, at=at)
    return proof


def _facts_of(proof, editions):
    return {
        "proof": proof.pk,
        "basis": proof.basis,
        "since": proof.since.isoformat(),
        "until": proof.until and proof.until.isoformat(),
        "validity_months": proof.validity_months,
        "renewal_window_days": proof.renewal_window_days,
        "editions": [facts_of(edition) for edition in sorted(editions, key=lambda edition: edition.pk)],
    }


def _facets_of(proof):
    department = department_of(proof.person_id, on=proof.since)
    facets = {"competence": proof.competence.name, "role": roles_of(proof.person_id, on=proof.since)}
    return facets | ({"department": department.name} if department else {})
