# ruff: noqa: S608 - the names are those of our own tables
import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from evidence import keys, leaves, triggers
from evidence.actions import draw_sample, erase, seal
from evidence.models import Entry, Opening
from evidence.populations import Population
from people.models import Person
from tests.evidence.conftest import met, sealed

pytestmark = pytest.mark.databases


def verified(*arguments):
    """The exit code, and what was printed."""
    out = io.StringIO()
    try:
        call_command("verify_evidence", *arguments, stdout=out, stderr=io.StringIO())
    except SystemExit as ending:
        return ending.code, out.getvalue()
    return 0, out.getvalue()


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


def everything(ada):
    """A log in which every table has rows, some of them of each sort."""
    grace = Person.objects.create_user("grace", first_name="Grace", last_name="Hopper")
    first = sealed(255, ada)[0]
    met(grace, 300, by=ada, facets={"department": "Compilers", "process": ["Making", "Selling"]})
    met(None, 301, by=grace, corrects=first, facts={"place": "Zürich"})
    seal(at=timezone.now())
    sample = {"purpose": "To see", "size": 3, "auditor_number": "42", "by": ada, "at": timezone.now()}
    draw_sample(Population(kinds=("tests.met",)), **sample)
    draw_sample(Population(facets={"department": "Compilers"}), **sample)
    erase(Entry.objects.get(pk="tests.met:2"), ground="GDPR 17(1)(b)", by=grace, at=timezone.now())
    seal(at=timezone.now())
    met(ada, 302)


def test_a_log_that_nobody_touched_is_good(ada):
    everything(ada)
    code, out = verified()
    assert code == 0, out
    assert "All is good." in out
    assert "not anchored" in out
    assert "1 entries not yet sealed" in out
    assert "2 samples" in out


def test_the_auditors_own_copy_of_the_key_serves(ada, signing_key):
    sealed(1, ada)
    key = str(keys.signer().verifier)
    signing_key.unlink()
    assert verified("--key", key)[0] == 0


def test_another_key_did_not_sign_this_log(ada, signing_key):
    sealed(1, ada)
    signing_key.unlink()
    keys.make_key()
    code, out = verified()
    assert code == 1
    assert "checkpoint 1: it has no signature by" in out


def test_without_a_key_it_could_not_be_verified(ada, signing_key):
    sealed(1, ada)
    signing_key.unlink()
    code, out = verified()
    assert (code, "No signature was checked" in out) == (2, True)
    assert not signing_key.exists()


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_an_unreadable_key_verifies_nothing(ada, signing_key, content):
    sealed(1, ada)
    signing_key.write_bytes(content)
    assert verified()[0] == 2
    assert verified("--key", "no+key")[0] == 2


def test_a_log_without_a_checkpoint_could_not_be_verified(ada, unguarded):
    assert verified()[0] == 2
    met(ada)
    assert verified()[0] == 2
    seal(at=timezone.now())
    assert verified()[0] == 0
    run("DELETE FROM evidence_checkpoint")
    assert verified()[0] == 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_missing_checkpoint_is_never_all_good(ada, unguarded, number):
    for first in (1, 2, 3):
        sealed(1, ada, first=first)
    run("DELETE FROM evidence_checkpoint WHERE number = %s", number)
    code, out = verified()
    assert code == 2
    assert "missing" in out


def test_change_outranks_what_could_not_be_verified(ada, unguarded, signing_key):
    sealed(1, ada)
    run("UPDATE evidence_opening SET value = 'Mary' WHERE value = 'Charles'")
    signing_key.unlink()
    assert verified()[0] == 1


def test_a_leaf_rewritten_with_its_hash_is_found_by_the_root(ada, unguarded):
    sealed(3, ada)
    sealed(1, ada, first=4)
    forged = bytes(Entry.objects.get(pk="tests.met:2").leaf).replace(b"York", b"Rome")
    run("UPDATE evidence_entry SET leaf = %s WHERE key = 'tests.met:2'", forged)
    run("UPDATE evidence_entry SET leaf_hash = %s WHERE key = 'tests.met:2'", leaves.hash_of(forged))
    code, out = verified()
    assert code == 1
    assert "checkpoint 1: its root is not that of the first 4 entries" in out
    assert "positions 0 to 3" in out


def test_a_removed_tail_is_found(ada, unguarded):
    sealed(3, ada)
    run("DELETE FROM evidence_logindex WHERE position = 3")
    code, out = verified()
    assert code == 1
    assert "it says 4 entries, and the log has 3" in out


def test_a_deleted_opening_needs_an_entry_that_says_so(ada, unguarded):
    sealed(1, ada)
    run("DELETE FROM evidence_opening WHERE field = 'whom'")
    code, out = verified()
    assert code == 1
    assert "entry 'tests.met:1' at position 1: the opening 'whom' is missing" in out


def test_an_erased_person_is_gone_and_the_log_is_good(ada):
    sealed(3, ada)
    grace = Person.objects.create_user("grace")
    erase(ada, ground="GDPR 17(1)(b)", by=grace, at=timezone.now())
    seal(at=timezone.now())
    code, out = verified()
    assert code == 0, out
    assert "8 openings erased" in out


MODELS = [*triggers.APPEND_ONLY, *triggers.ERASABLE]


def columns():
    """Each column of the log's tables, and whether it holds text."""
    for model in MODELS:
        for field in model._meta.local_concrete_fields:
            if field.column:
                kind = field.db_type(connection)
                yield model._meta.db_table, field.column, "char" in kind or "text" in kind


def some_rows(table):
    """The first and the last row, by where they lie."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {place}, * FROM {table}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return rows[:1] + rows[1:][-1:]


def put(table, column, value, place, *, is_text):
    """Write the value into a row, and return where the row lies then."""
    cast = "CAST(%s AS TEXT)" if is_text else "%s"
    if connection.vendor == "sqlite":
        run(f'UPDATE {table} SET "{column}" = {cast} WHERE rowid = %s', value, place)
        return place
    return run(f'UPDATE {table} SET "{column}" = {cast} WHERE ctid = %s::tid RETURNING ctid::text', value, place)[0][0]


def changes_of(value):
    """The value with one byte changed, in one place after another."""
    if isinstance(value, int):
        yield from (value ^ 1, value ^ 64, value + 256)
        return
    if not value:
        yield "x"
        return
    raw = value.encode() if isinstance(value, str) else bytes(value)
    for place, bit in [(0, 1), (len(raw) // 2, 128), (len(raw) - 1, 2)]:
        changed = raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1 :]
        if not isinstance(value, str) or connection.vendor == "sqlite":
            yield changed  # in SQLite, text need not even be UTF-8
        elif bit < 128 and b"\0" not in changed:
            yield changed.decode()


def names_of(table, row):
    """What a finding about this row may call it by."""
    if table == "evidence_checkpoint":
        return [f"checkpoint {row['number']}"]
    if table == "evidence_subtree":
        return [f"subtree {row['height']}/{row['number']}"]
    if table == "evidence_sampledentry":
        return [f"sample {row['sample_id']}", f"evidence.sample_drawn:{row['sample_id']}"]
    return [str(row.get("key") or row.get("entry_id") or row["token"])]


@pytest.fixture
def behind_djangos_back(transactional_db):
    triggers.remove(connection)
    is_sqlite = connection.vendor == "sqlite"
    run("PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica")
    yield
    run("PRAGMA foreign_keys = ON" if is_sqlite else "SET session_replication_role = DEFAULT")


def test_no_byte_of_any_column_can_change_unseen(behind_djangos_back):
    everything(Person.objects.create_user("ada", first_name="Ada", last_name="Byron"))
    assert verified()[0] == 0
    tried = set()
    for table, column, is_text in columns():
        for row in some_rows(table):
            place = next(iter(row.values()))
            for changed in changes_of(row[column]):
                try:
                    place = put(table, column, changed, place, is_text=is_text)
                except DatabaseError:  # a unique column: another row has this value
                    continue
                code, out = verified()
                told = (table, column, row[column], changed, out)
                assert code == 1, told
                assert any(name in out for name in names_of(table, row)), told
                place = put(table, column, row[column], place, is_text=is_text)
                tried.add((table, column))
    assert tried == {(table, column) for table, column, _ in columns()}
    assert verified()[0] == 0


def test_a_nul_at_the_end_of_a_salt_is_a_change(ada, unguarded):
    """HMAC fills a short key up with NULs, so the longer one opens the same commitment."""
    sealed(1, ada)
    salt = bytes(Opening.objects.get(entry="tests.met:1", field="whom").salt)
    run("UPDATE evidence_opening SET salt = %s WHERE entry_id = 'tests.met:1' AND field = 'whom'", salt + b"\0")
    code, out = verified()
    assert code == 1
    assert "entry 'tests.met:1' at position 1: the opening 'whom' does not open its commitment" in out


def test_a_moved_entry_is_not_drowned_by_those_after_it(ada, unguarded):
    sealed(80, ada)
    run("UPDATE evidence_logindex SET position = 4000 WHERE entry_id = 'tests.met:1'")
    code, out = verified()
    assert code == 1
    assert "entry 'tests.met:2' at position 2: position 1 is what follows" in out
    assert "entry 'tests.met:1' at position 4000" in out


def test_a_changed_erasure_is_named_beside_all_that_it_erased(ada, unguarded):
    sealed(60, ada)
    grace = Person.objects.create_user("grace")
    [told] = erase(ada, ground="GDPR 17(1)(b)", by=grace, at=timezone.now())
    seal(at=timezone.now())
    run("UPDATE evidence_listing SET kind = 'evidence.erasee' WHERE kind = 'evidence.erased'")
    code, out = verified()
    assert code == 1
    assert f"entry '{told.key}'" in out
    assert "more like these: the opening {field} is missing" in out


def a_log_with_a_subtree():
    sealed(256, Person.objects.create_user("ada", first_name="Ada", last_name="Byron"))


@pytest.fixture
def long_log(once):
    once(a_log_with_a_subtree)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite keeps anything in any column")
@pytest.mark.parametrize("value", ["10000000000000000", "3.5", "''", "x''", "'text'"])
@pytest.mark.parametrize("column", ["entry.leaf", "entry.leaf_hash", "opening.salt", "opening.value", "subtree.root"])
def test_what_is_of_another_type_is_a_change_and_no_crash(long_log, unguarded, column, value):
    table, name = column.split(".")
    run(f"UPDATE evidence_{table} SET {name} = {value} WHERE rowid = 2 OR '{table}' = 'subtree'")
    code, out = verified()
    assert code == 1
    assert (".met:1'" in out or "pseudonym_given" in out) or table == "subtree"


LEAF = {
    "app": "0.1.0",
    "at": "2026-03-02T12:00:00.000000Z",
    "by": None,
    "commitments": {},
    "corrects": None,
    "facts": {},
    "key": "tests.met:1",
    "kind": "tests.met",
    "recorded_at": "2026-03-02T12:00:00.000000Z",
    "subject": None,
}


@pytest.mark.parametrize("member", LEAF)
@pytest.mark.parametrize("value", [7, True, [], ["a"], {"a": []}, "g" * 64, "2026-02-30T12:00:00.000000Z", "\0"])
def test_a_forged_leaf_is_a_change_and_no_crash(ada, unguarded, member, value):
    sealed(1, ada)
    text = json.dumps(LEAF | {member: value}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    forged = leaves.PREFIX + text.encode()
    run("UPDATE evidence_entry SET leaf = %s, leaf_hash = %s WHERE key = 'tests.met:1'", forged, leaves.hash_of(forged))
    code, out = verified()
    assert code == 1
    assert "entry 'tests.met:1' at position 1" in out


def test_a_database_that_cannot_be_read_is_not_verified(db):
    run("ALTER TABLE evidence_opening RENAME TO evidence_opened")
    code, out = verified()
    assert code == 2
    assert "NOT VERIFIED  The database cannot be read" in out


@pytest.mark.parametrize("content", [None, b"garbage, and no database" * 1000])
def test_a_file_that_is_no_database_gets_a_sentence(tmp_path, content):
    if content:
        (tmp_path / "cairn.sqlite3").write_bytes(content)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    result = subprocess.run(
        [sys.executable, "manage.py", "verify_evidence"],
        cwd=settings.BASE_DIR,
        env={**environment, "CAIRN_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 2
    assert "The log could not be verified." in result.stdout
    assert "Traceback" not in result.stderr
