"""A CSV file as rows of named values, each with its line and what is wrong with it."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from people.importing.columns import HISTORIES, PEOPLE, chosen, fields_of, kind_of
from people.importing.days import day_of, order_of

DAYS = ("started_on", "left_on", "from", "until")
LONGEST = {"employee_number": 40, "given_name": 150, "family_name": 150, "username": 150, "email": 254}
LONGEST |= {"department": 120, "job_title": 120}
NEEDED = {"people": PEOPLE, **HISTORIES}
DELIMITERS = ",;\t|"
MOST_FIELD = 10_000


@dataclass(frozen=True)
class Problem:
    line: int
    column: str
    value: str
    reason: str


@dataclass
class Row:
    """`line` is where the row begins in the file, counted from 1. Days are dates, or None where the field is empty."""

    line: int
    values: dict[str, Any]
    problems: list[Problem]


@dataclass
class Table:
    """The rows are read from the file each time they are asked for, so that a large one takes no more memory."""

    data: bytes
    encoding: str
    delimiter: str
    kind: str = ""
    titles: list[str] = field(default_factory=list)
    # {field: the file's own name for it}
    columns: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    # {field: which comes first in its days}
    orders: dict[str, str] = field(default_factory=dict)
    # Why none of it can be read.
    problem: Problem | None = None

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """The titles and each row that is not blank, as they stand in the file, with the line on which they begin."""
        csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))
        reader = csv.reader(_opened(self.data, self.encoding), delimiter=self.delimiter, skipinitialspace=True)
        begins = 1
        for said in reader:
            cells = [cell.replace("\0", "").strip() for cell in said]
            if begins == 1 or any(cells):
                yield begins, cells
            begins = reader.line_num + 1

    def rows(self) -> Iterator[Row]:
        body = () if self.problem else islice(self.lines(), 1, None)
        return (_row(self, line, cells) for line, cells in body)


def read_table(data: bytes, mapping: Mapping[str, str] | None = None) -> Table:
    """`mapping`: {field: title of its column}; without one the columns are known by their names."""
    encoding = _encoding(data)
    table = Table(data, encoding, _delimiter(next(_opened(data, encoding), "")))
    head = next(table.lines(), None)
    if head is None:
        table.problem = Problem(1, "", "", "The file is empty.")
        return table
    _, table.titles = head
    table.places = fields_of(table.titles) if mapping is None else chosen(table.titles, mapping)
    table.columns = {name: table.titles[place] for name, place in table.places.items()}
    table.kind = kind_of(set(table.places))
    if table.kind:
        table.orders = {name: order_of(_values(table, name)) for name in DAYS if name in table.places}
    else:
        table.problem = Problem(1, "", ", ".join(table.titles)[:200], _what_is_missing())
    return table


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _opened(data: bytes, encoding: str) -> Iterator[str]:
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline="")


def _delimiter(first: str) -> str:
    return max(DELIMITERS, key=first.count)


def _values(table: Table, name: str) -> Iterator[str]:
    place = table.places[name]
    return (cells[place] for _, cells in islice(table.lines(), 1, None) if place < len(cells) and cells[place])


def _what_is_missing() -> str:
    needed = "; or ".join(", ".join(sorted(names)) for names in NEEDED.values())
    return f"The first line must name the columns. A file of people or of a history needs {needed}."


def _row(table: Table, line: int, cells: list[str]) -> Row:
    row = Row(line, {}, [])
    if len(cells) > len(table.titles):
        reason = "The row has more cells than there are columns."
        row.problems.append(Problem(line, "", table.delimiter.join(cells)[:200], reason))
    for name, place in table.places.items():
        text = cells[place] if place < len(cells) else ""
        try:
            row.values[name] = _value(name, text, table.orders)
        except ValueError as problem:
            row.problems.append(Problem(line, table.columns[name], text[:200], str(problem)))
    for name in NEEDED[table.kind]:
        if not row.values.get(name) and not any(problem.column == table.columns[name] for problem in row.problems):
            row.problems.append(Problem(line, table.columns[name], "", "This must not be empty."))
    return row


def _value(name: str, text: str, orders: dict[str, str]) -> Any:
    if name in DAYS:
        return day_of(text, orders[name]) if text else None
    if len(text) > LONGEST.get(name, MOST_FIELD):
        raise ValueError(f"This is longer than {LONGEST[name]} characters.")
    if name == "email" and text and "@" not in text:
        raise ValueError("This is no e-mail address.")
    return text
