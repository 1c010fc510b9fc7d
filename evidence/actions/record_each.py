from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence import leaves
from evidence.actions.record import Written, insert, record, seal_soon, tokens_of, values_of, written
from evidence.kinds import Kind, check_fields, kind_of

AT_ONCE = 1000


@dataclass(frozen=True)
class Telling:
    """One entry of many; its fields are the arguments of `record`."""

    key: str
    subject: AbstractBaseUser
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def record_each(kind: str, tellings: Sequence[Telling], *, by: AbstractBaseUser | None, at: datetime) -> None:
    """As `record`, for many entries of a kind: so many statements a thousand, not so many each, where all are new."""
    declared = kind_of(kind)
    for start in range(0, len(tellings), AT_ONCE):
        some = tellings[start : start + AT_ONCE]
        try:
            with transaction.atomic():
                _insert(declared, some, by=by, at=at)
            continue
        except IntegrityError:  # one of these keys is in the log already
            pass
        for one in some:
            record(
                kind,
                by=by,
                at=at,
                key=one.key,
                subject=one.subject,
                facts=one.facts,
                personal=one.personal,
                facets=one.facets,
            )


def _insert(kind: Kind, tellings: Sequence[Telling], *, by: AbstractBaseUser | None, at: datetime) -> None:
    if not tellings:
        return
    recorded_at = timezone.now()
    tokens = tokens_of([*(one.subject for one in tellings), *([by] if by else [])], at=at)
    insert([_written(kind, one, tokens, by=by, at=at, recorded_at=recorded_at) for one in tellings])
    seal_soon(recorded_at)


def _written(kind: Kind, one: Telling, tokens: Mapping[Any, str], *, by, at, recorded_at) -> Written:
    check_fields(kind, one.personal, one.facets)
    return written(
        kind,
        key=leaves.checked_key(one.key),
        at=at,
        recorded_at=recorded_at,
        subject=tokens[one.subject.pk],
        by=tokens[by.pk] if by else None,
        facts=leaves.plain(dict(one.facts)),
        fields=leaves.fields_of(one.personal, values_of(one.facets, one.subject)),
        corrects=None,
    )
