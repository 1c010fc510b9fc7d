"""Notes and checkpoints, against a log that was not written here (transparency-dev/tessera)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from evidence import merkle, notes
from evidence.notes import KeyUnreadable, NoteInvalid, Signer

TESSERA = Path(settings.BASE_DIR).parent / "shared" / "vectors" / "tessera-testdata-log"
needs_tessera = pytest.mark.skipif(not TESSERA.is_dir(), reason=f"the public vectors are not at {TESSERA}")

SIGNER = Signer("cairn.test/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
TIME = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOTE = SIGNER.sign(str(notes.head("cairn.test/log", 3, merkle.leaf_hash(b""), number=7, time=TIME)))


@needs_tessera
@pytest.mark.parametrize("size", range(16))
def test_the_checkpoints_of_another_log_are_read_and_verified(size):
    verifier = notes.read_verifier((TESSERA / "public-key.txt").read_text())
    note = (TESSERA / "testdata" / "log" / f"checkpoint.{size}").read_text()
    text = notes.open_note(note, verifier)
    head = notes.read_head(note)
    assert str(head) == text
    assert (head.origin, head.size) == (verifier.name, size)
    tile = TESSERA / "testdata" / "log" / "tile" / "0" / "000.p" / str(size)
    stored = tile.read_bytes() if size else b""
    assert merkle.root_of(stored[start : start + 32] for start in range(0, len(stored), 32)) == head.root


@needs_tessera
def test_a_verifier_key_is_written_as_others_write_it():
    text = (TESSERA / "public-key.txt").read_text().strip()
    assert str(notes.read_verifier(text)) == text


def test_a_checkpoint_is_read_back_as_it_was_signed():
    assert notes.open_note(NOTE, SIGNER.verifier) == str(notes.read_head(NOTE))
    head = notes.read_head(NOTE)
    assert (head.number, head.time, head.size, head.root) == (7, TIME, 3, merkle.leaf_hash(b""))


def accepted(note):
    try:
        notes.open_note(note, SIGNER.verifier)
        return str(notes.read_head(note)) and notes.read_head(note).number
    except NoteInvalid:
        return False


@given(st.integers(0, len(NOTE) - 1), st.characters(max_codepoint=0x2100, exclude_categories=["Cs"]))
def test_no_character_of_a_note_can_change(place, character):
    changed = NOTE[:place] + character + NOTE[place + 1 :]
    assert accepted(changed) == (7 if changed == NOTE else False)


@pytest.mark.parametrize("note", ["", "\n\n", NOTE[:-1], NOTE + "\n", NOTE + "x\n", NOTE.replace("\n\n", "\n")])
def test_what_is_no_note_is_refused(note):
    assert accepted(note) is False


def test_signatures_of_others_are_passed_over():
    other = Signer("witness.test", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    text = notes.open_note(NOTE, SIGNER.verifier)
    theirs = other.sign(text).rpartition("\n\n")[2]
    assert notes.open_note(NOTE + theirs, SIGNER.verifier) == text
    with pytest.raises(NoteInvalid, match="no signature by"):
        notes.open_note(NOTE, other.verifier)


@pytest.mark.parametrize(
    "text", ["", "name", "name+00000000+AAAA", str(SIGNER.verifier)[:-1], str(SIGNER.verifier).replace("test", "tent")]
)
def test_what_is_no_verifier_key_is_refused(text):
    with pytest.raises(KeyUnreadable, match="no verifier key"):
        notes.read_verifier(text)


@pytest.mark.parametrize(
    "lines", [(), ("number 1",), ("number 01", "time x"), ("number 1", "time yesterday"), ("n", "t")]
)
def test_a_checkpoint_of_cairn_says_its_number_and_time(lines):
    head = notes.Head("origin", 1, bytes(32), lines)
    with pytest.raises(NoteInvalid, match="missing or malformed"):
        print(head.number, head.time)
