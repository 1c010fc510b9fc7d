from django.db import transaction

from competence.models import Competence, Equivalence
from competence.signals import competence_changed
from evidence.actions import record
from people.refusals import Refused
from people.spans import check_span, in_words, touching


@transaction.atomic
def count_as(proven, competence, *, since, until=None, because, by, at) -> Equivalence:
    """Whoever has shown `proven` has shown `competence` with it. It does not hold the other way round."""
    check_span(since, until)
    if proven == competence:
        raise Refused(f"{competence} counts as itself already. Choose another competence.")
    if competence.is_awareness is not proven.is_awareness and proven.is_awareness:
        raise Refused(f"{proven} is awareness, which is acknowledged, and cannot count as the competence {competence}.")
    Competence.objects.select_for_update().get(pk=competence.pk)
    same = Equivalence.objects.standing().filter(competence=competence, proven=proven)
    if clash := touching(same, since, until).first():
        raise Refused(f"{proven} counts as {competence} {in_words(clash)} already.")
    equivalence = Equivalence.objects.create(
        competence=competence, proven=proven, since=since, until=until, because=because, recorded_by=by
    )
    record(
        "competence.counted_as",
        by=by,
        at=at,
        key=f"competence.counted_as:{equivalence.pk}",
        facts={
            "equivalence": equivalence.pk,
            "proven": proven.name,
            "since": since.isoformat(),
            "until": until and until.isoformat(),
        },
        personal={"because": because},
        facets={"competence": competence.name},
    )
    competence_changed.send(Equivalence, fact=equivalence, people=None, by=by, at=at)
    return equivalence
