"""Dated titles or departments as another system has them."""

from abc import ABC, abstractmethod
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from people.actions.add_department import add_department
from people.actions.add_role import add_role
from people.actions.import_rows import BECAUSE, HR, in_pieces, missing
from people.importing.histories import HistoryPlan, Rewrite, Span, plan_history
from people.importing.reading import Problem, Table
from people.importing.telling import Examples, of_plans
from people.many import end_roles, end_spans, hold_roles, join_departments
from people.models import Department, DepartmentMembership, JobRole, Person, RoleHolding


def write_histories(table: Table, outcome, *, on, by, at, is_strict, dry_run, progress) -> list[int]:
    """The ids of those about whom anything was written."""
    people = _people(table)
    outcome.problems += _problems(table, people)
    bad = {problem.line for problem in outcome.problems}
    if bad and is_strict:
        return []
    said = defaultdict(list)
    for row in table.rows:
        if row.line not in bad:
            span = Span(row.values[table.kind], row.values["from"], row.values.get("until"))
            said[people[row.values["employee_number"]].pk].append((row.line, span))
    history = HISTORY_OF[table.kind](said, by=by, at=at)
    plans = history.plans()
    for plan in plans.values():
        outcome.unchanged += len(plan.unchanged)
        changed = sum(bool(rewrite.instead_of) for rewrite in plan.rewrites.values())
        outcome.changed += changed
        outcome.created += len(plan.rewrites) - changed
    if dry_run:
        outcome.examples = of_plans(plans, {person.pk: person.employee_number for person in people.values()})
        history.tell_new(outcome.examples, {span.name for lines in said.values() for _, span in lines})
        return []
    plans = {person: plan for person, plan in plans.items() if plan.rewrites or plan.void}
    if not plans:
        return []
    history.write(plans, {person.pk: person for person in people.values()})
    progress(len(table.rows), len(table.rows))
    return sorted(plans)


def _people(table: Table) -> dict[str, Person]:
    found = {}
    for some in in_pieces(sorted({row.values["employee_number"] for row in table.rows})):
        people = Person.objects.select_for_update(no_key=True).filter(employee_number__in=some).order_by("pk")
        found.update({person.employee_number: person for person in people})
    return found


def _problems(table: Table, people) -> list[Problem]:
    problems = []
    for row in table.rows:
        number, since, until = row.values["employee_number"], row.values["from"], row.values.get("until")
        if number not in people:
            reason = "Nobody here has this employee number. Import the people first."
            problems.append(Problem(row.line, table.columns["employee_number"], number, reason))
        elif until and until < since:
            reason = f"It ends before it begins ({since})."
            problems.append(Problem(row.line, table.columns["until"], str(until), reason))
    return problems


class History(ABC):
    """`said`: {person: [(line, span), …]}."""

    def __init__(self, said, *, by, at):
        self.said, self.told = said, {"by": by, "at": at}
        self.facts = self._facts()

    def plans(self) -> dict[int, HistoryPlan]:
        here = defaultdict(list)
        for fact in self.facts.values():
            here[fact.person_id].append(Span(self._name(fact), fact.since, fact.until, fact.pk))
        return {person: plan_history(lines, here[person]) for person, lines in self.said.items()}

    def write(self, plans, people):
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

    @abstractmethod
    def _standing(self) -> QuerySet: ...

    @abstractmethod
    def _name(self, fact) -> str: ...

    @abstractmethod
    def _name_all(self, names: set[str]) -> None:
        """Find the titles or departments of these names; those that are not here are added."""

    @abstractmethod
    def tell_new(self, examples: Examples, names: set[str]) -> None: ...

    @abstractmethod
    def _fact(self, person, rewrite: Rewrite) -> Any: ...

    @abstractmethod
    def _void(self, person, old) -> Any: ...

    @abstractmethod
    def _end(self, facts) -> None: ...

    @abstractmethod
    def _begin(self, facts) -> None: ...

    def _facts(self) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for some in in_pieces(sorted(self.said)):
            found.update({fact.pk: fact for fact in self._standing().filter(source=HR, person__in=some)})
        return found

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

    def tell_new(self, examples, names):
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

    def tell_new(self, examples, names):
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
