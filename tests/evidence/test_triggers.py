# ruff: noqa: S608 - the names are those of our own tables
"""What the database refuses, whoever asks: in plain SQL, behind Django's back."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from evidence import triggers
from evidence.actions import seal
from evidence.models import Checkpoint, Entry, LogIndex, Opening, Pseudonym, Sample
from tests.evidence.conftest import met, sealed

APPEND_ONLY = [model._meta.db_table for model in triggers.APPEND_ONLY]
ERASABLE = [model._meta.db_table for model in triggers.ERASABLE]
FILLED = [table for table in [*APPEND_ONLY, *ERASABLE] if "sample" not in table and "subtree" not in table]
only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="INSERT OR REPLACE is SQLite's")
only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")


def run(sql, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


def refused(sql, *parameters):
    with pytest.raises(DatabaseError, match="may only be appended to"):
        run(sql, *parameters)


def columns_of(table):
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.fixture
def log(ada):
    sealed(3, ada)
    if connection.vendor == "postgresql":  # what is deferred to the commit would stand before a TRUNCATE
        run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.databases
@pytest.mark.parametrize("table", FILLED)
def test_no_column_can_be_updated(log, table):
    for column in columns_of(table):
        refused(f'UPDATE {table} SET "{column}" = "{column}"')


@pytest.mark.databases
@pytest.mark.parametrize("table", sorted(set(FILLED) & set(APPEND_ONLY)))
def test_no_row_can_be_deleted(log, table):
    refused(f"DELETE FROM {table}")


@pytest.mark.databases
def test_openings_and_pseudonyms_can_be_deleted(log):
    run("DELETE FROM evidence_opening")
    run("DELETE FROM evidence_pseudonym")
    assert not Opening.objects.exists()
    assert not Pseudonym.objects.exists()


@only_sqlite
@pytest.mark.parametrize("table", FILLED)
def test_no_row_can_be_replaced(log, table):
    columns = ", ".join(f'"{column}"' for column in columns_of(table))
    refused(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")
    refused(f"INSERT OR REPLACE INTO {table} (rowid, {columns}) SELECT rowid, {columns} FROM {table}")


@only_sqlite
def test_no_row_can_be_replaced_by_another_of_its_unique_columns(log):
    refused("INSERT OR REPLACE INTO evidence_entry SELECT 'new key', leaf, leaf_hash FROM evidence_entry LIMIT 1")
    refused("INSERT OR REPLACE INTO evidence_logindex SELECT 99, entry_id FROM evidence_logindex LIMIT 1")
    refused("INSERT OR REPLACE INTO evidence_pseudonym SELECT 'new token', person_id FROM evidence_pseudonym")
    refused("INSERT OR REPLACE INTO evidence_entry (rowid, key, leaf, leaf_hash) VALUES (1, 'a', x'00', x'00')")
    refused("UPDATE OR REPLACE evidence_entry SET key = 'tests.met:2' WHERE key = 'tests.met:1'")


@pytest.mark.databases
@only_postgresql
@pytest.mark.parametrize("table", [*APPEND_ONLY, *ERASABLE])
def test_no_table_can_be_truncated(log, table):
    refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.databases
@only_postgresql
def test_an_upsert_is_an_update(log):
    refused("INSERT INTO evidence_checkpoint VALUES (1, '') ON CONFLICT (number) DO UPDATE SET note = ''")


@pytest.mark.databases
@only_postgresql
def test_the_guard_also_stands_where_a_replica_applies_changes(log):
    run("SET LOCAL session_replication_role = replica")
    refused("DELETE FROM evidence_entry")


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_the_guard_comes_back_after_a_migration_has_rebuilt_the_table():
    met()
    seal(at=timezone.now())
    for model, name in [(Entry, "key"), (LogIndex, "position"), (Checkpoint, "note"), (Opening, "field")]:
        old = model._meta.get_field(name)
        new = old.clone()
        new.set_attributes_from_name(name)
        new.model, new.max_length = model, (old.max_length or 10) + 1
        if name in ("position", "note"):
            new.db_default = models.Value(0 if name == "position" else "")
        with connection.schema_editor() as editor:
            editor.alter_field(model, old, new, strict=False)
            editor.alter_field(model, new, old, strict=False)
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
    for table in ("evidence_entry", "evidence_logindex", "evidence_checkpoint"):
        refused(f"DELETE FROM {table}")
    refused("UPDATE evidence_opening SET value = ''")


@only_sqlite
def test_sqlite_loses_the_triggers_of_a_rebuilt_table(transactional_db):
    with connection.schema_editor() as editor:
        editor._remake_table(Entry)
    assert "evidence_entry_no_update" in triggers.missing(connection)


@pytest.mark.databases
def test_the_check_names_each_missing_trigger(db):
    assert report() == []
    name, (table, _) = next(iter(triggers.expected(connection).items()))
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    [message] = report()
    assert name in message.msg
    assert message.is_serious()
    triggers.install(connection)
    assert report() == []


@pytest.mark.databases
def test_the_check_names_a_trigger_that_does_nothing(db):
    name, (table, sql) = next(iter(triggers.expected(connection).items()))
    if connection.vendor == "postgresql":
        run(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    else:
        run(f"DROP TRIGGER {name}")
        run(sql.split("BEGIN")[0] + "BEGIN SELECT 1; END")
    [message] = report()
    assert name in message.msg


def report():
    found = checks.run_checks(databases=["default"])
    return [message for message in found if message.id == "evidence.E001"]


@pytest.mark.databases
def test_every_table_of_the_log_is_guarded(db):
    guarded = {table for table, _ in triggers.expected(connection).values()}
    tables = {table for table in connection.introspection.table_names() if table.startswith("evidence_")}
    assert guarded == tables
    assert Sample._meta.db_table in guarded


@pytest.mark.databases
@only_postgresql
@pytest.mark.parametrize(
    "weakened",
    [
        "ALTER TABLE evidence_entry DISABLE TRIGGER {name}",
        "ALTER TABLE evidence_entry ENABLE TRIGGER {name}",
        "DROP TRIGGER {name} ON evidence_entry; CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON evidence_entry FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION evidence_refuse(); "
        "ALTER TABLE evidence_entry ENABLE ALWAYS TRIGGER {name}",
        "DROP TRIGGER {name} ON evidence_entry; CREATE TRIGGER {name} BEFORE UPDATE OF key OR DELETE OR TRUNCATE "
        "ON evidence_entry FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse(); "
        "ALTER TABLE evidence_entry ENABLE ALWAYS TRIGGER {name}",
        "DROP TRIGGER {name} ON evidence_entry; CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON django_content_type FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse(); "
        "ALTER TABLE django_content_type ENABLE ALWAYS TRIGGER {name}",
        "CREATE OR REPLACE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    ],
)
def test_a_trigger_that_was_weakened_is_a_missing_one(db, weakened):
    run(weakened.format(name="evidence_entry_append_only"))
    assert "evidence_entry_append_only" in triggers.missing(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


@only_sqlite
@pytest.mark.parametrize(
    "condition",
    ["WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END", "BEGIN SELECT 1; END", "BEGIN SELECT RAISE(IGNORE); END"],
)
def test_a_trigger_that_was_weakened_is_a_missing_one_on_sqlite(db, condition):
    run("DROP TRIGGER evidence_entry_no_update")
    run(f"CREATE TRIGGER evidence_entry_no_update BEFORE UPDATE ON evidence_entry {condition}")
    assert triggers.missing(connection) == ["evidence_entry_no_update"]


@only_sqlite
@pytest.mark.parametrize("table", FILLED)
def test_an_upsert_is_refused_before_it_updates(log, table):
    columns = columns_of(table)
    named = ", ".join(f'"{column}"' for column in columns)
    refused(
        f"INSERT INTO {table} ({named}) SELECT {named} FROM {table} WHERE true "
        f"ON CONFLICT DO UPDATE SET \"{columns[-1]}\" = x'00'"
    )
