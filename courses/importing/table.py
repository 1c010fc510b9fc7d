"""CSV for the simple case; its columns are described in docs/questions.md."""

import csv
import io
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from courses.importing.found import Found, Notes, Problem, Reading, Unaskable, label_of, reading_of
from courses.importing.weights import exact_number
from courses.kinds import (
    NOTHING,
    WHOLE,
    Answer,
    Content,
    Description,
    FreeText,
    MultipleChoice,
    Option,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courses.kinds.content import MOST_POINTS
from people.refusals import Refused

CSV = "csv"
DELIMITERS = ",;\t"
COLUMNS = {
    "name": "name",
    "title": "name",
    "kind": "kind",
    "type": "kind",
    "question": "question",
    "question text": "question",
    "right": "right",
    "right answer": "right",
    "correct": "right",
    "correct answer": "right",
    "wrong": "wrong",
    "wrong answer": "wrong",
    "option": "option",
    "answer": "option",
    "explanation": "explanation",
    "feedback": "explanation",
    "point": "points",
    "category": "category",
    "tag": "tags",
    "id": "id",
}
WHOLE_KIND = "multiple-whole"
KINDS = ("single", "multiple", WHOLE_KIND, "true-false", "short-answer", "free-text", "description")
# A cell that a spreadsheet would take for a formula is written behind an apostrophe, and so is one that begins with it.
GUARDED = re.compile(r"'+[=+\-@]")

Cells = dict[str, list[str]]


class NoTable(ValueError):
    """Why a text is no table of questions."""


def read_table(text: str) -> Reading:
    return reading_of(CSV, _entries(text))


def columns_of(text: str) -> list[str] | None:
    """What the first line names, each column by its role here or by nothing; None where it names no questions."""
    try:
        first = next(_rows(text.partition("\n")[0]), (0, []))[1]
    except NoTable:
        return None
    columns = [_column(title) for title in first]
    return columns if "question" in columns and {"right", "option", "kind"} & set(columns) else None


def _column(title: str) -> str:
    folded = re.sub(r"[\s_\-]+", " ", title.strip().casefold())
    folded = re.sub(r" ?\(?s\)?$", "", re.sub(r" ?\d{1,3}$", "", folded))
    return COLUMNS.get(folded, "")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, [_unguarded(cell.strip()) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise NoTable(f"From line {begins} on it is no table: {error}.") from None


def _unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell


def _entries(text: str) -> Iterator[Found | Problem]:
    columns = columns_of(text)
    if columns is None:
        raise NoTable(
            "The first line must name the columns: question, and right and wrong, or option 1, option 2, … and right."
        )
    rows = _rows(text)
    unknown = [title for title, column in zip(next(rows)[1], columns, strict=True) if title and not column]
    for line, row in rows:
        if any(row):
            yield _read(line, row, columns, unknown)


def _read(line: int, row: list[str], columns: list[str], unknown: list[str]) -> Found | Problem:
    cells: Cells = {column: [] for column in set(COLUMNS.values())}
    for column, cell in zip(columns, row, strict=False):
        if column and cell:
            cells[column].append(cell)
    stem, name = _one(cells, "question"), _one(cells, "name")
    notes = Notes(f"The column “{title[:40]}” is not read." for title in unknown)
    try:
        if len(row) > len(columns):
            raise Unaskable("The row has more cells than there are columns.")
        said = {"stem": stem, "explanation": "\n\n".join(cells["explanation"]), "points": _points(cells, notes)}
        content = _content(cells, said)
        content.check()
    except (Refused, Unaskable) as reason:
        return Problem(name or label_of(stem), line, str(reason))
    return Found(
        content,
        name=name,
        category=_one(cells, "category"),
        tags=_tags(_one(cells, "tags")),
        external_id=_one(cells, "id"),
        line=line,
        notes=tuple(notes),
    )


def _one(cells: Cells, column: str) -> str:
    return next(iter(cells[column]), "")


def _points(cells: Cells, notes: Notes) -> int:
    written = _one(cells, "points") or "1"
    number = exact_number(written)
    if number is None or number % 1 or not 0 < number <= MOST_POINTS:
        notes.add(f"“{written[:40]}” is no whole number of points from 1 to {MOST_POINTS}. It brings 1 point.")
        return 1
    return int(number)


def _tags(cell: str) -> tuple[str, ...]:
    tags = (" ".join(tag.split()) for tag in cell.split(";" if ";" in cell else ","))
    return tuple(dict.fromkeys(filter(None, tags)))


def _content(cells: Cells, said: dict[str, Any]) -> Content:
    kind = _one(cells, "kind").casefold() or _kind_of(cells)
    if kind not in KINDS:
        raise Unaskable(f"“{kind[:40]}” is no kind of question in a table. Those are {', '.join(KINDS)}.")
    if kind in {"free-text", "description"}:
        return (FreeText if kind == "free-text" else Description)(**said)
    if kind == "true-false":
        return TrueFalse(**said, is_true=_verdict(cells))
    if kind == "short-answer":
        answers = cells["option"] or cells["right"]
        return ShortAnswer(**said, answers=tuple(Answer(text) for text in answers))
    options = _options(cells)
    right = sum(is_right for _, is_right in options)
    if not right:
        raise Unaskable("It names no right answer. Name at least one.")
    if kind == "single":
        return SingleChoice(**said, options=_weighed(options, WHOLE))
    return MultipleChoice(**said, options=_weighed(options, Fraction(1, right)), is_whole=kind == WHOLE_KIND)


def _kind_of(cells: Cells) -> str:
    if not cells["option"] and not cells["wrong"] and cells["right"]:
        is_verdict = len(cells["right"]) == 1 and _one(cells, "right").casefold() in {"true", "false"}
        return "true-false" if is_verdict else "short-answer"
    return "single" if sum(is_right for _, is_right in _options(cells)) == 1 else WHOLE_KIND


def _verdict(cells: Cells) -> bool:
    written = _one(cells, "right").casefold()
    if written not in {"true", "false"}:
        raise Unaskable("Its right answer is neither true nor false.")
    return written == "true"


def _options(cells: Cells) -> list[tuple[str, bool]]:
    if not cells["option"]:
        return [*((text, True) for text in cells["right"]), *((text, False) for text in cells["wrong"])]
    right = {place for cell in cells["right"] for place in _places(cell, cells["option"])}
    return [(text, place in right) for place, text in enumerate(cells["option"])]


def _places(cell: str, options: list[str]) -> Iterator[int]:
    """Of “2”, “1, 3”, “B” or the words of an option."""
    if cell in options:
        yield options.index(cell)
        return
    for part in re.split(r"[\s,;]+", cell):
        is_number = part.isascii() and part.isdigit() and len(part) < 4
        is_letter = len(part) == 1 and part.isascii() and part.isalpha()
        place = int(part) - 1 if is_number else ord(part.upper()) - ord("A") if is_letter else -1
        if not 0 <= place < len(options):
            raise Unaskable(f"Its right answer, “{cell[:40]}”, names none of its {len(options)} options.")
        yield place


def _weighed(options: list[tuple[str, bool]], share: Fraction) -> tuple[Option, ...]:
    return tuple(Option(text, share if is_right else NOTHING) for text, is_right in options)
