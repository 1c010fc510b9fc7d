from collections.abc import Iterable

from competence.models import Equivalence


def counting_for(competences: Iterable[int], *, on) -> set[int]:
    """The ids of the competences that a proof of one of these counts for on that day: themselves, and equivalents."""
    proven = set(competences)
    others = Equivalence.objects.on(on).filter(proven__in=proven).values_list("competence_id", flat=True)
    return proven | set(others)
