"""Editions that asked for no training, as they stand beside what someone has shown: derived, with no row for each
person who learned the text before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from competence.explaining import explain_no_training
from competence.models import Proof
from knowledge.models import Edition, KnowledgePage, TrainingImpact
from knowledge.permissions import visible_to


def no_training(proofs: Iterable[int], reader, *, on: date) -> dict[int, list[str]]:
    """By proof (ids), a sentence for each such edition that came while it held, of pages that `reader` may see. Two
    queries."""
    learned = list(
        Proof.editions.through.objects.filter(proof__in=list(proofs)).values_list(
            "proof_id", "proof__until", "edition__page_id", "edition__number"
        )
    )
    later = defaultdict(list)
    for edition in _without_training({page for *_, page, _ in learned}, reader, on):
        later[edition.page_id].append(edition)
    found: dict[int, list[str]] = defaultdict(list)
    for proof, until, page, number in learned:
        last = min(until or on, on)
        told = [one for one in later[page] if one.number > number and one.effective <= last]
        found[proof] += [explain_no_training(one.number, one.title, one.effective, one.impact_reason) for one in told]
    return found


def _without_training(pages, reader, on):
    editions = Edition.objects.without_content().filter(page__in=visible_to(KnowledgePage.objects.all(), reader))
    none = editions.filter(page__in=pages, training_impact=TrainingImpact.NONE, number__gt=1, effective__lte=on)
    return none.order_by("page", "number")
