from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evidence import leaves, notes
from evidence.evidence_kinds import ERASED
from evidence.leaves import FACET, Leaf, LeafUnreadable
from evidence.models import Checkpoint, Entry, Listing
from evidence.notes import NoteInvalid
from evidence.permissions import may_see_entry, may_see_every_entry, may_see_room
from evidence.tree import Tree, TreeBroken
from evidence.words import ERASED_VALUE, WITHHELD_VALUE, kind_named, lines_of, readable


@require_safe
@never_cache
def entry(request, key):
    listing = Listing.objects.select_related("entry__index").filter(pk=key).first()
    if listing is None and may_see_every_entry(request.user):
        raise Http404
    # Anyone else gets the same answer whether there is no such entry or it is none of their business.
    if listing is None or not may_see_entry(request.user, listing):
        raise PermissionDenied
    [line] = lines_of([listing])
    try:
        leaf = leaves.parse(bytes(listing.entry.leaf))
    except LeafUnreadable:
        return render(request, "evidence/altered.html", {"line": line})
    return render(
        request,
        "evidence/entry.html",
        {
            "line": line,
            "leaf": leaf,
            "recorded_at": leaves.read_time(leaf.recorded_at),
            "leaf_hash": bytes(listing.entry.leaf_hash).hex(),
            "leaf_text": bytes(listing.entry.leaf).decode(),
            "facts": _facts(leaf),
            "openings": _openings(listing.entry, leaf, request.user),
            "corrected": _entry_of_hash(leaf.corrects),
            "proof": _proof(line.position),
            "may_see_room": may_see_room(request.user),
        },
    )


def _facts(leaf: Leaf):
    if leaf.kind == ERASED.name:
        return [("Legal ground", leaf.facts["ground"]), ("Entries concerned", str(len(leaf.facts["openings"])))]
    return [(name.replace("_", " ").capitalize(), readable(value)) for name, value in leaf.facts.items()]


def _openings(entry: Entry, leaf: Leaf, reader):
    """Each committed field with its value, or the word that it was erased."""
    kind = kind_named(leaf.kind)
    withheld = kind.personal if kind.withholds and kind.withholds(reader, leaf.facts) else ()
    opened = dict(entry.openings.values_list("field", "value")) | dict.fromkeys(withheld, WITHHELD_VALUE)
    return [
        (field.removeprefix(FACET).replace("_", " ").replace(".", " ").capitalize(), opened.get(field, ERASED_VALUE))
        for field in sorted(leaf.commitments)
        if field != "facet.person"
    ]


def _entry_of_hash(leaf_hash: str | None):
    return Entry.objects.filter(leaf_hash=bytes.fromhex(leaf_hash)).first() if leaf_hash else None


def _proof(position: int | None):
    """The last checkpoint, and the hashes that lead from this leaf to its root."""
    checkpoint = Checkpoint.objects.order_by("-number").first()
    if position is None or checkpoint is None:
        return None
    try:
        head = notes.read_head(checkpoint.note)
        hashes = [each.hex() for each in Tree(head.size).inclusion(position)]
    except (NoteInvalid, TreeBroken, ValueError) as problem:
        return {"problem": str(problem)}
    return {"checkpoint": checkpoint, "head": head, "root": head.root.hex(), "hashes": hashes}
