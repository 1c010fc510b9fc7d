import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evidence import leaves, rows
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
    tokens = tokens_of([person for person in (subject, by) if person is not None], at=at)
    entry, _ = _append(
        declared,
        key=key,
        at=at,
        subject=tokens[subject.pk] if subject else None,
        by=tokens[by.pk] if by else None,
        facts=leaves.plain(dict(facts or {})),
        fields=leaves.fields_of(personal, values_of(facets, subject)),
        corrects=bytes(corrects.leaf_hash).hex() if corrects else None,
    )
    return entry


def values_of(facets: Facets, subject: AbstractBaseUser | None) -> dict[str, list[str]]:
    values = {name: [value] if isinstance(value, str) else list(value) for name, value in facets.items()}
    if subject is not None:
        others = [value for value in values.get(PERSON, []) if value != str(subject.pk)]
        values[PERSON] = [str(subject.pk), *others]
    return values


def tokens_of(people: Iterable[AbstractBaseUser], *, at: datetime) -> dict[Any, str]:
    """The pseudonyms of people, by primary key; those who have none are given one."""
    wanted = {person.pk: person for person in people}
    tokens = _known(wanted)
    if new := [person for pk, person in wanted.items() if pk not in tokens]:
        try:
            with transaction.atomic():
                _give_pseudonyms(new, at=at)
        except IntegrityError:  # another transaction has just given one of them theirs
            for person in new:
                if person.pk not in _known([person.pk]):
                    _give_pseudonyms([person], at=at)
        tokens |= _known([person.pk for person in new])
    return tokens


def _known(people: Iterable[Any]) -> dict[Any, str]:
    if not people:
        return {}
    return dict(Pseudonym.objects.filter(person__in=people).values_list("person_id", "token"))


def _give_pseudonyms(people: Sequence[AbstractBaseUser], *, at: datetime) -> None:
    recorded_at = timezone.now()
    pseudonyms = Pseudonym.objects.bulk_create(
        Pseudonym(person_id=person.pk, token=secrets.token_hex(16)) for person in people
    )
    insert(
        [
            written(
                PSEUDONYM_GIVEN,
                key=f"{PSEUDONYM_GIVEN.name}:{pseudonym.token}",
                at=at,
                recorded_at=recorded_at,
                subject=pseudonym.token,
                by=None,
                facts={},
                fields=leaves.fields_of({SUBJECT_NAME: str(person)}, {PERSON: [str(person.pk)]}),
                corrects=None,
            )
            for pseudonym, person in zip(pseudonyms, people, strict=True)
        ]
    )
    seal_soon(recorded_at)


def _append(kind: Kind, *, key: str, at: datetime, fields: dict[str, str], **told: Any) -> tuple[Entry, bool]:
    """What is told for the first time is not looked for: nearly everything is."""
    key, recorded_at = leaves.checked_key(key), timezone.now()  # the server's clock, beside the caller's `at`
    try:
        with transaction.atomic():
            entry = written(kind, key=key, at=at, recorded_at=recorded_at, fields=fields, **told)
            insert([entry])
    except IntegrityError:
        there = Entry.objects.filter(pk=key).first()
        if there is None:
            raise
        _must_say(there, fields, {"kind": kind.name, "at": leaves.time_text(at), **told})
        return there, False
    seal_soon(recorded_at)
    return entry.as_row(), True


@dataclass(frozen=True)
class Written:
    """An entry to be: its leaf, the values that it commits to, and their salts."""

    leaf: Leaf
    fields: dict[str, str]
    salts: dict[str, bytes]

    def as_row(self) -> Entry:
        """As it would be read back."""
        data = self.leaf.encode()
        return Entry.from_db(
            connection.alias, ["key", "leaf", "leaf_hash"], [self.leaf.key, data, leaves.hash_of(data)]
        )


def written(
    kind: Kind, *, key: str, at: datetime, recorded_at: datetime, fields: dict[str, str], **told: Any
) -> Written:
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
    return Written(leaf, fields, salts)


def insert(entries: Sequence[Written]) -> None:
    """In three statements, however many they are."""
    leaves_of = [(entry.leaf, entry.leaf.encode()) for entry in entries]
    rows.insert_rows(
        Entry, ("key", "leaf", "leaf_hash"), [(leaf.key, data, leaves.hash_of(data)) for leaf, data in leaves_of]
    )
    rows.insert_rows(
        Listing,
        ("entry_id", "kind", "subject", "by", "at", "recorded_at"),
        [(leaf.key, leaf.kind, leaf.subject or "", leaf.by or "", leaf.at, leaf.recorded_at) for leaf, _ in leaves_of],
    )
    rows.insert_rows(
        Opening,
        ("entry_id", "field", "value", "salt"),
        [
            (entry.leaf.key, field, value, entry.salts[field])
            for entry in entries
            for field, value in entry.fields.items()
        ],
    )


def seal_soon(recorded_at: datetime) -> None:
    enqueue("evidence.seal", {}, key="evidence.seal", at=recorded_at, not_before=recorded_at + SEAL_AFTER)


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
