"""Who learned which text."""

from competence.models import Proof
from knowledge.models import Edition


def learned_older(edition: Edition) -> list[int]:
    """The ids of those who have a proof that rests on an older edition of this page."""
    older = Edition.objects.filter(page=edition.page_id, number__lt=edition.number)
    proofs = Proof.objects.standing().filter(editions__in=older)
    return sorted(set(proofs.values_list("person_id", flat=True)))
