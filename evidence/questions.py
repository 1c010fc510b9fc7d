"""What is asked of the log by its pages, and by higher rooms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from evidence import notes, triggers
from evidence.kinds import PERSON
from evidence.leaves import facet_fields
from evidence.models import Checkpoint, Entry, Listing, LogIndex, Opening
from evidence.notes import NoteInvalid
from evidence.words import Line, lines_of

# A person's page shows this many, newest first.
RECENT = 50


def entries_about(person: AbstractBaseUser, *, most: int = RECENT) -> list[Line]:
    about = Opening.objects.filter(field__in=facet_fields(PERSON), value=str(person.pk)).values("entry")
    listings = Listing.objects.filter(entry__in=about).order_by("-recorded_at", "-entry")
    return lines_of(listings.select_related("entry__index")[:most])


@dataclass(frozen=True)
class LogState:
    """How the log stands: what is sealed, what waits, and what is amiss."""

    size: int
    unsealed: int
    checkpoint: int | None
    signed_at: datetime | None
    root: str
    problems: list[str]


def log_state() -> LogState:
    checkpoint = Checkpoint.objects.order_by("-number").first()
    size, entries = LogIndex.objects.count(), Entry.objects.count()
    problems = [f"The database does not guard the log: {name} is missing." for name in triggers.missing(connection)]
    told: dict[str, Any] = {"checkpoint": None, "signed_at": None, "root": ""}
    if checkpoint is not None:
        try:
            head = notes.read_head(checkpoint.note)
            told = {"checkpoint": checkpoint.number, "signed_at": head.time, "root": head.root.hex()}
            if head.size != size:
                problems.append(f"The log has {size} entries, and its last checkpoint says {head.size}.")
        except NoteInvalid as problem:
            problems.append(f"Checkpoint {checkpoint.number} cannot be read: {problem}.")
    return LogState(size=size, unsealed=entries - size, problems=problems, **told)


def last_checkpoint() -> notes.Head | None:
    """What the latest checkpoint says of the log; None where there is none that can be read."""
    checkpoint = Checkpoint.objects.order_by("-number").first()
    try:
        return notes.read_head(checkpoint.note) if checkpoint else None
    except NoteInvalid:
        return None


def facet_values(names: list[str]) -> dict[str, list[str]]:
    """The values of these facets that entries have."""
    fields = {field: name for name in names for field in facet_fields(name)}
    found: dict[str, set[str]] = {name: set() for name in names}
    for field, value in Opening.objects.filter(field__in=fields).values_list("field", "value").distinct():
        found[fields[field]].add(value)
    return {name: sorted(values) for name, values in found.items()}
