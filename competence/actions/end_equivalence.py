from django.db import transaction

from competence.models import Equivalence
from competence.signals import competence_changed
from evidence.actions import record
from people.refusals import Refused
from people.spans import check_span


@transaction.atomic
def end_equivalence(equivalence, *, until, reason, by, at) -> Equivalence:
    check_span(equivalence.since, until)
    if not Equivalence.objects.standing().filter(pk=equivalence.pk, until=None).update(until=until):
        raise Refused(f"{equivalence}: its last day is set already, and is set only once.")
    equivalence.until = until
    record(
        "competence.counted_as_ended",
        by=by,
        at=at,
        key=f"competence.counted_as_ended:{equivalence.pk}",
        facts={"equivalence": equivalence.pk, "proven": equivalence.proven.name, "until": until.isoformat()},
        personal={"reason": reason},
        facets={"competence": equivalence.competence.name},
    )
    competence_changed.send(Equivalence, fact=equivalence, people=None, by=by, at=at)
    return equivalence
