"""Where a record's file stands, and the records and files that it names, led elsewhere. Pure."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from knowledge.exchange.lists import with_each
from knowledge.exchange.records import Record
from knowledge.exchange.shapes import SHAPES, Field, Form
from knowledge.importing.linking import led_elsewhere

FILES = "files"
LONGEST_SLUG = 50
_NUMBERED = re.compile(r"([A-Z]{3}-\d{4,9})\b[^/]*\.md")
# An address in a text as this house writes it.
OURS = re.compile(r"(page|image|doc):(\d{1,18})")

Change = Callable[[str], str | None]


def file_of(kind: str, number: str, slug: str) -> str:
    return f"{SHAPES[kind].shelf}/{number}-{slug[:LONGEST_SLUG]}.md"


def link_to(file: str) -> str:
    """From a record's file to another, which stands in a folder beside its own."""
    return f"../{file}"


def file_at(address: str, start: str) -> str:
    """The file below the folder to which an address in the file `start` leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(start), address))


def number_at(address: str) -> str:
    """The number of the record to whose file an address leads, by its name; empty, where it is none."""
    found = _NUMBERED.fullmatch(posixpath.basename(address)) if "/" in address or address.endswith(".md") else None
    return found[1] if found else ""


def stored_name(sha256: str, filename: str) -> str:
    return f"{sha256[:12]}-{re.sub(r'[^A-Za-z0-9._-]+', '-', filename)[-80:].lstrip('.')}"


def with_addresses(record: Record, change: Change) -> Record:
    """With each link in its texts led to where `change` says, or left where that says None."""

    def led(text: str) -> str:
        return led_elsewhere(text, change)

    return _with_fields(record, lambda field, value: _with_texts(field, value, led))


def addresses_of(record: Record) -> set[str]:
    found: set[str] = set()
    with_addresses(record, lambda address: found.add(address))
    return found


def with_names(record: Record, change: Change) -> Record:
    """With each other record that a field or a row names, named as `change` says; left out, where it says None."""

    def changed(field: Field, value: Any) -> Any:
        if field.form is Form.PAGE:
            return value and (change(value) or "")
        if field.form is Form.PAGES:
            return tuple(sorted(name for each in value if (name := change(each))))
        if field.name == "lesson_marks":
            named = ((row, change(row["lesson"])) for row in value)
            return tuple(row | {"lesson": name} for row, name in named if name)
        return value

    processes = tuple(sorted(name for each in record.processes if (name := change(each))))
    return replace(_with_fields(record, changed), processes=processes)


def _with_fields(record: Record, changed: Callable[[Field, Any], Any]) -> Record:
    fields = {field.name: changed(field, record.fields[field.name]) for field in SHAPES[record.kind].all_fields}
    return replace(record, fields=fields)


def _with_texts(field: Field, value: Any, led: Callable[[str], str]) -> Any:
    if field.form is Form.MARKDOWN:
        return led(value)
    if field.form is Form.OPTIONS:
        return tuple(with_each(option, led) for option in value)
    return value
