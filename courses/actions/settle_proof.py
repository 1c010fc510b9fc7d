from django.db import transaction
from django.db.models import Q

from competence.actions import correct_proof
from competence.models import Proof
from courses.actions.complete_course import complete_course
from courses.actions.renew_proof import renew_proof
from courses.models import Attempt, Certificate, Regrade


@transaction.atomic(savepoint=False)
def settle_proof(attempt: Attempt, regrade: Regrade, *, passed, by, at) -> None:
    """What an attempt proves once it was regraded: what it proved before, or nothing any more, or for the first time.

    What a proof changes is assigned anew in this transaction, for it announces itself (courses/receivers.py).
    """
    proofs = _proofs_of(attempt)
    for proof in proofs:
        if proof.void is passed:
            said = {"since": proof.since, "until": proof.until, "reason": regrade.reason}
            correct_proof(proof, **said, void=not passed, by=by, at=at)
    if passed and attempt.renews and not proofs:
        renew_proof(attempt, by=by, at=at)
    elif not (passed and proofs):
        # With it, or with another attempt that was needed for nothing before.
        complete_course(attempt.course, attempt.person, by=by, at=at)


def _proofs_of(attempt) -> list[Proof]:
    """As they were corrected since: by its certificate, or by its number where it was a quiz about what changed."""
    certified = Certificate.objects.filter(attempt=attempt).values("proof__reference")
    theirs = Proof.objects.filter(
        person=attempt.person_id, competence=attempt.teaches_id, basis=Proof.Basis.COURSE, corrected_by=None
    )
    return list(theirs.filter(Q(reference__in=certified) | Q(reference__endswith=f", attempt {attempt.pk}")))
