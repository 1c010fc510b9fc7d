"""People as another system has them today."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from evidence.actions import Telling, record_each
from people.actions.add_department import add_department
from people.actions.add_role import add_role
from people.actions.withdraw_person import withdraw_person
from people.importing.planning import NAMES, Known, Step, plan_people
from people.importing.reading import Table
from people.importing.telling import of_steps
from people.many import AT_ONCE, add_people, end_roles, end_spans, hold_roles, join_departments, name_managers
from people.models import Department, DepartmentMembership, JobRole, Person, ReportingLine, RoleHolding

HR = "hr"
DAY = timedelta(days=1)
BECAUSE = "HR’s own records say so."


def write_rows(table: Table, outcome, *, on, by, at, is_strict, dry_run, progress) -> list[int]:
    """The ids of those about whom anything was written."""
    plan = plan_people(table, _known(table, on))
    outcome.problems += plan.problems
    bad = {problem.line for problem in outcome.problems}
    if bad and is_strict:
        return []
    steps = [step for step in plan.steps if step.row.line not in bad]
    outcome.created = sum(step.known is None for step in steps)
    outcome.unchanged = sum(step.is_empty for step in steps)
    outcome.changed = len(steps) - outcome.created - outcome.unchanged
    if dry_run:
        outcome.examples = of_steps(steps)
        outcome.examples.departments = missing(Department, {step.department for step in steps})
        outcome.examples.roles = missing(JobRole, {step.job_title for step in steps})
        return []
    steps = [step for step in steps if not step.is_empty]
    if not steps:
        return []
    return Writing(steps, on=on, by=by, at=at, progress=progress).people_written()


def _known(table: Table, on) -> dict[str, Known]:
    numbers = {row.values["employee_number"] for row in table.rows}
    numbers |= {row.values.get("manager_number") or "" for row in table.rows}
    people = {}
    for some in in_pieces(sorted(numbers - {""})):
        people.update({person.pk: person for person in Person.objects.filter(employee_number__in=some)})
    departments = dict(DepartmentMembership.objects.on(on).values_list("person_id", "department__name"))
    titles = dict(RoleHolding.objects.on(on).filter(source=HR).values_list("person_id", "role__name"))
    managers = dict(ReportingLine.objects.on(on).values_list("person_id", "manager__employee_number"))
    return {
        person.employee_number: Known(
            person.pk,
            {ours: getattr(person, ours) for ours in NAMES.values()},
            departments.get(person.pk, ""),
            titles.get(person.pk, ""),
            managers.get(person.pk, ""),
            person.last_day,
        )
        for person in people.values()
    }


def missing(places, names: set[str]) -> list[str]:
    return sorted(names - set(places.objects.values_list("name", flat=True)) - {""})


def in_pieces(things):
    return [things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE)]


class Writing:
    """The steps of a file, written kind by kind: what each needs comes before it."""

    def __init__(self, steps: list[Step], *, on, by, at, progress):
        self.steps, self.on, self.told, self.progress = steps, on, {"by": by, "at": at}, progress
        self.people: dict[str, Person] = {}

    def people_written(self) -> list[int]:
        stages = [
            self._places,
            self._persons,
            self._names,
            self._memberships,
            self._holdings,
            self._lines,
            self._leavers,
        ]
        for number, stage in enumerate(stages, start=1):
            stage()
            self.progress(number * len(self.steps) // len(stages), len(self.steps))
        return sorted(self._person(step).pk for step in self.steps)

    def _person(self, step: Step) -> Person:
        return self.people[step.row.values["employee_number"]]

    def _since(self, step: Step):
        return (step.since if step.known is None else None) or self.on

    def _until(self, step: Step):
        """Of what begins with this row, for someone who is new and has left: their last day."""
        return step.left_on if step.known is None else None

    def _places(self):
        self.departments = {department.name: department for department in Department.objects.all()}
        for name in sorted({step.department for step in self.steps} - self.departments.keys() - {""}):
            self.departments[name] = add_department(name, **self.told)
        self.roles = {role.name: role for role in JobRole.objects.all()}
        for name in sorted({step.job_title for step in self.steps} - self.roles.keys() - {""}):
            self.roles[name] = add_role(name, **self.told)

    def _persons(self):
        taken = set(Person.objects.values_list("username", flat=True))
        nobody = make_password(None)
        new = []
        for step in self.steps:
            if step.known is None:
                username = _username(step.names, taken)
                names = {name: step.names[name] for name in NAMES.values()}
                number = step.row.values["employee_number"]
                person = Person(username=username, employee_number=number, password=nobody, **names)
                person.date_joined = self.told["at"]
                new.append(person)
        add_people(new, **self.told)
        numbers = {step.row.values["employee_number"] for step in self.steps}
        numbers |= {step.manager_number for step in self.steps}
        for some in in_pieces(sorted(numbers - {""})):
            found = Person.objects.select_for_update(no_key=True).filter(employee_number__in=some).order_by("pk")
            self.people.update({person.employee_number: person for person in found})

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
        leavers = [step for step in self.steps if step.left_on]
        gone = [
            (step, step.left_on)
            for step in self.steps
            if step.left_on and step.known is None and step.left_on < self.on
        ]
        others = [step for step in leavers if step.known is not None or step.left_on >= self.on]
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
        for step in others:
            withdraw_person(self._person(step), last_day=step.left_on, reason=BECAUSE, **self.told)

    def _open(self, facts, steps):
        """{person: the fact of theirs that has no end}, of those who are not new."""
        known = {self._person(step).pk for step in steps if step.known}
        found = {}
        for some in in_pieces(sorted(known)):
            found.update(
                {fact.person_id: fact for fact in facts.filter(corrected_by=None, until=None, person__in=some)}
            )
        return found

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
