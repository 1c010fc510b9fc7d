"""The matrix as CSV, made line by line, so that a house of any size fits."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from competence.matrix import Cell, Row, rows
from competence.models import Competence
from evidence.spreadsheets import harmless
from people.directory import departments_of, roles_of

PEOPLE_AT_ONCE = 500


class _Passing:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def csv_lines(people, competences: Sequence[Competence], *, on: date) -> Iterator[str]:
    """`people` is a queryset with their places. The mark at the start tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Passing())
    titles = ["Person", "Employee number", "Department", "Roles", *(competence.name for competence in competences)]
    yield "\ufeff" + writer.writerow([harmless(title) for title in titles])
    waiting = people.iterator(chunk_size=PEOPLE_AT_ONCE)
    while chunk := list(islice(waiting, PEOPLE_AT_ONCE)):
        for row in rows(chunk, competences, on=on):
            yield writer.writerow([harmless(value) for value in _values(row)])


def _values(row: Row) -> list[str]:
    person = row.person
    said = [_said(cell) for cell in row.cells]
    return [str(person), person.employee_number, departments_of(person), roles_of(person), *said]


def _said(cell: Cell) -> str:
    before, day = cell.when
    return " ".join(part for part in (cell.word, before, day.isoformat() if day else "") if part)
