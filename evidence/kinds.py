"""The kinds of entry. A room declares those that it writes, in a module named evidence_kinds.py.

    register(
        Kind(
            "people.role_granted",
            words="{subject} was given the role {role} from {since}",
            facets=("department", "role"),
            link=to("people:person", "person"),
            links=(to_each("knowledge:edition", "edition_id", of="editions", words="Edition {edition} of “{title}”"),),
        )
    )

`link` goes to what the entry is about, `links` to the exact texts that it rests on. `words` may name a fact, a facet,
a personal field, and {subject} and {by}. The facet `person` is every kind's: who the entry is about. A personal field
may be erased at any time, and then reads "erased"; `subject_name`, if a kind has it, is how the subject is called from
then on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from evidence.leaves import KIND

Values = Mapping[str, Any]
Link = Callable[[Values], str | None]
Links = Callable[[Values], list[tuple[str, str]]]

SUBJECT_NAME = "subject_name"
PERSON = "person"
LONGEST_KIND = 60


class KindRefused(ValueError):
    """An entry of a kind, or with a field, that no room has declared."""


@dataclass(frozen=True)
class Kind:
    name: str
    words: str
    title: str = ""  # in filters; made of the name where there is none
    personal: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    link: Link | None = None
    links: tuple[Links, ...] = ()
    # Whether what is personal in it is kept from a reader for the moment, given the facts.
    withholds: Callable[[Any, Values], bool] | None = None

    def __str__(self) -> str:
        return self.title or self.name.replace(".", ": ", 1).replace("_", " ")


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    if not KIND.fullmatch(kind.name) or len(kind.name) > LONGEST_KIND:
        raise ValueError(f"{kind.name!r} is no name of a kind: it is room.what_happened, in a-z, 0-9 and _.")
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"Two rooms declare entries of kind {kind.name!r}.")
    return kind


def kind_of(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise KindRefused(f"No room declares entries of kind {name!r}: register it in evidence_kinds.py.") from None


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=str)


def check_fields(kind: Kind, personal: Values, facets: Values) -> None:
    """Refuse a field that the kind does not declare: what is personal must be known before it is written."""
    undeclared = [f"personal field {field!r}" for field in personal if field not in kind.personal]
    undeclared += [f"facet {field!r}" for field in facets if field not in (*kind.facets, PERSON)]
    if undeclared:
        raise KindRefused(f"Entries of kind {kind.name!r} declare no {' and no '.join(undeclared)}.")


def to(url_name: str, *names: str) -> Link:
    """A link to a page, whose arguments are the values of these names."""

    def link(values: Values) -> str | None:
        try:
            arguments = [values[name] for name in names]
            return None if None in arguments else reverse(url_name, args=arguments)
        except (KeyError, TypeError, NoReverseMatch):  # erased, or an entry of a room that is no more
            return None

    return link


def to_each(url_name: str, *names: str, words: str, of: str = "") -> Links:
    """Links to the pages of what the fact `of` holds, one or many, or else of what the entry says.

    `words` may name what always stands there, and no facet: that can be erased.
    """
    link = to(url_name, *names)

    def links(values: Values) -> list[tuple[str, str]]:
        told: Any = values.get(of) if of else values
        found = [(each, link(each)) for each in (told if isinstance(told, list) else [told])]
        return [(words.format_map(each), url) for each, url in found if url]

    return links
