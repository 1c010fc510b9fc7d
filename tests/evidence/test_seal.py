import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evidence import keys, merkle, notes
from evidence.actions import SealRefused, seal
from evidence.keys import KeyMissing
from evidence.models import Checkpoint, Entry, LogIndex, Subtree
from evidence.tree import Tree
from jobs.actions import run_waiting
from tests.evidence.conftest import met, sealed

pytestmark = pytest.mark.databases


def heads():
    return [notes.read_head(note) for note in Checkpoint.objects.order_by("number").values_list("note", flat=True)]


def leaf_hashes():
    return [bytes(each) for each in LogIndex.objects.order_by("position").values_list("entry__leaf_hash", flat=True)]


def test_sealing_gives_places_without_a_gap_and_signs_the_root(ada):
    sealed(5, ada)
    assert list(LogIndex.objects.order_by("position").values_list("position", flat=True)) == list(range(6))
    [head] = heads()
    assert (head.number, head.size, head.root) == (1, 6, merkle.root_of(leaf_hashes()))
    notes.open_note(Checkpoint.objects.get().note, keys.signer().verifier)


def test_entries_stand_in_the_order_in_which_they_were_recorded(ada):
    sealed(12, ada)
    keys_in_log = list(LogIndex.objects.order_by("position").values_list("entry", flat=True))
    assert keys_in_log[1:] == [f"tests.met:{number}" for number in range(1, 13)]


def test_sealing_twice_changes_nothing(ada):
    sealed(3, ada)
    assert seal(at=timezone.now()) == 0
    assert (LogIndex.objects.count(), Checkpoint.objects.count()) == (4, 1)


def test_each_head_continues_the_one_before(ada):
    for first in (1, 4, 5, 300):
        sealed(first % 7 + 1, ada, first=first)
    read = heads()
    assert [head.number for head in read] == [1, 2, 3, 4]
    tree = Tree(read[-1].size)
    for head in read[:-1]:
        merkle.verify_consistency(head.size, tree.size, tree.consistency(head.size), head.root, read[-1].root)


def test_a_day_without_an_entry_has_its_checkpoint(ada):
    sealed(1, ada)
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    assert seal(at=tomorrow) == 0
    assert [head.size for head in heads()] == [2, 2]
    seal(at=tomorrow + timedelta(hours=23))
    assert len(heads()) == 2


def test_a_log_without_an_entry_has_no_checkpoint(db):
    seal(at=timezone.now())
    assert not Checkpoint.objects.exists()


def test_large_logs_are_sealed_in_batches_and_proved_from_few_tiles(db, django_assert_max_num_queries):
    hashes = [merkle.leaf_hash(str(number).encode()) for number in range(1500)]
    Entry.objects.bulk_create(
        Entry(key=f"{number:05}", leaf=str(number).encode(), leaf_hash=each) for number, each in enumerate(hashes)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO evidence_listing (entry_id, kind, subject, "by", "at", recorded_at) '
            "SELECT key, '', '', '', '', '2026-03-02T12:00:00.000000Z' FROM evidence_entry"
        )
    assert seal(at=datetime(2026, 3, 2, 12, tzinfo=UTC)) == 1500
    assert [head.size for head in heads()] == [1000, 1500]
    assert heads()[-1].root == merkle.root_of(hashes)
    assert Subtree.objects.count() == 5
    for position in (0, 255, 256, 1279, 1280, 1499):
        with django_assert_max_num_queries(4):
            proof = Tree(1500).inclusion(position)
        merkle.verify_inclusion(hashes[position], position, 1500, proof, heads()[-1].root)


def test_the_key_is_made_once_and_for_its_user_alone(ada, signing_key):
    assert not signing_key.exists()
    sealed(1, ada)
    assert stat.S_IMODE(signing_key.stat().st_mode) == 0o600
    first = signing_key.read_bytes()
    keys.make_key()
    assert signing_key.read_bytes() == first


def test_a_lost_key_is_not_replaced_in_silence(ada, signing_key):
    sealed(1, ada)
    signing_key.unlink()
    met(ada, 2)
    with pytest.raises(KeyMissing, match="not at"):
        seal(at=timezone.now())
    assert not signing_key.exists()


def test_another_key_does_not_continue_the_log(ada, signing_key):
    sealed(1, ada)
    signing_key.unlink()
    keys.make_key()
    met(ada, 2)
    with pytest.raises(SealRefused, match="is not one that"):
        seal(at=timezone.now())


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE evidence_entry SET leaf_hash = 'another' WHERE key = 'tests.met:1'",
        "DELETE FROM evidence_logindex WHERE position = 3",
        "DELETE FROM evidence_checkpoint WHERE number = 2",
        "UPDATE evidence_checkpoint SET note = REPLACE(note, 'number 2', 'number 3')",
    ],
)
def test_nothing_is_signed_on_top_of_a_log_that_was_altered(ada, unguarded, tampering):
    sealed(1, ada)
    sealed(2, ada, first=2)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    met(ada, 9)
    before = Checkpoint.objects.count()
    with pytest.raises(SealRefused):
        seal(at=timezone.now())
    assert Checkpoint.objects.count() == before


def test_a_missing_guard_is_told_when_the_log_is_sealed(ada, unguarded, caplog):
    sealed(1, ada)
    assert "does not guard the log" in caplog.text


def test_the_job_that_recording_leaves_behind_seals(ada):
    met(ada)
    run_waiting(timezone.now() + timedelta(minutes=1))
    assert LogIndex.objects.count() == 2
