from django.db import transaction
from django.utils import timezone

from competence.actions.record_proof import record_proof
from competence.models import Proof
from people.refusals import Refused


@transaction.atomic
def acknowledge_awareness(competence, *, by, at) -> Proof:
    """That someone says themselves that they are aware of it (ISO 9001 7.3). Once a day, however often it is said."""
    if not competence.description.strip():
        raise Refused(f"{competence} does not say yet of what one is to be aware. Ask HR to describe it.")
    on = timezone.localdate(at)
    reference = f"acknowledged on {on:%-d %B %Y}"
    basis = Proof.Basis.ACKNOWLEDGED
    return record_proof(by, competence, basis=basis, reference=reference, on=on, by=by, at=at)
