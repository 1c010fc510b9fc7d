"""People as another system has them today."""

import secrets
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from evidence.actions import Telling, record_each
from people.actions.add_department import add_department
from people.actions.add_role import add_role
from people.actions.withdraw_person import withdraw_person
from people.comparing import HR, Rows, missing
from people.importing.planning import NAMES, Step
from people.importing.reading import Table
from people.many import (
    AT_ONCE,
    add_people,
    end_roles,
    end_spans,
    hold_roles,
    in_pieces,
    join_departments,
    name_managers,
)
from people.models import Department, DepartmentMembership, JobRole, Person, ReportingLine, RoleHolding

DAY = timedelta(days=1)
BECAUSE = "HR’s own records say so."


def write_rows(table: Table, outcome, *, on, by, at, is_strict, dry_run, progress) -> list[int]:
    """The ids of those about whom anything was written."""
    rows = Rows(table, on)
    _check(rows, outcome, is_strict=is_strict)
    if dry_run or outcome.rows == outcome.unchanged:
        return []
    writing = Writing(rows, on=on, by=by, at=at)
    stages = [writing.add_new, writing.write_facts]
    done = 0
    for stage in stages:
        for plan in rows.plans():
            stage([step for step in plan.steps if not step.is_empty])
            done += len(plan.steps)
            progress(done // len(stages), outcome.rows)
    writing.withdraw_leavers()
    return sorted(writing.concerned)


def _check(rows: Rows, outcome, *, is_strict) -> None:
    """Count what is to be done, again while a row that is left out leaves out those who report to its person."""
    left_out = None
    while left_out != rows.numbers.left_out:
        left_out = set(rows.numbers.left_out)
        outcome.begin(rows.problems)
        departments: set[str] = set()
        roles: set[str] = set()
        for plan in rows.plans():
            outcome.problems += plan.problems
            outcome.count(plan.steps)
            outcome.examples.tell_steps(plan.steps)
            departments.update(step.department for step in plan.steps)
            roles.update(step.job_title for step in plan.steps)
            rows.numbers.left_out |= plan.left_out
        if outcome.problems and is_strict:
            outcome.begin(outcome.problems)
            return
    outcome.examples.departments, outcome.examples.roles = missing(Department, departments), missing(JobRole, roles)


class Writing:
    """The steps of a file, piece by piece: first all who are new, since anyone may report to them; last, who leaves."""

    def __init__(self, rows: Rows, *, on, by, at):
        self.rows, self.on, self.told = rows, on, {"by": by, "at": at}
        self.taken = set(Person.objects.values_list("username", flat=True))
        self.departments = {department.name: department for department in Department.objects.all()}
        self.roles = {role.name: role for role in JobRole.objects.all()}
        self.leaving: list[tuple[int, date]] = []
        self.concerned: list[int] = []

    def add_new(self, steps: list[Step]):
        nobody = make_password(None)
        new = []
        for step in steps:
            if step.known is None:
                username = _username(step.names, self.taken)
                names = {name: step.names[name] for name in NAMES.values()}
                number = step.row.values["employee_number"]
                self.rows.added.add(number)
                person = Person(username=username, employee_number=number, password=nobody, **names)
                person.date_joined = self.told["at"]
                new.append(person)
        add_people(new, **self.told)

    def write_facts(self, steps: list[Step]):
        self.steps = steps
        self._places()
        self._find()
        self._names()
        self._memberships()
        self._holdings()
        self._lines()
        self._leavers()
        self.concerned += [self._person(step).pk for step in steps]

    def withdraw_leavers(self):
        for some in in_pieces(self.leaving):
            people = Person.objects.in_bulk([pk for pk, _ in some])
            for pk, last_day in some:
                withdraw_person(people[pk], last_day=last_day, reason=BECAUSE, **self.told)

    def _person(self, step: Step) -> Person:
        return self.people[step.row.values["employee_number"]]

    def _since(self, step: Step):
        return (step.since if step.known is None else None) or self.on

    def _until(self, step: Step):
        """Of what begins with this row, for someone who is new and has left: their last day."""
        return step.left_on if step.known is None else None

    def _places(self):
        for name in sorted({step.department for step in self.steps} - self.departments.keys() - {""}):
            self.departments[name] = add_department(name, **self.told)
        for name in sorted({step.job_title for step in self.steps} - self.roles.keys() - {""}):
            self.roles[name] = add_role(name, **self.told)

    def _find(self):
        """Everyone of these steps, and their managers."""
        numbers = {step.row.values["employee_number"] for step in self.steps}
        numbers |= {step.manager_number for step in self.steps}
        found = Person.objects.select_for_update(no_key=True).filter(employee_number__in=numbers - {""}).order_by("pk")
        self.people = {person.employee_number: person for person in found}

    def _names(self):
        renamed = [step for step in self.steps if step.known and step.names]
        for step in renamed:
            for name, value in step.names.items():
                setattr(self._person(step), name, value)
        people = [self._person(step) for step in renamed]
        Person.objects.bulk_update(people, list(NAMES.values()), batch_size=AT_ONCE)
        tellings = [
            Telling(
                key=f"people.person_changed:{person.pk}:{self.told['at'].isoformat()}",
                subject=person,
                facts={"fields": sorted(step.names)},
            )
            for step, person in zip(renamed, people, strict=True)
        ]
        record_each("people.person_changed", tellings, **self.told)

    def _memberships(self):
        steps = [step for step in self.steps if step.department]
        ends = self._end_open(DepartmentMembership.objects.all(), steps)
        join_departments(
            [
                DepartmentMembership(
                    person=self._person(step),
                    department=self.departments[step.department],
                    since=self._since(step),
                    until=self._until(step),
                    corrects=ends.get(self._person(step).pk),
                    source=HR,
                    recorded_by=self.told["by"],
                )
                for step in steps
            ],
            **self.told,
        )

    def _holdings(self):
        steps = [step for step in self.steps if step.job_title]
        names = {self._person(step).pk: step.department for step in steps if step.department}
        current = self._open(RoleHolding.objects.filter(source=HR).select_related("role", "person"), steps)
        over = [holding for holding in current.values() if holding.since < self.on]
        for holding in over:
            holding.until, holding.ended_because = self.on - DAY, BECAUSE
        end_roles(over, names, **self.told)
        replaced = {person: holding for person, holding in current.items() if holding.since >= self.on}
        hold_roles(
            [
                RoleHolding(
                    person=self._person(step),
                    role=self.roles[step.job_title],
                    since=self._since(step),
                    until=self._until(step),
                    corrects=replaced.get(self._person(step).pk),
                    corrected_because=BECAUSE if self._person(step).pk in replaced else "",
                    source=HR,
                    recorded_by=self.told["by"],
                )
                for step in steps
            ],
            names,
            **self.told,
        )

    def _lines(self):
        steps = [step for step in self.steps if step.manager_number]
        ends = self._end_open(ReportingLine.objects.all(), steps)
        name_managers(
            [
                ReportingLine(
                    person=self._person(step),
                    manager=self.people[step.manager_number],
                    since=self._since(step),
                    until=self._until(step),
                    corrects=ends.get(self._person(step).pk),
                    source=HR,
                    recorded_by=self.told["by"],
                )
                for step in steps
            ],
            **self.told,
        )

    def _leavers(self):
        """Of those who are new, all that was written ends with their last day already."""
        gone = []
        for step in self.steps:
            if step.left_on and step.known is None and step.left_on < self.on:
                gone.append((step, step.left_on))
            elif step.left_on:
                self.leaving.append((self._person(step).pk, step.left_on))
        people = []
        for step, last_day in gone:
            person = self._person(step)
            person.last_day, person.is_active = last_day, False
            people.append(person)
        Person.objects.bulk_update(people, ["last_day", "is_active"], batch_size=AT_ONCE)
        tellings = [
            Telling(
                key=f"people.person_withdrawn:{secrets.token_hex(16)}",
                subject=self._person(step),
                facts={"last_day": last_day.isoformat()},
                personal={"reason": BECAUSE},
            )
            for step, last_day in gone
        ]
        record_each("people.person_withdrawn", tellings, **self.told)

    def _open(self, facts, steps):
        """{person: the fact of theirs that has no end}, of those who are not new."""
        known = [self._person(step).pk for step in steps if step.known]
        found = facts.filter(corrected_by=None, until=None, person__in=known)
        return {fact.person_id: fact for fact in found}

    def _end_open(self, facts, steps):
        """End them with the day before; give back those that began no sooner, whose place is taken instead."""
        current = self._open(facts, steps)
        end_spans(current.values(), {fact.pk: self.on - DAY for fact in current.values() if fact.since < self.on})
        return {person: fact for person, fact in current.items() if fact.since >= self.on}


def _username(names, taken: set[str]) -> str:
    wanted = names["username"] or ".".join(filter(None, (slugify(names["first_name"]), slugify(names["last_name"]))))
    wanted = (wanted or "person")[:140]
    number, username = 1, wanted
    while username in taken:
        number += 1
        username = f"{wanted}.{number}"
    taken.add(username)
    return username
