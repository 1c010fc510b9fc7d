from django.db import transaction

from evidence.actions import record
from people.holdings import facets_of, facts_of
from people.models import Person, RoleHolding
from people.refusals import Refused
from people.signals import role_changed
from people.spans import check_span


@transaction.atomic
def end_role(holding, *, until, by, at, reason) -> RoleHolding:
    """`until` is the last day. It is set once: of two who come at the same moment, the second is told so."""
    check_span(holding.since, until)
    Person.objects.select_for_update().get(pk=holding.person_id)
    stands = RoleHolding.objects.standing().filter(pk=holding.pk).exists()
    open_still = RoleHolding.objects.filter(pk=holding.pk, until=None)
    if not (stands and open_still.update(until=until, ended_because=reason)):
        raise Refused(_why_not(RoleHolding.objects.get(pk=holding.pk)))
    holding.until, holding.ended_because = until, reason
    record(
        "people.role_ended",
        by=by,
        at=at,
        key=f"people.role_ended:{holding.pk}",
        subject=holding.person,
        facts=facts_of(holding),
        personal={"reason": reason},
        facets=facets_of(holding, on=until),
    )
    role_changed.send(RoleHolding, holding=holding, by=by, at=at)
    return holding


def _why_not(holding):
    if holding.until:
        return (
            f"The role {holding.role} of {holding.person} already ends on {holding.until:%-d %B %Y}. "
            "If that day is wrong, correct it."
        )
    return "This holding has been corrected by another. Look at the one that stands."
