import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence import leaves
from evidence.evidence_kinds import PSEUDONYM_GIVEN
from evidence.kinds import PERSON, SUBJECT_NAME, Kind, check_fields, kind_of
from evidence.leaves import Leaf
from evidence.models import Entry, Listing, Opening, Pseudonym
from evidence.version import app_version
from jobs.actions import enqueue

# One seal for all that is recorded in this time; the sweep finds the job once it is over.
SEAL_AFTER = timedelta(seconds=10)

Facets = Mapping[str, str | Sequence[str]]


class RecordRefused(ValueError):
    """The entry contradicts one that is in the log already."""


@transaction.atomic(savepoint=False)
def record(
    kind: str,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    key: str,
    subject: AbstractBaseUser | None = None,
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
    facets: Facets | None = None,
    corrects: Entry | None = None,
) -> Entry:
    """Append an entry, in the caller's transaction: if it is refused, what it tells of has not happened.

    `key` names the fact: recorded again, it is the entry that is there, and with other content it is refused. `facts`
    hold no personal data; a facet may have several values.
    """
    declared = kind_of(kind)
    personal, facets = dict(personal or {}), dict(facets or {})
    check_fields(declared, personal, facets)
    tokens = _tokens_of([person for person in (subject, by) if person is not None], at=at)
    entry, _ = _append(
        declared,
        key=key,
        at=at,
        subject=tokens[subject.pk] if subject else None,
        by=tokens[by.pk] if by else None,
        facts=leaves.plain(dict(facts or {})),
        fields=leaves.fields_of(personal, _values(facets, subject)),
        corrects=bytes(corrects.leaf_hash).hex() if corrects else None,
    )
    return entry


def _values(facets: Facets, subject: AbstractBaseUser | None) -> dict[str, list[str]]:
    values = {name: [value] if isinstance(value, str) else list(value) for name, value in facets.items()}
    if subject is not None:
        others = [value for value in values.get(PERSON, []) if value != str(subject.pk)]
        values[PERSON] = [str(subject.pk), *others]
    return values


def _tokens_of(people: list[AbstractBaseUser], *, at: datetime) -> dict[Any, str]:
    """The pseudonyms of people, by primary key; one that has none is given one."""
    if not people:
        return {}
    known = Pseudonym.objects.filter(person__in=[person.pk for person in people])
    tokens = {pseudonym.person_id: pseudonym.token for pseudonym in known}
    for person in people:
        if person.pk not in tokens:
            tokens[person.pk] = _give_pseudonym(person, at=at)
    return tokens


def _give_pseudonym(person: AbstractBaseUser, *, at: datetime) -> str:
    pseudonym, created = Pseudonym.objects.get_or_create(person_id=person.pk, defaults={"token": secrets.token_hex(16)})
    if created:
        _append(
            PSEUDONYM_GIVEN,
            key=f"{PSEUDONYM_GIVEN.name}:{pseudonym.token}",
            at=at,
            subject=pseudonym.token,
            by=None,
            facts={},
            fields=leaves.fields_of({SUBJECT_NAME: str(person)}, {PERSON: [str(person.pk)]}),
            corrects=None,
        )
    return pseudonym.token


def _append(kind: Kind, *, key: str, at: datetime, fields: dict[str, str], **told: Any) -> tuple[Entry, bool]:
    there = Entry.objects.filter(pk=leaves.checked_key(key)).first()
    if there is None:
        recorded_at = timezone.now()  # like auto_now_add: the server's clock, beside the caller's `at`
        salts = {field: leaves.new_salt() for field in fields}
        leaf = Leaf(
            kind=kind.name,
            key=key,
            at=leaves.time_text(at),
            recorded_at=leaves.time_text(recorded_at),
            app=app_version(),
            commitments={field: leaves.commitment(salts[field], field, value) for field, value in fields.items()},
            **told,
        )
        try:
            with transaction.atomic():
                entry = _insert(leaf, fields, salts)
        except IntegrityError:  # someone else's transaction has just recorded this key
            there = Entry.objects.filter(pk=key).first()
            if there is None:
                raise
        else:
            enqueue("evidence.seal", {}, key="evidence.seal", at=recorded_at, not_before=recorded_at + SEAL_AFTER)
            return entry, True
    _must_say(there, fields, {"kind": kind.name, "at": leaves.time_text(at), **told})
    return there, False


def _insert(leaf: Leaf, fields: dict[str, str], salts: dict[str, bytes]) -> Entry:
    data = leaf.encode()
    entry = Entry.objects.create(key=leaf.key, leaf=data, leaf_hash=leaves.hash_of(data))
    Listing.objects.create(
        entry=entry,
        kind=leaf.kind,
        subject=leaf.subject or "",
        by=leaf.by or "",
        at=leaf.at,
        recorded_at=leaf.recorded_at,
    )
    Opening.objects.bulk_create(
        Opening(entry=entry, field=field, value=value, salt=salts[field]) for field, value in fields.items()
    )
    return entry


def _must_say(entry: Entry, fields: dict[str, str], told: dict[str, Any]) -> None:
    """Refuse a second telling of a key that differs from the first; what has been erased cannot differ."""
    leaf = leaves.parse(bytes(entry.leaf))
    differing = [name for name, value in told.items() if getattr(leaf, name) != value]
    if set(leaf.commitments) != set(fields):
        differing.append("fields")
    for opening in entry.openings.all():
        if fields.get(opening.field, opening.value) != opening.value:
            differing.append(opening.field)
    if differing:
        raise RecordRefused(
            f"The entry {entry.key!r} is in the log already and says something else ({', '.join(sorted(differing))}). "
            "Correct it by a new entry under a key of its own."
        )
