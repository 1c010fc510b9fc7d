"""A house as large as is asked for: people, roles, competences and two years of facts, written into the tables.

Everything follows from the numbers given and a fixed seed. Nothing of it is in the log: what is measured comes after.
"""

import random
from datetime import date, timedelta

from django.db import transaction
from wagtail.models import Page

from competence.models import Competence, Proof, Requirement, Validity
from courses.models import Course
from people.models import Department, DepartmentMembership, JobRole, Person, ReportingLine, RoleHolding

ROLES, COMPETENCES, DEPARTMENTS = 100, 300, 40
ASKED_BY_A_ROLE = 10
YEARS = 2
AT_ONCE = 2000


@transaction.atomic
def build(people: int, *, today: date) -> None:
    chance = random.Random(20260302)  # noqa: S311 the same house each time
    opening = today - timedelta(days=365 * YEARS)
    roles = JobRole.objects.bulk_create(JobRole(name=f"Role {number:03}") for number in range(ROLES))
    departments = Department.objects.bulk_create(Department(name=f"Unit {number:02}") for number in range(DEPARTMENTS))
    competences = _competences(opening)
    asked = _requirements(roles, competences, opening, chance)
    _courses(competences)
    _people(people, roles, departments, opening, today, chance)
    _proofs(asked, competences, opening, today, chance)


def _competences(opening):
    competences = Competence.objects.bulk_create(
        Competence(name=f"Competence {number:03}") for number in range(COMPETENCES)
    )
    Validity.objects.bulk_create(
        Validity(
            competence=one, since=opening, mode="completion" if place % 3 else "none", months=12 if place % 3 else None
        )
        for place, one in enumerate(competences)
    )
    return competences


def _requirements(roles, competences, opening, chance):
    asked = {role.pk: chance.sample(competences, ASKED_BY_A_ROLE) for role in roles}
    Requirement.objects.bulk_create(
        Requirement(role_id=role, competence=competence, since=opening, due_days=30)
        for role, some in asked.items()
        for competence in some
    )
    return asked


def _courses(competences):
    section = Page.objects.get(slug="courses")
    for number, competence in enumerate(competences):
        section.add_child(instance=Course(title=f"Course {number:03}", slug=f"course-{number:03}", teaches=competence))


def _people(count, roles, departments, opening, today, chance):
    people = Person.objects.bulk_create(
        (
            Person(
                username=f"p{number:06}",
                first_name=f"First {number}",
                last_name=f"Last {number:06}",
                employee_number=f"{number:06}",
                email=f"p{number:06}@example.org",
                is_superuser=number == 0,
            )
            for number in range(count)
        ),
        batch_size=AT_ONCE,
    )
    days = (today - opening).days
    holdings, memberships, lines = [], [], []
    for number, person in enumerate(people):
        moved = opening + timedelta(days=chance.randrange(1, days)) if chance.random() < 0.3 else None
        first = chance.choice(roles)
        holdings.append(
            RoleHolding(person=person, role=first, since=opening, until=moved and moved - timedelta(days=1))
        )
        if moved:
            other = chance.choice([role for role in roles if role != first])
            holdings.append(RoleHolding(person=person, role=other, since=moved))
        memberships.append(DepartmentMembership(person=person, department=chance.choice(departments), since=opening))
        if number >= 10:
            lines.append(ReportingLine(person=person, manager=people[number // 10], since=opening))
    for model, rows in ((RoleHolding, holdings), (DepartmentMembership, memberships), (ReportingLine, lines)):
        model.objects.bulk_create(rows, batch_size=AT_ONCE)


def _proofs(asked, competences, opening, today, chance):
    """Nine of ten showed what their role asks for in the first month, and again each year; some let it lapse."""
    months = {one.pk: 12 if place % 3 else None for place, one in enumerate(competences)}
    rows = []
    for person, role, since, until in RoleHolding.objects.values_list("person_id", "role_id", "since", "until"):
        for competence in asked[role]:
            shown = since + timedelta(days=chance.randrange(30))
            while shown <= min(today, until or today) and chance.random() < 0.95:
                last = shown + timedelta(days=364) if months[competence.pk] else None
                rows.append(
                    Proof(
                        person_id=person,
                        competence=competence,
                        basis="course",
                        reference=f"course {competence.pk}, {shown}",
                        since=shown,
                        until=last,
                        renewal_window_days=30,
                    )
                )
                if last is None:
                    break
                shown = last - timedelta(days=chance.randrange(20))
    unique = {(row.person_id, row.competence_id, row.reference): row for row in rows}
    Proof.objects.bulk_create(unique.values(), batch_size=AT_ONCE)
