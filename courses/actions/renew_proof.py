from django.db import transaction
from django.utils import timezone

from competence.actions import record_proof
from competence.models import Proof
from courses.certificates import LONGEST_TITLE
from courses.renewing import standing_of


@transaction.atomic(savepoint=False)
def renew_proof(attempt, *, by, at) -> Proof | None:
    """A quiz about what changed proves what was proved before, and no longer: nothing, where that has ended meanwhile
    or was never so. It counts from the day on which they showed it, whenever that was marked."""
    on, renewed = timezone.localdate(attempt.submitted_at), standing_of(attempt.renews)
    if renewed is None or (renewed.until and renewed.until < on):
        return None
    return record_proof(
        attempt.person,
        attempt.teaches,
        basis=Proof.Basis.COURSE,
        reference=f"{attempt.course.title[:LONGEST_TITLE]}, attempt {attempt.pk}",
        editions=list(attempt.editions.without_content().select_related("page").order_by("pk")),
        on=on,
        until=renewed.until,
        by=by,
        at=at,
    )
