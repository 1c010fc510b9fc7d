"""Signed notes and the checkpoints in them, as C2SP has them (signed-note, tlog-checkpoint). Pure: it reads no file.

A checkpoint's note is five lines, an empty line and one signature:

    cairn.example.org/log
    1204
    <root hash, base64>
    number 17
    time 2026-11-23T06:31:57.000000Z

    — cairn.example.org/log <base64 of the key id and an Ed25519 signature>
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence import ed25519, leaves, merkle

ED25519 = b"\x01"
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) (\S+)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


class NoteInvalid(ValueError):
    """The note is not what its signer signed, or not of this form."""


class KeyUnreadable(ValueError):
    """The text is no verifier key."""


@dataclass(frozen=True)
class Verifier:
    """Who signs, and how to tell: written name+key id+key, the verifier key of the signed-note format."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self.key)}"


@dataclass(frozen=True)
class Signer:
    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        signature = self.key.sign(text.encode())
        return f"{text}\n— {self.name} {_base64(self.verifier.key_id + signature)}\n"


@dataclass(frozen=True)
class Head:
    """What a checkpoint says of the log: so many entries, with this root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [self.origin, str(self.size), _base64(self.root), *self.extensions]
        return "".join(f"{line}\n" for line in lines)

    @property
    def number(self) -> int:
        return int(self._extension(0, "number ", _NUMBER))

    @property
    def time(self) -> datetime:
        return leaves.read_time(self._extension(1, "time ", leaves.TIME))

    def _extension(self, place: int, word: str, form: re.Pattern[str]) -> str:
        line = self.extensions[place] if len(self.extensions) == 2 else ""
        if not line.startswith(word) or not form.fullmatch(line[len(word) :]):
            raise NoteInvalid(f"its line {word.strip()!r} is missing or malformed")
        return line[len(word) :]


def head(origin: str, size: int, root: bytes, *, number: int, time: datetime) -> Head:
    return Head(origin, size, root, (f"number {number}", f"time {leaves.time_text(time)}"))


def read_verifier(text: str) -> Verifier:
    name, _, rest = text.strip().partition("+")
    key_id, _, key = rest.partition("+")
    try:
        raw = _bytes(key)
    except NoteInvalid:
        raw = b""
    verifier = Verifier(name, raw[1:])
    if not name or raw[:1] != ED25519 or not ed25519.is_good_key(raw[1:]) or verifier.key_id.hex() != key_id:
        raise KeyUnreadable(f"{text!r} is no verifier key: name+key id+base64 of an Ed25519 key.")
    return verifier


def open_note(note: str, verifier: Verifier) -> str:
    """The text of the note, if this verifier's signature stands under it. Signatures by others are passed over."""
    text, signatures = _parts(note)
    theirs = [signature for name, signature in signatures if (name, signature[:4]) == (verifier.name, verifier.key_id)]
    if not theirs:
        raise NoteInvalid(f"it has no signature by {verifier}")
    if not ed25519.is_signed(verifier.key, theirs[0][4:], text.encode()):
        raise NoteInvalid(f"the signature is not {verifier.name}'s over this text")
    return text


def read_head(note: str) -> Head:
    """What the note says, whoever signed it."""
    text, _ = _parts(note)
    origin, size, root, *extensions = [*text.split("\n")[:-1], "", "", ""][: max(3, text.count("\n"))]
    if not origin or not _NUMBER.fullmatch(size) or not all(extensions):
        raise NoteInvalid("it is no checkpoint")
    read = Head(origin, int(size), _bytes(root), tuple(extensions))
    if len(read.root) != merkle.HASH_SIZE:
        raise NoteInvalid("its root is not 32 bytes long")
    return read


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, gap, below = note.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise NoteInvalid("it is no signed note")
    if any(ord(character) < 32 and character != "\n" for character in note):
        raise NoteInvalid("it holds a control character")
    signatures = []
    for line in below[:-1].split("\n"):
        match = _SIGNATURE_LINE.fullmatch(line)
        if not match:
            raise NoteInvalid("a signature line is malformed")
        signatures.append((match[1], _bytes(match[2])))
    return text + "\n", signatures


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    """Base64 in its one canonical form: else a byte could be changed that changes nothing."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteInvalid("it holds malformed base64") from None
    if _base64(data) != text:
        raise NoteInvalid("it holds base64 in another than the canonical form")
    return data
