"""The database itself refuses to alter the log, whoever asks it to.

SQLite loses a table's triggers when a migration rebuilds the table, so they are installed after every migrate
(evidence/apps.py) and looked for by a system check (evidence/checks.py). On SQLite, INSERT OR REPLACE deletes without
asking a DELETE trigger: hence a trigger that refuses to insert what is there, by any of its unique columns or by rowid.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from evidence.models import Checkpoint, Entry, Listing, LogIndex, Opening, Pseudonym, Sample, SampledEntry, Subtree

APPEND_ONLY: list[type[Model]] = [Entry, Listing, LogIndex, Subtree, Checkpoint, Sample, SampledEntry]
ERASABLE: list[type[Model]] = [Opening, Pseudonym]

UNIQUE: dict[type[Model], list[tuple[str, ...]]] = {
    Entry: [("key",), ("leaf_hash",)],
    Listing: [("entry_id",)],
    LogIndex: [("position",), ("entry_id",)],
    Subtree: [("height", "number")],
    Checkpoint: [("number",)],
    Sample: [("number",), ("entry_id",)],
    SampledEntry: [("sample_id", "rank")],
    Opening: [("entry_id", "field")],
    Pseudonym: [("token",), ("person_id",)],
}
FUNCTION = "evidence_refuse"


def expected(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """The triggers that must be there, by name: the table, and the statement that makes the trigger."""
    writers = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    tables = set(connection.introspection.table_names())
    triggers = writers[connection.vendor]() if connection.vendor in writers else ()
    return {name: (table, sql) for name, table, sql in triggers if table in tables}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that are not there, are switched off, or do something else."""
    there = _installed(connection)
    return [name for name, (_, sql) in expected(connection).items() if there.get(name) != _form(connection, name, sql)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put back what is missing."""
    wanted = expected(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in missing(connection):
            table, sql = wanted[name]
            _drop(cursor, connection, name, table)
            cursor.execute(sql)
            if connection.vendor == "postgresql":  # also where a replica applies changes
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard off. Only a test that empties its database has a reason to."""
    with connection.cursor() as cursor:
        for name, (table, _) in expected(connection).items():
            _drop(cursor, connection, name, table)


def _drop(cursor, connection: BaseDatabaseWrapper, name: str, table: str) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def _on_sqlite() -> Iterator[tuple[str, str, str]]:
    for model in [*APPEND_ONLY, *ERASABLE]:
        table = model._meta.db_table
        verbs = ["update", "delete"] if model in APPEND_ONLY else ["update"]
        for verb in verbs:
            name = f"{table}_no_{verb}"
            yield name, table, _sqlite_trigger(name, table, verb.upper(), "")
        taken = [" AND ".join(f"{column} = NEW.{column}" for column in columns) for columns in UNIQUE[model]]
        same = " OR ".join([*taken, "rowid = NEW.rowid"])
        there = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "  # noqa: S608 - names of our own models
        name = f"{table}_no_replace"
        yield name, table, _sqlite_trigger(name, table, "INSERT", there)


def _sqlite_trigger(name: str, table: str, verb: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{table} may only be appended to'); END"
    )


def _on_postgresql() -> Iterator[tuple[str, str, str]]:
    for model in [*APPEND_ONLY, *ERASABLE]:
        table = model._meta.db_table
        verbs = "UPDATE OR DELETE OR TRUNCATE" if model in APPEND_ONLY else "UPDATE OR TRUNCATE"
        name = f"{table}_append_only"
        yield (
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
        )


_POSTGRESQL_BODY = """
BEGIN
    RAISE EXCEPTION '% may only be appended to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
"""
_POSTGRESQL_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRESQL_BODY}$$"
)


def _installed(connection: BaseDatabaseWrapper) -> dict[str, object]:
    """What is there, by name, in the form that `_form` gives to what should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute(  # each on the table of its name, for every column and without a condition
                "SELECT tgname, tgtype, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
                "JOIN pg_class ON pg_class.oid = tgrelid AND tgname = relname || '_append_only' "
                "WHERE tgenabled = 'A' AND tgqual IS NULL AND tgattr::text = '' AND pg_table_is_visible(tgrelid)"
            )
            return {name: (kind, body) for name, kind, body in cursor.fetchall()}
    return {}


def _form(connection: BaseDatabaseWrapper, name: str, sql: str) -> object:
    if connection.vendor == "sqlite":
        return sql
    # pg_trigger.tgtype: BEFORE 2, DELETE 8, UPDATE 16, TRUNCATE 32
    return 2 + 16 + 32 + (8 if "DELETE" in sql else 0), _POSTGRESQL_BODY
