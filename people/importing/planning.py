"""What a file of people asks to be changed, row by row, against what is known. Pure: nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from people.importing.reading import Problem, Row, Table

# Of the file, and of a person here.
NAMES = {"given_name": "first_name", "family_name": "last_name", "email": "email"}


@dataclass(frozen=True)
class Known:
    """Someone who is here, as they stand on the day that the file is compared with."""

    pk: int
    names: Mapping[str, str]
    department: str = ""
    # What the other system gave them; other roles of theirs are none of its business.
    job_title: str = ""
    manager_number: str = ""
    last_day: date | None = None


@dataclass
class Step:
    """What is to be done for a row; an empty value: nothing."""

    row: Row
    known: Known | None
    names: dict[str, str] = field(default_factory=dict)
    department: str = ""
    job_title: str = ""
    manager_number: str = ""
    left_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return self.known is not None and not any(
            (self.names, self.department, self.job_title, self.manager_number, self.left_on)
        )

    @property
    def since(self) -> date | None:
        return self.row.values.get("started_on")


@dataclass
class Plan:
    steps: list[Step]
    problems: list[Problem]


def plan_people(table: Table, known: Mapping[str, Known]) -> Plan:
    """`known` is by employee number: of everyone in the file, and of everyone named as a manager."""
    problems = _repeated(table) + _of_managers(table, known)
    steps = []
    for row in table.rows:
        here = known.get(row.values["employee_number"])
        problems += _contradictions(row, here, table)
        steps.append(_step(row, here))
    return Plan(steps, problems)


def _step(row: Row, here: Known | None) -> Step:
    said = row.values
    if here is None:
        names = {ours: said.get(theirs) or "" for theirs, ours in NAMES.items()}
        return Step(
            row,
            None,
            names | {"username": said.get("username") or ""},
            said.get("department") or "",
            said.get("job_title") or "",
            said.get("manager_number") or "",
            said.get("left_on"),
        )
    names = {
        ours: said[theirs] for theirs, ours in NAMES.items() if said.get(theirs) and said[theirs] != here.names[ours]
    }
    if here.last_day:  # what held then is told by their history
        return Step(row, here, names)
    return Step(
        row,
        here,
        names,
        _other(said.get("department"), here.department),
        _other(said.get("job_title"), here.job_title),
        _other(said.get("manager_number"), here.manager_number),
        said.get("left_on"),
    )


def _other(said: str | None, here: str) -> str:
    return said if said and said != here else ""


def _repeated(table: Table) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for row in table.rows:
        number = row.values["employee_number"]
        if number in first:
            reason = f"Line {first[number]} is about the same employee number. Keep one of them."
            problems.append(Problem(row.line, table.columns["employee_number"], number, reason))
        first.setdefault(number, row.line)
    return problems


def _of_managers(table: Table, known: Mapping[str, Known]) -> list[Problem]:
    if "manager_number" not in table.columns:
        return []
    numbers = known.keys() | {row.values["employee_number"] for row in table.rows}
    problems = []
    for row in table.rows:
        manager = row.values.get("manager_number")
        if manager and manager == row.values["employee_number"]:
            reason = "Nobody is their own manager. Leave it empty for whoever has none."
            problems.append(Problem(row.line, table.columns["manager_number"], manager, reason))
        elif manager and manager not in numbers:
            reason = "Nobody here and no row of the file has this employee number."
            problems.append(Problem(row.line, table.columns["manager_number"], manager, reason))
    return problems


def _contradictions(row: Row, here: Known | None, table: Table) -> list[Problem]:
    said, started, left = row.values, row.values.get("started_on"), row.values.get("left_on")
    if started and left and left < started:
        reason = f"They left before they came ({started})."
        return [Problem(row.line, table.columns["left_on"], str(left), reason)]
    if here and here.last_day and "left_on" in table.columns and left != here.last_day:
        reason = f"Their last day here is {here.last_day}, and a last day is set once. Correct the file, or ask HR."
        return [Problem(row.line, table.columns["left_on"], str(said.get("left_on") or ""), reason)]
    return []
