"""Finding people: those who work here on a day, by words, department and role."""

from django.db.models import Prefetch, Q

from people.departments import with_those_below
from people.models import DepartmentMembership, Person, ReportingLine, RoleHolding


def working(people, *, on):
    """Those who had not left by that day; a sign-in closed by hand, without a last day, counts as gone."""
    return people.filter(Q(last_day__gte=on) | Q(last_day=None, is_active=True))


def found_by(people, words):
    for word in words.split():
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(username__icontains=word)
            | Q(employee_number__icontains=word)
        )
    return people


def in_department(people, department, *, on):
    members = DepartmentMembership.objects.on(on).filter(department__in=with_those_below(department))
    return people.filter(pk__in=members.values("person_id"))


def in_role(people, role, *, on):
    return people.filter(pk__in=RoleHolding.objects.on(on).filter(role=role).values("person_id"))


def with_places(people, *, on):
    """Each with `memberships_now`, `holdings_now` and `lines_now`: lists, read in three queries for all."""
    return people.prefetch_related(
        Prefetch(
            "memberships", DepartmentMembership.objects.on(on).select_related("department"), to_attr="memberships_now"
        ),
        Prefetch("holdings", RoleHolding.objects.on(on).select_related("role"), to_attr="holdings_now"),
        Prefetch("reporting_lines", ReportingLine.objects.on(on).select_related("manager"), to_attr="lines_now"),
    )


def reports_of(manager, *, on):
    return Person.objects.filter(pk__in=ReportingLine.objects.on(on).filter(manager=manager).values("person_id"))


def departments_of(person) -> str:
    """In words; of one found `with_places`."""
    return ", ".join(membership.department.name for membership in person.memberships_now)


def roles_of(person) -> str:
    """In words; of one found `with_places`."""
    return ", ".join(holding.role.name for holding in person.holdings_now)
