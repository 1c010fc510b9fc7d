"""Small scenes, set up by the same actions that people call."""

from datetime import UTC, date, datetime
from itertools import count

from people.actions import add_department, add_person, add_role, grant_role, join_department, join_group, report_to
from people.models import Department, JobRole, Person, RoleHolding

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOON.date()

_numbers = count(1)


def hire(first="Ada", last="Byron", *, role=None, department=None, groups=(), manager=None, since=TODAY, password=None):
    """Someone who works here from `since`. Role and department are names, made where there is none."""
    username = f"{first}.{last}.{next(_numbers)}".lower()
    person = add_person(
        username,
        first_name=first,
        last_name=last,
        email=f"{username}@example.org",
        password=password,
        by=None,
        at=NOON,
    )
    if department:
        join_department(person, department_named(department), since=since, by=None, at=NOON)
    if manager:
        report_to(person, manager, since=since, by=None, at=NOON)
    if role:
        hold(person, role, since=since)
    for group in groups:
        join_group(person, group, by=None, at=NOON)
    return person


def hold(person: Person, role: str, *, since: date = TODAY, until: date | None = None) -> RoleHolding:
    return grant_role(person, role_named(role), since=since, until=until, by=None, at=NOON)


def role_named(name: str) -> JobRole:
    return JobRole.objects.filter(name=name).first() or add_role(name, by=None, at=NOON)


def department_named(name: str) -> Department:
    return Department.objects.filter(name=name).first() or add_department(name, by=None, at=NOON)
