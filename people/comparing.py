"""A file of people beside who is here, a piece at a time: what is planned is not kept."""

from collections.abc import Iterator
from itertools import islice

from people.importing import Table
from people.importing.planning import NAMES, Known, Plan, numbers_of, plan_people
from people.many import AT_ONCE
from people.models import DepartmentMembership, Person, ReportingLine, RoleHolding

HR = "hr"


class Rows:
    """The rows of a file, planned anew each time against who is here then."""

    def __init__(self, table: Table, on):
        self.table, self.on = table, on
        self.numbers, self.problems = numbers_of(table)
        # Whom this import has added: to the file they are still new.
        self.added: set[str] = set()

    def plans(self) -> Iterator[Plan]:
        readable = (row for row in self.table.rows() if not row.problems)
        while some := list(islice(readable, AT_ONCE)):
            said = {row.values["employee_number"] for row in some} | {row.values.get("manager_number") for row in some}
            yield plan_people(some, _known(said - self.added - {"", None}, self.on), self.numbers, self.table.columns)


def _known(numbers, on) -> dict[str, Known]:
    people = {person.pk: person for person in Person.objects.filter(employee_number__in=numbers)}

    def theirs(facts, name):
        return dict(facts.on(on).filter(person__in=list(people)).values_list("person_id", name))

    departments = theirs(DepartmentMembership.objects, "department__name")
    titles = theirs(RoleHolding.objects.filter(source=HR), "role__name")
    managers = theirs(ReportingLine.objects, "manager__employee_number")
    return {
        person.employee_number: Known(
            pk,
            {ours: getattr(person, ours) for ours in NAMES.values()},
            departments.get(pk, ""),
            titles.get(pk, ""),
            managers.get(pk, ""),
            person.last_day,
        )
        for pk, person in people.items()
    }


def missing(places, names: set[str]) -> list[str]:
    return sorted(names - set(places.objects.values_list("name", flat=True)) - {""})
