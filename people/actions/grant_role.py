from django.db import transaction

from evidence.actions import record
from people.holdings import check_free, facets_of, facts_of
from people.models import Person, RoleHolding
from people.refusals import Refused
from people.signals import role_changed
from people.spans import check_span


@transaction.atomic
def grant_role(person, role, *, since, by, at, until=None) -> RoleHolding:
    check_span(since, until)
    last_day = Person.objects.select_for_update().get(pk=person.pk).last_day
    if last_day:
        raise Refused(f"{person} left on {last_day:%-d %B %Y} and can be given no role.")
    check_free(person, role, since, until)
    holding = RoleHolding.objects.create(person=person, role=role, since=since, until=until, recorded_by=by)
    record(
        "people.role_granted",
        by=by,
        at=at,
        key=f"people.role_granted:{holding.pk}",
        subject=person,
        facts=facts_of(holding),
        facets=facets_of(holding, on=since),
    )
    role_changed.send(RoleHolding, holding=holding, by=by, at=at)
    return holding
