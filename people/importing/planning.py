"""What a file of people asks to be changed, row by row, against what is known. Pure: nothing is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from people.importing.reading import Problem, Row, Table

# Field, value and reason.
Wrong = tuple[str, str, str]
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
    """`steps` are of the rows that have no problem."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Employee numbers of those who are not here, and whose row has a problem.
    left_out: set[str] = field(default_factory=set)


@dataclass
class Numbers:
    """Which employee numbers the whole file has: on which line each stands first, and whose rows were left out."""

    first: dict[str, int]
    left_out: set[str] = field(default_factory=set)


def numbers_of(table: Table) -> tuple[Numbers, list[Problem]]:
    """Of the rows that can be read; and what is wrong with the others."""
    first: dict[str, int] = {}
    problems = []
    for row in table.rows():
        problems += row.problems
        if not row.problems:
            first.setdefault(row.values["employee_number"], row.line)
    return Numbers(first), problems


def plan_people(rows: Iterable[Row], known: Mapping[str, Known], numbers: Numbers, columns: Mapping[str, str]) -> Plan:
    """`known` is by employee number: of everyone in the rows, and of everyone named as a manager."""
    plan = Plan()
    for row in rows:
        number = row.values["employee_number"]
        here = known.get(number)
        wrong = [*_repeated(row, numbers), *_of_manager(row, known, numbers), *_contradictions(row, here)]
        if not wrong:
            plan.steps.append(_step(row, here))
        elif here is None and numbers.first[number] == row.line:
            plan.left_out.add(number)
        plan.problems += [Problem(row.line, columns[name], value, reason) for name, value, reason in wrong]
    return plan


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


def _repeated(row: Row, numbers: Numbers) -> Iterator[Wrong]:
    number = row.values["employee_number"]
    if (first := numbers.first[number]) != row.line:
        yield "employee_number", number, f"Line {first} is about the same employee number. Keep one of them."


def _of_manager(row: Row, known: Mapping[str, Known], numbers: Numbers) -> Iterator[Wrong]:
    manager = row.values.get("manager_number")
    if not manager:
        return
    if manager == row.values["employee_number"]:
        yield "manager_number", manager, "Nobody is their own manager. Leave it empty for whoever has none."
    elif manager in numbers.left_out:
        yield "manager_number", manager, "They are not here, and their own row has a problem. Mend that first."
    elif manager not in known and manager not in numbers.first:
        yield "manager_number", manager, "Nobody here and no row of the file has this employee number."


def _contradictions(row: Row, here: Known | None) -> Iterator[Wrong]:
    started, left = row.values.get("started_on"), row.values.get("left_on")
    if started and left and left < started:
        yield "left_on", str(left), f"They left before they came ({started})."
    elif here and here.last_day and "left_on" in row.values and left != here.last_day:
        reason = f"Their last day here is {here.last_day}, and a last day is set once. Correct the file, or ask HR."
        yield "left_on", str(left or ""), reason
