import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from evidence import keys, notes, triggers
from evidence.leaves import time_text
from evidence.merkle import CompactRange
from evidence.models import Checkpoint, Listing, LogIndex, Subtree
from evidence.notes import Head, NoteInvalid, Signer
from evidence.sequencer import become_the_sequencer
from evidence.tree import TILE, Tree, TreeBroken

logger = logging.getLogger(__name__)

BATCH = 1000
DAILY = timedelta(days=1)


class SealRefused(RuntimeError):
    """The log is not what its last checkpoint says. Nothing more is signed until someone has found out why."""


def seal(*, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Give every entry that waits its place in the log and sign the log's head. Returns how many entries were sealed.

    Two that seal at once would give two entries one place: there is one sequencer.
    One checkpoint a batch, in one transaction with it; one a day where nothing was recorded.
    """
    if missing := triggers.missing(connection):
        logger.error("The database does not guard the log: %s triggers are missing, as %s.", len(missing), missing[0])
    sealed = 0
    while batch := _seal_batch(at):
        sealed += batch
        progress(sealed, sealed)
    return sealed


@transaction.atomic
def _seal_batch(at: datetime) -> int:
    become_the_sequencer()
    last = Checkpoint.objects.order_by("-number").first()
    head, signer = _head_and_signer(last)
    is_daily = head is not None and at - head.time >= DAILY
    waiting = _waiting(None if head is None or is_daily else head.time - DAILY)
    if not waiting and not is_daily:
        return 0
    tree = _tree_as_signed(head)
    _append(waiting, tree)
    number = last.number + 1 if last else 1
    signed = signer.sign(str(notes.head(signer.name, tree.size, tree.root(), number=number, time=at)))
    Checkpoint.objects.create(number=number, note=signed)
    return len(waiting)


def _head_and_signer(last: Checkpoint | None) -> tuple[Head | None, Signer]:
    if last is None:
        keys.make_key()  # a log that was never sealed has no key to lose
        return None, keys.signer()
    signer = keys.signer()
    try:
        notes.open_note(last.note, signer.verifier)
        head = notes.read_head(last.note)
        if head.number != last.number:
            raise NoteInvalid(f"it says that it is number {head.number}")
    except NoteInvalid as problem:
        raise SealRefused(
            f"Checkpoint {last.number} is not one that {settings.EVIDENCE_SIGNING_KEY} signed: {problem}. "
            "Nothing is sealed until this is explained; manage.py verify_evidence says more."
        ) from None
    return head, signer


def _waiting(since: datetime | None) -> list[tuple[str, bytes]]:
    """Keys and leaf hashes in the order of the log. The daily run looks at all, for what was long in committing."""
    unsealed = Listing.objects.unsealed()
    if since is not None:
        unsealed = unsealed.filter(recorded_at__gte=time_text(since))
    return list(unsealed.order_by("recorded_at", "entry").values_list("entry", "entry__leaf_hash")[:BATCH])


def _tree_as_signed(head: Head | None) -> CompactRange:
    size, root = (head.size, head.root) if head else (0, CompactRange().root())
    stored = LogIndex.objects.aggregate(last=Max("position"))["last"]
    stored = 0 if stored is None else stored + 1
    if stored != size:
        raise SealRefused(f"The log has {stored} entries, and its last checkpoint says {size}: nothing is sealed.")
    try:
        tree = Tree(size).compact()
    except TreeBroken as problem:
        raise SealRefused(f"{problem} Nothing is sealed.") from None
    if tree.root() != root:
        raise SealRefused(
            f"The first {size} entries of the log are not those that its last checkpoint signed: nothing is sealed. "
            "manage.py verify_evidence says which differ."
        )
    return tree


def _append(waiting: list[tuple[str, bytes]], tree: CompactRange) -> None:
    indexes, subtrees = [], []
    for key, leaf_hash in waiting:
        indexes.append(LogIndex(position=tree.size, entry_id=key))
        for width, root in tree.append(bytes(leaf_hash)):
            if (height := _height(width)) > 0:
                subtrees.append(Subtree(height=height, number=tree.size // width - 1, root=root))
    LogIndex.objects.bulk_create(indexes)
    Subtree.objects.bulk_create(subtrees)


def _height(width: int) -> int:
    """How many tiles high a full subtree of `width` leaves is; 0 where its root is not stored."""
    height, whole = 0, 1
    while whole < width:
        height, whole = height + 1, whole * TILE
    return height if whole == width else 0
