from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from evidence.actions.record import record
from evidence.evidence_kinds import ERASED
from evidence.kinds import PERSON
from evidence.leaves import facet_fields, time_text
from evidence.models import Entry, Listing, Opening, Pseudonym

# Erasing much is told in several entries, so that no leaf grows without bound.
ENTRIES_A_LEAF = 500


class EraseRefused(ValueError):
    """Nothing was erased; the message says why."""


@transaction.atomic
def erase(what: Entry | AbstractBaseUser, *, ground: str, by: AbstractBaseUser, at: datetime) -> list[Entry]:
    """Delete what opens an entry's commitments, or all that are about a person, and then their pseudonym too.

    `by` approved it, on this legal ground (a text without personal data). Returns the entries that tell of it.
    """
    if not ground.strip():
        raise EraseRefused("Say on which legal ground the data are erased.")
    if isinstance(what, Entry):
        return _erase(Opening.objects.filter(entry=what), None, ground=ground, by=by, at=at)
    if what.pk == by.pk:
        raise EraseRefused("Nobody approves the erasure of their own records.")
    pseudonym = Pseudonym.objects.filter(person_id=what.pk).first()
    if pseudonym is None:
        raise EraseRefused(f"{what} is not in the log.")
    about = Listing.objects.filter(subject=pseudonym.token).values("entry")
    named = Opening.objects.filter(field__in=facet_fields(PERSON), value=str(what.pk))
    return _erase(Opening.objects.filter(entry__in=about) | named, pseudonym, ground=ground, by=by, at=at)


def _erase(
    openings: QuerySet[Opening], pseudonym: Pseudonym | None, *, ground: str, by: AbstractBaseUser, at: datetime
) -> list[Entry]:
    fields: dict[str, list[str]] = {}
    for leaf_hash, field in openings.values_list("entry__leaf_hash", "field").order_by("entry", "field"):
        fields.setdefault(bytes(leaf_hash).hex(), []).append(field)
    if not fields:
        raise EraseRefused("There is nothing to erase.")
    hashes = list(fields)
    told = []
    for start in range(0, len(hashes), ENTRIES_A_LEAF):
        batch = hashes[start : start + ENTRIES_A_LEAF]
        facts = {
            "openings": {leaf_hash: fields[leaf_hash] for leaf_hash in batch},
            "pseudonym": pseudonym.token if pseudonym else None,
            "ground": ground,
        }
        # What was erased is there again only after a backup was restored: then it is erased at another time.
        key = f"{ERASED.name}:{batch[0]}:{time_text(at)}"
        told.append(record(ERASED.name, by=by, at=at, key=key, facts=facts))
    openings.delete()
    if pseudonym:
        pseudonym.delete()
    return told
