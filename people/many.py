"""Facts about many people at once, each with its entry in the log, in so many statements a thousand."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from evidence.actions import Telling, record_each
from people.holdings import facts_of as facts_of_holding
from people.models import DepartmentMembership, Person, ReportingLine, RoleHolding

AT_ONCE = 2000


def in_pieces(things: Sequence[Any]) -> list[Sequence[Any]]:
    return [things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE)]


def add_people(people: Sequence[Person], *, by: Any, at: Any) -> None:
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    # No primary key here: it would outlive the erasure of the pseudonym.
    tellings = [Telling(key=f"people.person_added:{secrets.token_hex(16)}", subject=person) for person in people]
    record_each("people.person_added", tellings, by=by, at=at)


def hold_roles(holdings: Sequence[RoleHolding], departments: dict[int, str], *, by: Any, at: Any) -> None:
    """`departments`: {person: the name of theirs}, to find the entries by."""
    RoleHolding.objects.bulk_create(holdings, batch_size=AT_ONCE)
    tellings = [
        Telling(
            key=f"people.role_granted:{holding.pk}",
            subject=holding.person,
            facts=facts_of_holding(holding) | {"source": holding.source, "corrects_holding": holding.corrects_id},
            facets=_facets(holding, departments),
        )
        for holding in holdings
    ]
    record_each("people.role_granted", tellings, by=by, at=at)


def end_roles(holdings: Sequence[RoleHolding], departments: dict[int, str], *, by: Any, at: Any) -> None:
    """Each has its last day set and says why."""
    RoleHolding.objects.bulk_update(holdings, ["until", "ended_because"], batch_size=AT_ONCE)
    tellings = [
        Telling(
            key=f"people.role_ended:{holding.pk}",
            subject=holding.person,
            facts=facts_of_holding(holding),
            personal={"reason": holding.ended_because},
            facets=_facets(holding, departments),
        )
        for holding in holdings
    ]
    record_each("people.role_ended", tellings, by=by, at=at)


def join_departments(memberships: Sequence[DepartmentMembership], *, by: Any, at: Any) -> None:
    DepartmentMembership.objects.bulk_create(memberships, batch_size=AT_ONCE)
    tellings = [
        Telling(
            key=f"people.department_joined:{membership.pk}",
            subject=membership.person,
            facts={
                "membership": membership.pk,
                **_span(membership),
                "source": membership.source,
                "corrects_membership": membership.corrects_id,
            },
            facets={"department": membership.department.name},
        )
        for membership in memberships
    ]
    record_each("people.department_joined", tellings, by=by, at=at)


def name_managers(lines: Sequence[ReportingLine], *, by: Any, at: Any) -> None:
    ReportingLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    tellings = [
        Telling(
            key=f"people.manager_named:{line.pk}",
            subject=line.person,
            facts={"reporting_line": line.pk, **_span(line), "source": line.source},
            personal={"manager": str(line.manager)},
        )
        for line in lines
    ]
    record_each("people.manager_named", tellings, by=by, at=at)


def end_spans(facts: Iterable[Any], until: dict[int, date]) -> None:
    """Set the last day of memberships or lines, {pk: last day}; what takes their place says so in its entry."""
    ended = [fact for fact in facts if fact.pk in until]
    for fact in ended:
        fact.until = until[fact.pk]
    if ended:
        type(ended[0]).objects.bulk_update(ended, ["until"], batch_size=AT_ONCE)


def _span(fact) -> dict[str, str | None]:
    return {"since": fact.since.isoformat(), "until": fact.until and fact.until.isoformat()}


def _facets(holding, departments) -> dict[str, str]:
    department = departments.get(holding.person_id)
    return {"role": holding.role.name} | ({"department": department} if department else {})
