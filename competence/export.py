"""The matrix as a file, made row by row, so that a house of any size fits: CSV, and XLSX."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import IO

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from competence.gaps import NAMED, Gap, names_of
from competence.matrix import Cell, Row, rows
from competence.models import Competence
from evidence.spreadsheets import harmless
from people.directory import departments_of, roles_of

PEOPLE_AT_ONCE = 500
# A spreadsheet opens no sheet of more than 1,048,576.
LINES_A_SHEET = 1_000_000
ABOUT = ("Person", "Employee number", "Department", "Roles")
REASON_TITLES = (*ABOUT[:3], "Competence", "State", "Due", "Until", "Reason")
REASON_WIDTHS = (22, 22, 22, 22, 15, 15, 15, 90)
GAP_TITLES = ("Competence", "Asked of", "Hold it", "Hold it in 90 days", "Wanted", "How it stands", "Who could be next")


class _Passing:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def csv_lines(people, competences: Sequence[Competence], *, on: date) -> Iterator[str]:
    """`people` is a queryset with their places."""
    table = ([*_about(row), *map(_said, row.cells)] for row in _all_rows(people, competences, on))
    return _csv([*ABOUT, *(competence.name for competence in competences)], table)


def reason_lines(people, competences: Sequence[Competence], *, on: date) -> Iterator[str]:
    """A line for each competence that is asked of someone, or that they hold, with the reason in words."""
    return _csv(REASON_TITLES, _reasons(people, competences, on))


def gap_lines(found: Sequence[Gap]) -> Iterator[str]:
    names = names_of(found)
    table = (
        [
            *(gap.competence.name, gap.asked, gap.now, gap.then, gap.least, gap.word),
            "; ".join(f"{names[one.person]} {one.why}" for one in gap.candidates[:NAMED]),
        ]
        for gap in found
    )
    return _csv(GAP_TITLES, table)


def _csv(titles, table) -> Iterator[str]:
    """The mark at the start tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Passing())
    yield "\ufeff" + writer.writerow([harmless(title) for title in titles])
    for line in table:
        yield writer.writerow([harmless(value) for value in line])


def xlsx_file(people, columns: Sequence[Competence], explained: Sequence[Competence], *, on: date) -> IO[bytes]:
    """The matrix, and the list of reasons behind it. The file is gone when it is closed.

    A workbook is a zip of parts, so it is made whole before it is sent: on the disk, not in the memory.
    """
    book = Workbook(write_only=True)
    _add_matrix(book, people, columns, on)
    _add_reasons(book, people, explained, on)
    file = tempfile.TemporaryFile()  # noqa: SIM115 it is closed by whoever has sent it
    book.save(file)
    file.seek(0)
    return file


def _add_matrix(book, people, competences, on) -> None:
    """Each competence has two columns: its state, and the day that belongs to it."""
    pairs = [title for one in competences for title in (one.name, f"{one.name}: day")]
    widths = [22] * len(ABOUT) + [15] * len(pairs)
    sheet = _sheet(book, f"Matrix {on.isoformat()}", [*ABOUT, *pairs], widths)
    for row in _all_rows(people, competences, on):
        sheet.append([*map(_text, _about(row)), *(value for cell in row.cells for value in _pair(cell))])


def _add_reasons(book, people, competences, on) -> None:
    for number, line in enumerate(_reasons(people, competences, on)):
        if number % LINES_A_SHEET == 0:
            name = f"Reasons {number // LINES_A_SHEET + 1}"
            sheet = _sheet(book, name, REASON_TITLES, REASON_WIDTHS)
        sheet.append([value if isinstance(value, date) else _text(value) or None for value in line])


def _sheet(book, name, titles, widths):
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, title) for title in titles])
    return sheet


def _all_rows(people, competences, on) -> Iterator[Row]:
    waiting = people.iterator(chunk_size=PEOPLE_AT_ONCE)
    while chunk := list(islice(waiting, PEOPLE_AT_ONCE)):
        yield from rows(chunk, competences, on=on)


def _reasons(people, competences, on) -> Iterator[list]:
    for row in _all_rows(people, competences, on):
        about = _about(row)[:3]
        for cell in row.cells:
            if cell.word:
                yield [*about, cell.competence.name, cell.word, cell.due or "", cell.until or "", cell.why]


def _about(row: Row) -> list[str]:
    return [str(row.person), row.person.employee_number, departments_of(row.person), roles_of(row.person)]


def _said(cell: Cell) -> str:
    before, day = cell.when
    return " ".join(part for part in (cell.word, before, day.isoformat() if day else "") if part)


def _text(text: str) -> str:
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", text))


def _bold(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_text(text))
    cell.font = Font(bold=True)
    return cell


def _pair(cell: Cell) -> tuple[str | None, date | None]:
    _, day = cell.when
    return cell.word or None, day
