"""The bytes that an entry hashes. This format never changes; another would be named evidence/v2 and stand beside it.

    cairn/evidence/v1 LF
    {"app":…,"at":…,"by":…,"commitments":{…},"corrects":…,"facts":{…},"key":…,"kind":…,"recorded_at":…,"subject":…}

The second line is JSON in UTF-8 in one form only, that of RFC 8785: no spaces, keys in ASCII and sorted, no floats,
whole numbers smaller than 2**53 (so that every language reads the same), nothing escaped that need not be; and all ten
members are there.

app          the version of Cairn that wrote it
at           when it happened, as the writer says; recorded_at: when it was written, by the server's clock. Both UTC,
             2026-11-23T06:31:57.000000Z
by, subject  pseudonyms (32 hex digits) of who did it and of whom it is about, or null
commitments  {field: hex HMAC-SHA256(salt, field NUL value)}, each with a random salt of 32 bytes of its own. Which
             fields there were can be seen after the values are erased. Facets are named facet.<name>, the second and
             later values of one facet facet.<name>.2, facet.<name>.3 …
corrects     the leaf hash (hex) of the entry that this one corrects, or null
facts        what happened, without personal data
"""

import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from evidence import merkle

PREFIX = b"cairn/evidence/v1\n"
SALT_SIZE = 32
LARGEST_NUMBER = 2**53 - 1
_CANONICAL = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
FACET = "facet."
MOST_VALUES = 100

TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
KIND = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_FACT_NAME = re.compile(r"[ -~]*")
_KEY = re.compile(r"[ -~]{1,255}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELD = re.compile(r"[a-z][a-z0-9_]*|facet\.[a-z][a-z0-9_]*(\.([2-9]|[1-9][0-9]+))?")
_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")


class LeafRefused(ValueError):
    """What was to be recorded has no place in a leaf; the message says what and why."""


class LeafUnreadable(ValueError):
    """The bytes are no leaf of this format."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    app: str
    at: str
    by: str | None
    commitments: dict[str, str]
    corrects: str | None
    facts: dict[str, Any]
    key: str
    kind: str
    recorded_at: str
    subject: str | None

    def encode(self) -> bytes:
        return PREFIX + _CANONICAL.encode(vars(self)).encode()


def parse(data: bytes) -> Leaf:
    """Read a leaf, strictly: only the bytes that `encode` would write, and in each member what it may hold."""
    if not data.startswith(PREFIX):
        raise LeafUnreadable("it does not begin with cairn/evidence/v1")
    try:
        leaf = Leaf(**json.loads(data[len(PREFIX) :], parse_float=_no_float))
        canonical = leaf.encode() == data
        malformed = _malformed(leaf)
    except (ValueError, TypeError, RecursionError) as problem:
        raise LeafUnreadable(f"it is no JSON of this form ({type(problem).__name__})") from None
    if not canonical:
        raise LeafUnreadable("it is not written in the one canonical form")
    if malformed:
        raise LeafUnreadable(f"it holds what has no place in {' or '.join(malformed)}")
    return leaf


def _malformed(leaf: Leaf) -> list[str]:
    """The members that hold what was never written there. It raises where that has no form at all."""
    is_well_formed = {
        "app": isinstance(leaf.app, str),
        "at": _is_time(leaf.at),
        "by": leaf.by is None or _PSEUDONYM.fullmatch(leaf.by),
        "commitments": isinstance(leaf.commitments, dict)
        and all(_FIELD.fullmatch(field) and _HASH.fullmatch(each) for field, each in leaf.commitments.items()),
        "corrects": leaf.corrects is None or _HASH.fullmatch(leaf.corrects),
        "facts": isinstance(leaf.facts, dict) and plain(leaf.facts) == leaf.facts,
        "key": checked_key(leaf.key),
        "kind": KIND.fullmatch(leaf.kind),
        "recorded_at": _is_time(leaf.recorded_at),
        "subject": leaf.subject is None or _PSEUDONYM.fullmatch(leaf.subject),
    }
    return [member for member, good in is_well_formed.items() if not good]


def _is_time(text: str) -> bool:
    try:
        read_time(text)
    except LeafUnreadable:
        return False
    return True


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is not a whole number")


def hash_of(data: bytes) -> bytes:
    return merkle.leaf_hash(data)


def time_text(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise LeafRefused(f"A time in the log needs its time zone: {moment.isoformat()} has none.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_time(text: str) -> datetime:
    try:
        if TIME.fullmatch(text):
            return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    except ValueError:  # the 30th of February
        pass
    raise LeafUnreadable(f"{text!r} is no time of the log")


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_SIZE)


def commitment(salt: bytes, field: str, value: str) -> str:
    return hmac.digest(salt, field.encode() + b"\0" + value.encode(), "sha256").hex()


@lru_cache(maxsize=100)
def facet_fields(name: str) -> tuple[str, ...]:
    """The fields in which values of a facet may lie."""
    return (f"{FACET}{name}", *(f"{FACET}{name}.{number}" for number in range(2, MOST_VALUES + 1)))


def fields_of(personal: Mapping[str, str], facets: Mapping[str, list[str]]) -> dict[str, str]:
    """Name each value by the field that it is committed under."""
    fields = {_checked_name(name): _checked_value(name, value) for name, value in personal.items()}
    for name, values in facets.items():
        _checked_name(name)
        if len(values) > MOST_VALUES:
            raise LeafRefused(f"An entry can have {MOST_VALUES} values of the facet {name!r}, not {len(values)}.")
        for field, value in zip(facet_fields(name), values, strict=False):
            fields[field] = _checked_value(name, value)
    return fields


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise LeafRefused(f"{name!r} cannot be the name of a field: use a-z, 0-9 and _.")
    return name


def _checked_value(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise LeafRefused(f"The value of {name!r} must be text, not {type(value).__name__}.")
    return _checked_text(value)


def _checked_text(text: str) -> str:
    if "\0" in text:
        raise LeafRefused("Text in the log cannot hold a NUL character.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise LeafRefused("Text in the log must be valid Unicode.") from None
    return text


def checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise LeafRefused(f"A key is 1 to 255 printable characters of ASCII, not {key!r}.")
    return key


def plain(value: Any) -> Any:
    """Facts as the leaf has them: dates and times as text, tuples as lists; what has no one form is refused."""
    match value:
        case None | bool():
            return value
        case str():
            return _checked_text(value)
        case int():
            if abs(value) > LARGEST_NUMBER:
                raise LeafRefused(f"{value} is too large for a fact: write it as text.")
            return int(value)
        case datetime():
            return time_text(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [plain(each) for each in value]
        case dict():
            return {_checked_fact_name(name): plain(each) for name, each in value.items()}
    raise LeafRefused(
        f"A {type(value).__name__} has no one form in the log: write {value!r} as text or a whole number."
    )


def _checked_fact_name(name: object) -> str:
    if not isinstance(name, str) or not _FACT_NAME.fullmatch(name):
        raise LeafRefused(f"{name!r} cannot be the name of a fact: use ASCII.")
    return name
