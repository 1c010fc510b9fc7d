"""Dated titles or departments as another system has them."""

from abc import ABC, abstractmethod
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from people.actions.add_department import add_department
from people.actions.add_role import add_role
from people.actions.import_rows import BECAUSE
from people.comparing import HR, missing
from people.importing.histories import HistoryPlan, Rewrite, Span, plan_history
from people.importing.reading import Problem, Row, Table
from people.importing.telling import Examples
from people.many import end_roles, end_spans, hold_roles, in_pieces, join_departments
from people.models import Department, DepartmentMembership, JobRole, Person, RoleHolding


def write_histories(table: Table, outcome, *, on, by, at, is_strict, dry_run, progress) -> list[int]:
    """The ids of those about whom anything was written."""
    numbers = dict(Person.objects.exclude(employee_number="").values_list("pk", "employee_number"))
    said, problems = _said(table, {number: pk for pk, number in numbers.items()})
    outcome.begin(problems)
    if problems and is_strict:
        return []
    kind = HISTORY_OF[table.kind]
    if dry_run:
        kind.tell_new(outcome.examples, {span.name for spans in said.values() for _, span in spans})
    concerned: list[int] = []
    for some in in_pieces(sorted(said)):
        history = kind({pk: said[pk] for pk in some}, by=by, at=at)
        plans = history.plans()
        outcome.count_plans(plans.values())
        if dry_run:
            outcome.examples.tell_plans(plans, numbers)
        else:
            concerned += history.written(plans)
            progress(outcome.rows, sum(map(len, said.values())))
    return concerned


def _said(table: Table, people: dict[str, int]) -> tuple[dict[int, list[tuple[int, Span]]], list[Problem]]:
    """{person: [(line, span), …]}, and what is wrong with the other rows; `people` by employee number."""
    said = defaultdict(list)
    problems = []
    for row in table.rows():
        if wrong := row.problems or _wrong(row, people, table):
            problems += wrong
        else:
            span = Span(row.values[table.kind], row.values["from"], row.values.get("until"))
            said[people[row.values["employee_number"]]].append((row.line, span))
    return said, problems


def _wrong(row: Row, people: dict[str, int], table: Table) -> list[Problem]:
    number, since, until = row.values["employee_number"], row.values["from"], row.values.get("until")
    if number not in people:
        reason = "Nobody here has this employee number. Import the people first."
        return [Problem(row.line, table.columns["employee_number"], number, reason)]
    if until and until < since:
        reason = f"It ends before it begins ({since})."
        return [Problem(row.line, table.columns["until"], str(until), reason)]
    return []


class History(ABC):
    """`said`: {person: [(line, span), …]}."""

    def __init__(self, said, *, by, at):
        self.said, self.told = said, {"by": by, "at": at}
        self.facts = {fact.pk: fact for fact in self._standing().filter(source=HR, person__in=list(said))}

    def plans(self) -> dict[int, HistoryPlan]:
        here = defaultdict(list)
        for fact in self.facts.values():
            here[fact.person_id].append(Span(self._name(fact), fact.since, fact.until, fact.pk))
        return {person: plan_history(lines, here[person]) for person, lines in self.said.items()}

    def written(self, plans) -> list[int]:
        """The ids of those about whom anything was."""
        plans = {person: plan for person, plan in plans.items() if plan.rewrites or plan.void}
        people = Person.objects.select_for_update(no_key=True).order_by("pk").in_bulk(plans)
        self._name_all({rewrite.span.name for plan in plans.values() for rewrite in plan.rewrites.values()})
        ended, new = [], []
        for person, plan in plans.items():
            for rewrite in plan.rewrites.values():
                if rewrite.only_ends:
                    fact = self.facts[rewrite.instead_of.id]
                    fact.until = rewrite.span.until
                    ended.append(fact)
                else:
                    new.append(self._fact(people[person], rewrite))
            new += [self._void(people[person], self.facts[span.id]) for span in plan.void]
        self._end(ended)
        self._begin(new)
        return list(plans)

    @abstractmethod
    def _standing(self) -> QuerySet: ...

    @abstractmethod
    def _name(self, fact) -> str: ...

    @abstractmethod
    def _name_all(self, names: set[str]) -> None:
        """Find the titles or departments of these names; those that are not here are added."""

    @staticmethod
    @abstractmethod
    def tell_new(examples: Examples, names: set[str]) -> None: ...

    @abstractmethod
    def _fact(self, person, rewrite: Rewrite) -> Any: ...

    @abstractmethod
    def _void(self, person, old) -> Any: ...

    @abstractmethod
    def _end(self, facts) -> None: ...

    @abstractmethod
    def _begin(self, facts) -> None: ...

    def _about(self, person, rewrite: Rewrite):
        old = rewrite.instead_of and self.facts[rewrite.instead_of.id]
        return {
            "person": person,
            "since": rewrite.span.since,
            "until": rewrite.span.until,
            "corrects": old,
            "source": HR,
            "recorded_by": self.told["by"],
        }

    def _void_of(self, person, old):
        return {
            "person": person,
            "since": old.since,
            "until": old.until,
            "corrects": old,
            "void": True,
            "source": HR,
            "recorded_by": self.told["by"],
        }


class Titles(History):
    def _standing(self):
        return RoleHolding.objects.standing().select_related("role", "person")

    def _name(self, fact):
        return fact.role.name

    def _name_all(self, names):
        self.roles = {role.name: role for role in JobRole.objects.all()}
        for name in sorted(names - self.roles.keys()):
            self.roles[name] = add_role(name, **self.told)

    @staticmethod
    def tell_new(examples, names):
        examples.roles = missing(JobRole, names)

    def _fact(self, person, rewrite):
        because = BECAUSE if rewrite.instead_of else ""
        role = self.roles[rewrite.span.name]
        return RoleHolding(**self._about(person, rewrite), role=role, corrected_because=because)

    def _void(self, person, old):
        return RoleHolding(**self._void_of(person, old), role=old.role, corrected_because=BECAUSE)

    def _end(self, holdings):
        for holding in holdings:
            holding.ended_because = BECAUSE
        end_roles(holdings, {}, **self.told)

    def _begin(self, holdings):
        hold_roles(holdings, {}, **self.told)


class Departments(History):
    def _standing(self):
        return DepartmentMembership.objects.standing().select_related("department", "person")

    def _name(self, fact):
        return fact.department.name

    def _name_all(self, names):
        self.departments = {department.name: department for department in Department.objects.all()}
        for name in sorted(names - self.departments.keys()):
            self.departments[name] = add_department(name, **self.told)

    @staticmethod
    def tell_new(examples, names):
        examples.departments = missing(Department, names)

    def _fact(self, person, rewrite):
        return DepartmentMembership(**self._about(person, rewrite), department=self.departments[rewrite.span.name])

    def _void(self, person, old):
        return DepartmentMembership(**self._void_of(person, old), department=old.department)

    def _end(self, memberships):
        end_spans(memberships, {membership.pk: membership.until for membership in memberships})

    def _begin(self, memberships):
        join_departments(memberships, **self.told)


HISTORY_OF = {"job_title": Titles, "department": Departments}
