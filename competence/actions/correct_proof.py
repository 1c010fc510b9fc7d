from django.db import transaction

from competence.models import Proof
from competence.signals import competence_changed
from evidence.actions import record
from evidence.models import Entry
from people.models import Person
from people.refusals import Refused
from people.spans import check_span

KEPT = ["person", "competence", "basis", "level", "reference", "issuer", "file", "assessor", "because"]


@transaction.atomic
def correct_proof(proof, *, since, until, reason, by, at, void=False, counted_from=None) -> Proof:
    """Write down how it really was: a new fact that names the one it corrects. `void`: never shown, or revoked; a proof
    that was void counts again where its correction is not.

    The first fact stays readable, with its dates and the texts that it rests on.
    """
    check_span(since, until)
    Person.objects.select_for_update(no_key=True).get(pk=proof.person_id)
    if not Proof.objects.filter(pk=proof.pk, corrected_by=None).exists():
        raise Refused("This proof has already been corrected. Correct the one that stands.")
    correction = Proof.objects.create(
        **{name: getattr(proof, name) for name in KEPT},
        since=since,
        until=until,
        counted_from=counted_from or {},
        renewal_window_days=proof.renewal_window_days,
        corrects=proof,
        corrected_because=reason,
        void=void,
        recorded_by=by,
    )
    correction.editions.set(proof.editions.all())
    record(
        "competence.proof_corrected",
        by=by,
        at=at,
        key=f"competence.proof_corrected:{correction.pk}",
        subject=proof.person,
        facts={
            "proof": correction.pk,
            "corrects_proof": proof.pk,
            "since": since.isoformat(),
            "until": until and until.isoformat(),
            "void": void,
        },
        personal={"reason": reason},
        facets={"competence": proof.competence.name},
        corrects=_entry_of(proof),
    )
    competence_changed.send(Proof, fact=correction, people=[proof.person_id], by=by, at=at)
    return correction


def _entry_of(proof) -> Entry | None:
    kind = "competence.proof_corrected" if proof.corrects_id else "competence.proof_recorded"
    return Entry.objects.filter(key=f"{kind}:{proof.pk}").first()
