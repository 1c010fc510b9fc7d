"""A CSV file as rows of named values, each with its line and what is wrong with it."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass
class Table:
    kind: str = ""
    titles: list[str] = field(default_factory=list)
    # {field: the file's own name for it}
    columns: dict[str, str] = field(default_factory=dict)
    delimiter: str = ","
    rows: list[Row] = field(default_factory=list)
    # {line: the row as it stands in the file}
    cells: dict[int, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_table(data: bytes, mapping: Mapping[str, str] | None = None) -> Table:
    """`mapping`: {field: title of its column}; without one the columns are known by their names."""
    text = _decoded(data)
    lines = list(_lines(text))
    if not lines:
        return Table(problems=[Problem(1, "", "", "The file is empty.")])
    (_, titles), *body = lines
    places = fields_of(titles) if mapping is None else chosen(titles, mapping)
    table = Table(
        kind=kind_of(set(places)),
        titles=titles,
        columns={name: titles[place] for name, place in places.items()},
        delimiter=_delimiter(text),
    )
    if not table.kind:
        table.problems.append(Problem(1, "", ", ".join(titles)[:200], _what_is_missing(set(places))))
        return table
    orders = {name: order_of(_values(body, places, name)) for name in DAYS if name in places}
    for line, cells in body:
        if any(cell.strip() for cell in cells):
            _read_row(table, line, cells, places, orders)
    return table


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=_delimiter(text), skipinitialspace=True
    )
    begins = 1
    for cells in reader:
        yield begins, [cell.strip() for cell in cells]
        begins = reader.line_num + 1


def _values(body, places, name) -> Iterator[str]:
    place = places[name]
    return (cells[place] for _, cells in body if place < len(cells) and cells[place])


def _what_is_missing(fields: set[str]) -> str:
    needed = "; or ".join(", ".join(sorted(names)) for names in NEEDED.values())
    return f"The first line must name the columns. A file of people or of a history needs {needed}."


def _read_row(table: Table, line: int, cells: list[str], places: dict[str, int], orders: dict[str, str]) -> None:
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    if len(cells) > len(table.titles):
        problems.append(
            Problem(line, "", table.delimiter.join(cells)[:200], "The row has more cells than there are columns.")
        )
    for name, place in places.items():
        text = cells[place] if place < len(cells) else ""
        try:
            values[name] = _value(name, text, orders)
        except ValueError as problem:
            problems.append(Problem(line, table.columns[name], text[:200], str(problem)))
    for name in NEEDED[table.kind]:
        if not values.get(name) and not any(problem.column == table.columns[name] for problem in problems):
            problems.append(Problem(line, table.columns[name], "", "This must not be empty."))
    table.cells[line] = cells
    table.problems += problems
    if not problems:
        table.rows.append(Row(line, values))


def _value(name: str, text: str, orders: dict[str, str]) -> Any:
    if name in DAYS:
        return day_of(text, orders[name]) if text else None
    if len(text) > LONGEST.get(name, MOST_FIELD):
        raise ValueError(f"This is longer than {LONGEST[name]} characters.")
    if name == "email" and text and "@" not in text:
        raise ValueError("This is no e-mail address.")
    return text
