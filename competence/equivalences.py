from competence.models import Equivalence


def counting_for(competence_id: int, *, on) -> set[int]:
    """The ids of the competences that a proof of this one counts for on that day: itself, and its equivalents."""
    others = Equivalence.objects.on(on).filter(proven=competence_id).values_list("competence_id", flat=True)
    return {competence_id, *others}
