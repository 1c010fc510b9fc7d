"""Entries in words. Names come from openings: whoever was erased is someone, and stays in the log."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats

from evidence import leaves
from evidence.kinds import PERSON, SUBJECT_NAME, Kind, KindRefused, kind_of
from evidence.leaves import FACET, Leaf, LeafUnreadable
from evidence.models import Listing, Opening

HOUSE = "Cairn"
ERASED_PERSON = "someone erased"
ERASED_VALUE = "(erased)"
WITHHELD_VALUE = "(not shown for now)"
ALTERED = "This entry can no longer be read: its bytes were changed"


@dataclass(frozen=True)
class Line:
    key: str
    kind: str
    words: str
    by: str
    at: datetime | None
    position: int | None
    url: str | None
    texts: list[tuple[str, str]]  # words and address of each exact text that it rests on


class _Told(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ERASED_VALUE


def lines_of(listings: Iterable[Listing]) -> list[Line]:
    """In three queries, whatever their number; listings come with their entry and its index."""
    listings = list(listings)
    openings = values_of([listing.entry_id for listing in listings])
    names = names_of({token for listing in listings for token in (listing.subject, listing.by) if token})
    return [_line(listing, openings[listing.entry_id], names) for listing in listings]


def values_of(keys: list[str]) -> dict[str, dict[str, list[str]]]:
    """By entry: each field's values that are still open; those of one facet together, under its name."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    opened = Opening.objects.filter(entry__in=keys).order_by("entry", "field").values_list("entry_id", "field", "value")
    for key, field, value in opened:
        values[key][name_of(field)].append(value)
    return values


def name_of(field: str) -> str:
    """The name of a personal field or facet, without its place among several values."""
    return field.removeprefix(FACET).partition(".")[0]


def names_of(tokens: Iterable[str]) -> dict[str, str]:
    """The last name under which each pseudonym was entered, as far as it was not erased."""
    named = Opening.objects.filter(field=SUBJECT_NAME, entry__listing__subject__in=list(tokens))
    return dict(named.order_by("entry__listing__recorded_at").values_list("entry__listing__subject", "value"))


def _line(listing: Listing, opened: dict[str, list[str]], names: dict[str, str]) -> Line:
    index = getattr(listing.entry, "index", None)
    try:
        leaf = leaves.parse(bytes(listing.entry.leaf))
    except LeafUnreadable:
        return Line(listing.entry_id, "Altered", ALTERED, "", None, index.position if index else None, None, [])
    by = names.get(leaf.by, ERASED_PERSON) if leaf.by else HOUSE
    kind = kind_named(leaf.kind)
    raw = _raw(leaf, opened)
    told = {name: readable(value) for name, value in raw.items()}
    told |= {"subject": names.get(leaf.subject or "", ERASED_PERSON), "by": by}
    return Line(
        key=leaf.key,
        kind=str(kind),
        words=kind.words.format_map(_Told(told)),
        by=by,
        at=leaves.read_time(leaf.at),
        position=index.position if index else None,
        url=kind.link(raw) if kind.link else None,
        texts=[text for links in kind.links for text in links(raw)],
    )


def kind_named(name: str) -> Kind:
    try:
        return kind_of(name)
    except KindRefused:  # the log outlives the room that wrote it
        return Kind(name, words="An entry of the kind " + name)


def _raw(leaf: Leaf, opened: dict[str, list[str]]) -> dict[str, Any]:
    """Facts, and over them what is or was opened: where a fact has an id, the facet of its name has the word for it."""
    values: dict[str, Any] = {name: values[0] if len(values) == 1 else values for name, values in opened.items()}
    if isinstance(values.get(PERSON), list):
        values[PERSON] = values[PERSON][0]  # the subject comes first
    erased = {name_of(field) for field in leaf.commitments} - values.keys()
    return {name: value for name, value in leaf.facts.items() if name not in erased} | values


def readable(value: Any) -> str:
    """A fact as a reader likes to see it: dates as dates, lists as lists."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(readable, value)) or "none"
        case dict():
            return ", ".join(f"{name.replace('_', ' ')} {readable(each)}" for name, each in value.items())
        case str():
            return _as_date(value) or value
    return str(value)


def _as_date(text: str) -> str:
    try:
        if len(text) == 10:
            return formats.date_format(date.fromisoformat(text), "j F Y")
        return formats.date_format(leaves.read_time(text), "j F Y, H:i") if len(text) == 27 else ""
    except ValueError:
        return ""
