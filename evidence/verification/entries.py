"""One entry: its leaf, its hash, what is listed of it, and what opens its commitments."""

from datetime import datetime, timedelta
from typing import Any

from evidence import leaves
from evidence.evidence_kinds import PSEUDONYM_GIVEN, SAMPLE_DRAWN
from evidence.kinds import PERSON
from evidence.leaves import FACET, Leaf, LeafUnreadable
from evidence.models import Entry
from evidence.verification.report import Report, binary, shown

# A transaction that was long in committing is sealed after those that overtook it.
TOLERANCE = timedelta(hours=1)

Erased = set[tuple[str, str]]


class Entries:
    """Checks each entry as it comes by, and remembers what later checks need."""

    def __init__(self, report: Report, erased: Erased) -> None:
        self.report = report
        self.erased = erased
        self.given: dict[str, tuple[str, str | None]] = {}  # pseudonym: its entry's key, the person or None if erased
        self.samples: dict[Any, str] = {}  # by number, the key of the entry that tells of it
        self.lost: list[int] = []  # places that have no entry
        self._latest: datetime | None = None

    def check(self, key: Any, position: int | None, columns: tuple[Any, ...], openings: list[tuple[Any, ...]]) -> bytes:
        """Returns the hash of the leaf as it is now."""
        where = f"entry {shown(key)} " + ("(not yet sealed)" if position is None else f"at position {position}")
        stored, stored_hash, *listed = columns
        if stored is None:
            self.report.found(where, "there is no entry of this key")
            if position is not None:
                self.lost.append(position)
            return bytes(32)
        data = binary(stored) or b""
        leaf_hash = leaves.hash_of(data)
        if binary(stored_hash) != leaf_hash:
            self.report.found(where, "its leaf does not have the leaf hash that is stored with it")
        try:
            leaf = leaves.parse(data)
        except LeafUnreadable as problem:
            self.report.found(where, "its leaf cannot be read: {problem}", problem=problem)
            return leaf_hash
        self._check_columns(where, key, leaf, listed)
        self._check_openings(where, leaf, leaf_hash.hex(), openings)
        self._check_time(where, leaf, is_sealed=position is not None)
        self._check_correction(where, leaf)
        return leaf_hash

    def _check_columns(self, where: str, key: Any, leaf: Leaf, listed: list[Any]) -> None:
        if leaf.key != key:
            self.report.found(where, "its leaf has another key, {key}", key=shown(leaf.key))
        if listed != [leaf.kind, leaf.subject or "", leaf.by or "", leaf.at, leaf.recorded_at]:
            self.report.found(where, "its listing does not say what its leaf says")

    def _check_openings(self, where: str, leaf: Leaf, leaf_hash: str, openings: list[tuple[Any, ...]]) -> None:
        values: dict[Any, Any] = {}
        for field, value, salt in openings:
            values[field] = value
            if field not in leaf.commitments:
                self.report.found(
                    where, "it has an opening {field} that its leaf does not commit to", field=shown(field)
                )
            elif not _opens(leaf.commitments[field], field, value, salt):
                self.report.found(where, "the opening {field} does not open its commitment", field=shown(field))
            if (leaf_hash, field) in self.erased:
                self.report.found(where, "the opening {field} was erased, and is there", field=shown(field))
        for field in leaf.commitments.keys() - values.keys():
            if (leaf_hash, field) in self.erased:
                self.report.erased += 1
            else:
                missing = "the opening {field} is missing, and no entry says that it was erased"
                self.report.found(where, missing, field=shown(field))
        if leaf.kind == PSEUDONYM_GIVEN.name and leaf.subject:
            self.given[leaf.subject] = (leaf.key, values.get(FACET + PERSON))
        if leaf.kind == SAMPLE_DRAWN.name:
            self.samples[str(leaf.facts.get("number"))] = leaf.key

    def _check_time(self, where: str, leaf: Leaf, *, is_sealed: bool) -> None:
        if not is_sealed:
            return
        recorded_at = leaves.read_time(leaf.recorded_at)
        if self._latest and recorded_at < self._latest - TOLERANCE:
            before = self._latest - recorded_at
            self.report.found(where, "it was recorded {before} before one that precedes it", before=before)
        self._latest = max(recorded_at, self._latest or recorded_at)

    def _check_correction(self, where: str, leaf: Leaf) -> None:
        if leaf.corrects and not Entry.objects.filter(leaf_hash=bytes.fromhex(leaf.corrects)).exists():
            self.report.found(where, "the entry that it corrects, {entry}, is not there", entry=leaf.corrects)


def _opens(commitment: str, field: str, value: Any, salt: Any) -> bool:
    salt = binary(salt)
    if salt is None or len(salt) != leaves.SALT_SIZE or not isinstance(value, str):  # HMAC ends a shorter key with NULs
        return False
    try:
        return leaves.commitment(salt, field, value) == commitment
    except UnicodeEncodeError:
        return False
