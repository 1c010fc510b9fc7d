"""A table of lessons (CSV): a row is a lesson; its columns go to the fields that they name, the others to the text."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.importing.dates import find_dates, leans_to_month_first
from knowledge.importing.decoding import LARGEST, Unreadable, decode
from knowledge.importing.headings import lesson_field_of
from knowledge.importing.records import Kind, NotARecord, ParsedRecord
from knowledge.importing.vocabulary import TITLE, fold, words_of

LARGEST_TABLE = 20 * LARGEST
MOST_ROWS = 20_000

_WHAT = "what_happened"
_OTHER_COLUMNS = {
    TITLE: words_of("title name subject lesson_title titel titre titulo titolo tittel"),
    "id": words_of("lesson_id id number no nr lesson_number key reference ref"),
    "date": words_of("""
        date_lesson_occurred date_occurred occurred occurred_on incident_date date_of_incident event_date date
        happened_on datum dato fecha data"""),
    _WHAT: words_of("""
        abstract summary description what_happened event incident driving_event lesson lessons lesson_learned
        lessons_learned details zusammenfassung beschreibung resume resumen descripcion"""),
}
_COLUMN_OF = {name: column for column, names in _OTHER_COLUMNS.items() for name in names}


def read_table(data: bytes, file: str) -> Iterator[tuple[ParsedRecord | NotARecord, bytes]]:
    """Each row, with the bytes by which a change of it is told. A table that is none of lessons is one reason."""
    try:
        header, rows = _rows(data)
    except (Unreadable, csv.Error) as reason:
        yield NotARecord(file, str(reason) if isinstance(reason, Unreadable) else f"This is no table: {reason}."), data
        return
    columns = [_column(name) for name in header]
    if TITLE not in columns or not {_WHAT, "root_cause", "impact"} & set(columns):
        yield NotARecord(file, "No columns of this table say what lessons are called and what happened."), data
        return
    month_first = leans_to_month_first("\n".join(_values(rows, columns, "date"))) > 0
    ids = _values(rows, columns, "id")
    by_id = all(ids) and len(set(ids)) == len(rows)
    for place, row in enumerate(rows):
        cells = [cell.strip() for cell in row[: len(header)]] + [""] * (len(header) - len(row))
        key = f"{file}#{ids[place] if by_id else place + 2}"
        told = json.dumps([header, row], ensure_ascii=False).encode("utf-8", "replace")
        yield _lesson(key, header, columns, cells, row[len(header) :], day_first=not month_first), told


def _rows(data: bytes) -> tuple[list[str], list[list[str]]]:
    text = decode(data, largest=LARGEST_TABLE)
    csv.field_size_limit(LARGEST)
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    header = [name.strip() for name in next(reader, [])]
    rows = []
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Unreadable(f"The table has more than {MOST_ROWS} rows.")
    return header, rows


def _column(name: str) -> str | None:
    words = fold(re.sub(r"[()*:?]", "", name).replace("_", " "))
    if column := _COLUMN_OF.get(words):
        return column
    found = lesson_field_of(name) or lesson_field_of(words)
    return found[0] if found and found[0] != "whys" else None


def _values(rows: list[list[str]], columns: list[str | None], column: str) -> list[str]:
    if column not in columns:
        return ["" for _ in rows]
    place = columns.index(column)
    return [row[place].strip() if place < len(row) else "" for row in rows]


def _lesson(key, header, columns, cells, beyond, *, day_first: bool) -> ParsedRecord | NotARecord:
    told: dict[str, list[str]] = {}
    paragraphs: list[str] = []
    facts: list[str] = []
    title = ""
    date: dt.date | None = None
    for name, column, cell in zip(header, columns, cells, strict=True):
        if not cell:
            continue
        if column == TITLE and not title:
            title = " ".join(cell.split())
        elif column == _WHAT:
            paragraphs.append(f"{cell}" if not paragraphs else f"## {name}\n\n{cell}")
        elif column in _FIELDS:
            says_no_more = column not in told and lesson_field_of(name) == (column, True)
            told.setdefault(column, []).append(cell if says_no_more else f"## {name}\n\n{cell}")
        else:
            facts.append(f"- **{_plain(name)}:** {' '.join(cell.split())}")
            if column == "date" and date is None:
                date = next(iter(find_dates(cell, day_first=day_first)), None)
    facts += [f"- {' '.join(cell.split())}" for cell in beyond if cell.strip()]
    if not title:
        return NotARecord(key, "This row has no title.")
    body = "\n\n".join([*paragraphs, *(["\n".join(facts)] if facts else [])]) or title
    kept = [name for name, column, cell in zip(header, columns, cells, strict=True) if cell and column in {None, "id"}]
    record = ParsedRecord(key, Kind.LESSON, title, body, date=date)
    notes = (f"Kept as text, since no field is called so: {', '.join(f'“{name}”' for name in kept)}.",) if kept else ()
    return replace(record, texts={name: "\n\n".join(parts) for name, parts in told.items()}, notes=notes)


_FIELDS = frozenset({"impact", "root_cause", "correction", "corrective_action", "went_well"})


def _plain(name: str) -> str:
    return re.sub(r"[*_`\[\]]", "", " ".join(name.split()))
