"""Reading the tables as they are: in one snapshot, row by row, whatever lies in a column."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

ROWS = 1000

_ENTRY = 'e.leaf, e.leaf_hash, l.kind, l.subject, l."by", l."at", l.recorded_at'
SEALED = f"""
    SELECT i.position, i.entry_id, {_ENTRY} FROM evidence_logindex i
    LEFT JOIN evidence_entry e ON e.key = i.entry_id LEFT JOIN evidence_listing l ON l.entry_id = i.entry_id
    ORDER BY i.position
"""  # noqa: S608 - no value is put into these statements
SEALED_OPENINGS = """
    SELECT i.position, o.field, o.value, o.salt FROM evidence_logindex i
    JOIN evidence_opening o ON o.entry_id = i.entry_id ORDER BY i.position
"""
UNSEALED = f"""
    SELECT e.key, e.key, {_ENTRY} FROM evidence_entry e
    LEFT JOIN evidence_logindex i ON i.entry_id = e.key LEFT JOIN evidence_listing l ON l.entry_id = e.key
    WHERE i.entry_id IS NULL ORDER BY e.key
"""  # noqa: S608
UNSEALED_OPENINGS = """
    SELECT e.key, o.field, o.value, o.salt FROM evidence_entry e
    JOIN evidence_opening o ON o.entry_id = e.key LEFT JOIN evidence_logindex i ON i.entry_id = e.key
    WHERE i.entry_id IS NULL ORDER BY e.key
"""
ERASURES = """
    SELECT e.leaf FROM evidence_listing l JOIN evidence_entry e ON e.key = l.entry_id WHERE l.kind = %s
"""


@contextmanager
def snapshot() -> Iterator[None]:
    """The log as it is at one moment, while others go on writing; text that is no UTF-8 is read, not choked on."""
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor == "sqlite":
        before, raw.text_factory = raw.text_factory, lambda data: data.decode("utf-8", "surrogateescape")
    begin = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    alone = not connection.in_atomic_block and connection.vendor in begin
    try:
        if alone:
            _execute(begin[connection.vendor])  # a transaction of Django's would make writers on SQLite wait
        yield
    finally:
        if alone:
            _execute("ROLLBACK")
        if connection.vendor == "sqlite":
            raw.text_factory = before


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def stream(statement: str, *parameters: Any) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(ROWS):
            yield from rows


class Grouped:
    """A stream of rows whose first column says whose they are, in the order in which they will be asked for."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, whose: Any) -> list[tuple[Any, ...]]:
        theirs = []
        while self._next is not None and self._next[0] == whose:
            theirs.append(self._next[1:])
            self._next = next(self._rows, None)
        return theirs
