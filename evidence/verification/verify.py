from collections.abc import Callable
from typing import Any

from evidence import leaves
from evidence.evidence_kinds import ERASED
from evidence.leaves import LeafUnreadable
from evidence.merkle import CompactRange
from evidence.notes import Verifier
from evidence.tree import TILE
from evidence.verification.entries import Entries, Erased
from evidence.verification.heads import Heads
from evidence.verification.report import Report, binary, shown
from evidence.verification.rows import (
    ERASURES,
    SEALED,
    SEALED_OPENINGS,
    UNSEALED,
    UNSEALED_OPENINGS,
    Grouped,
    snapshot,
    stream,
)
from evidence.verification.samples import check_samples

Progress = Callable[[int], None]


def verify(verifier: Verifier | None, progress: Progress = lambda checked: None) -> Report:
    """Check the whole log against the key that signed it. Without a key, all but the signatures is checked."""
    report = Report()
    with snapshot():
        entries = Entries(report, _erased())
        heads = Heads(report, verifier)
        _check_log(report, entries, heads, progress)
        _check_unsealed(report, entries)
        _check_pseudonyms(report, entries.given)
        _check_orphans(report)
        check_samples(report, entries.samples)
    return report


def _erased() -> Erased:
    """Leaf hash and field of all that entries say was erased."""
    erased: Erased = set()
    for (data,) in stream(ERASURES, ERASED.name):
        try:
            openings = leaves.parse(binary(data) or b"").facts["openings"]
            erased.update((leaf_hash, field) for leaf_hash, fields in openings.items() for field in fields)
        except (LeafUnreadable, TypeError, KeyError, AttributeError):
            continue  # the entry itself will be found
    return erased


def _check_log(report: Report, entries: Entries, heads: Heads, progress: Progress) -> None:
    tree = CompactRange()
    stored = {
        (height, number): root for height, number, root in stream("SELECT height, number, root FROM evidence_subtree")
    }
    openings = Grouped(stream(SEALED_OPENINGS))
    heads.compare(tree)
    follows: Any = 0
    for position, key, *columns in stream(SEALED):
        if position != follows:
            where = f"entry {shown(key)} at position {shown(position)}"
            report.found(where, "position {follows} is what follows", follows=shown(follows))
        follows = position + 1 if isinstance(position, int) else follows
        leaf_hash = entries.check(key, position, tuple(columns), openings.of(position))
        for width, root in tree.append(leaf_hash):
            _check_subtree(report, stored, tree.size - width, width, root)
        heads.compare(tree)
        if tree.size % 1000 == 0:
            progress(tree.size)
    for (height, number), _ in stored.items():
        report.found(f"subtree {shown(height)}/{shown(number)}", "the log has no such subtree")
    report.size = tree.size
    heads.finish(tree.size)
    progress(tree.size)


def _check_subtree(report: Report, stored: dict[Any, Any], start: int, width: int, root: bytes) -> None:
    height = 0
    while TILE ** (height + 1) <= width:
        height += 1
    if height and TILE**height == width:
        kept = stored.pop((height, start // width), None)
        if binary(kept) != root:
            where = f"subtree {height}/{start // width} (positions {start} to {start + width - 1})"
            report.found(where, "its stored root is missing or not that of its entries")


def _check_unsealed(report: Report, entries: Entries) -> None:
    openings = Grouped(stream(UNSEALED_OPENINGS))
    for whose, key, *columns in stream(UNSEALED):
        entries.check(key, None, tuple(columns), openings.of(whose))
        report.unsealed += 1
        if entries.lost:
            places = ", ".join(map(str, entries.lost))
            lost = "it has no place in the log, where places have no entry ({places})"
            report.found(f"entry {shown(key)}", lost, places=places)


def _check_pseudonyms(report: Report, given: dict[str, tuple[str, str | None]]) -> None:
    """A pseudonym is whose its own entry says it is, and is gone where that entry's person was erased."""
    for token, person in stream("SELECT token, person_id FROM evidence_pseudonym"):
        key, told = given.pop(token, (None, None))
        if key is None:
            report.found(f"pseudonym {shown(token)} of person {shown(person)}", "no entry says that it was given")
        elif told is None:
            report.found(f"entry {shown(key)}", "its person was erased, and the pseudonym is there")
        elif told != str(person):
            report.found(f"entry {shown(key)}", "its pseudonym is now another person's, {person}", person=shown(person))
    for token, (key, told) in given.items():
        if told is not None:
            report.found(f"entry {shown(key)}", "the pseudonym {token} that it tells of is missing", token=shown(token))


def _check_orphans(report: Report) -> None:
    for table, name in [("evidence_opening", "field"), ("evidence_listing", "kind")]:
        statement = (
            f"SELECT o.entry_id, o.{name} FROM {table} o "  # noqa: S608 - our own names
            "LEFT JOIN evidence_entry e ON e.key = o.entry_id WHERE e.key IS NULL"
        )
        for key, what in stream(statement):
            report.found(
                f"entry {shown(key)}", "there is no entry of this key, but something of it: {what}", what=shown(what)
            )
