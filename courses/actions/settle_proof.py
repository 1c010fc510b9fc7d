from django.db import transaction
from django.db.models import Q

from competence.actions import correct_proof
from competence.models import Proof
from courses.actions.complete_course import complete_course
from courses.actions.renew_proof import renew_proof
from courses.models import Attempt, Certificate
from courses.renewing import standing_of

# Why in so many words, the result says: not to whoever is asked the question again at that moment.
REASON = "The quiz that it rests on was regraded."


@transaction.atomic(savepoint=False)
def settle_proof(attempt: Attempt, *, passed, by, at) -> None:
    """What an attempt proves once it was regraded: what it proved before, or nothing any more, or for the first time.

    What a proof changes is assigned anew in this transaction, for it announces itself (courses/receivers.py).
    """
    proves = passed and (attempt.renews is None or standing_of(attempt.renews) is not None)
    proofs = _proofs_of(attempt)
    for proof in proofs:
        if proof.void is proves:
            said = {"since": proof.since, "until": proof.until, "reason": REASON}
            correct_proof(proof, **said, void=not proves, by=by, at=at)
    if proves and attempt.renews and not proofs:
        renew_proof(attempt, by=by, at=at)
    elif not (proves and proofs):
        # With it, or with another attempt that was needed for nothing before.
        complete_course(attempt.course, attempt.person, by=by, at=at)
    for later in _renewing(attempt, proofs):
        settle_proof(later, passed=later.in_force.passed, by=by, at=at)


def _proofs_of(attempt) -> list[Proof]:
    """As they were corrected since: by its certificate, or by its number where it was a quiz about what changed."""
    certified = Certificate.objects.filter(attempt=attempt).values("proof__reference")
    theirs = Proof.objects.filter(
        person=attempt.person_id, competence=attempt.teaches_id, basis=Proof.Basis.COURSE, corrected_by=None
    )
    return list(theirs.filter(Q(reference__in=certified) | Q(reference__endswith=f", attempt {attempt.pk}")))


def _renewing(attempt: Attempt, proofs: list[Proof]) -> list[Attempt]:
    """Quizzes about what changed since: what they proved stands and falls with what they renew."""
    references = {proof.reference for proof in proofs}
    of_it = Attempt.objects.filter(
        person=attempt.person_id, teaches=attempt.teaches_id, renews__reference__in=references
    )
    return list(of_it.graded().select_related("course", "person", "teaches").with_results().order_by("pk"))
