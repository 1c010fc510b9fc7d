from django.db import transaction

from evidence.actions import record
from evidence.models import Entry
from people.holdings import check_free, facets_of, facts_of
from people.models import Person, RoleHolding
from people.refusals import Refused
from people.signals import role_changed
from people.spans import check_span


@transaction.atomic
def correct_role_holding(holding, *, since, until, reason, by, at, role=None, void=False) -> RoleHolding:
    """Write down how it really was: a new fact that names the one it corrects, which then counts on no day.

    `void` says that it never was. The first fact stays readable, with its dates.
    """
    check_span(since, until)
    Person.objects.select_for_update().get(pk=holding.person_id)
    if not RoleHolding.objects.standing().filter(pk=holding.pk).exists():
        raise Refused("This holding has already been corrected. Correct the one that stands.")
    role = role or holding.role
    if not void:
        check_free(holding.person, role, since, until, besides=holding)
    correction = RoleHolding.objects.create(
        person=holding.person,
        role=role,
        since=since,
        until=until,
        corrects=holding,
        corrected_because=reason,
        void=void,
        recorded_by=by,
    )
    record(
        "people.role_corrected",
        by=by,
        at=at,
        key=f"people.role_corrected:{correction.pk}",
        subject=holding.person,
        facts=facts_of(correction) | {"corrects_holding": holding.pk, "void": void},
        personal={"reason": reason},
        facets=facets_of(correction, on=since),
        corrects=_entry_of(holding),
    )
    role_changed.send(RoleHolding, holding=correction, by=by, at=at)
    return correction


def _entry_of(holding) -> Entry | None:
    kind = "people.role_corrected" if holding.corrects_id else "people.role_granted"
    return Entry.objects.filter(key=f"{kind}:{holding.pk}").first()
