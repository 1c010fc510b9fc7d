"""What the records of pages lead to here: other pages, pictures, documents; and who may read them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from knowledge.exchange.addressing import OURS, addresses_of, with_addresses, with_names
from knowledge.exchange.gathering import gather
from knowledge.exchange.records import Record
from knowledge.models import KnowledgePage

MODELS = {"image": get_image_model, "doc": get_document_model}


@dataclass(frozen=True)
class Stored:
    """A picture or a document of this house, by what its file holds."""

    kind: str
    title: str
    name: str
    sha256: str
    row: Any


@dataclass(frozen=True)
class Surroundings:
    """By address as texts write it: "page:7", "image:12". What is not there, or not for everyone, is left out."""

    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, Stored] = field(default_factory=dict)


def standing(pages: Sequence[KnowledgePage]) -> list[Record]:
    """Their records with who may read them. `pages` are live, and none stands behind a password."""
    readers = readers_of(pages)
    return [replace(record, readers=readers[page.pk]) for page, record in zip(pages, gather(pages), strict=True)]


def surroundings(records: Iterable[Record]) -> Surroundings:
    wanted: dict[str, set[int]] = {"page": set(), "image": set(), "doc": set()}
    for record in records:
        for address in addresses_of(record):
            if found := OURS.fullmatch(address):
                wanted[found[1]].add(int(found[2]))
    pages = Page.objects.filter(pk__in=wanted["page"]).values_list("pk", "translation_key")
    rows = [(kind, row) for kind in MODELS for row in for_everyone(kind, pk__in=wanted[kind])]
    return Surroundings(
        {f"page:{pk}": str(key) for pk, key in pages},
        {f"{kind}:{row.pk}": file for kind, row in rows if (file := stored(kind, row))},
    )


def by_ids(record: Record, around: Surroundings) -> Record:
    """The record with what it leads to named so that it means the same in every house: by id, and by hash."""

    def address(written: str) -> str | None:
        if written in around.pages:
            return f"page:{around.pages[written]}"
        file = around.files.get(written)
        return f"{file.kind}:{file.sha256}" if file else None

    return with_names(with_addresses(record, address), lambda number: record.ids.get(number))


def stored(kind: str, row: Any) -> Stored | None:
    try:
        with row.open_file() as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    return Stored(kind, row.title, row.filename, sha256, row)


def readers_of(pages: Sequence[Page]) -> dict[int, tuple[tuple[str, ...], ...]]:
    """By page, the groups of each restriction, of its own or of a page above: a reader must be in one of each."""
    found: dict[int, set[tuple[str, ...]]] = {page.pk: set() for page in pages}
    above = {path for page in pages for path in _above(page)}
    rows = PageViewRestriction.objects.filter(restriction_type="groups", page__path__in=above)
    for row in rows.select_related("page").prefetch_related("groups"):
        names = tuple(sorted(group.name for group in row.groups.all()))
        for page in pages:
            if page.path.startswith(row.page.path):
                found[page.pk].add(names)
    return {pk: tuple(sorted(names)) for pk, names in found.items()}


def behind_passwords() -> Q:
    """Pages that a password keeps, or that stand below one that it keeps."""
    closed = PageViewRestriction.objects.filter(restriction_type="password").values_list("page__path", flat=True)
    found = Q(pk__in=())
    for path in closed:
        found |= Q(path__startswith=path)
    return found


def _above(page: Page) -> list[str]:
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]


def for_everyone(kind: str, **which: Any) -> list[Any]:
    """Those pictures or documents that stand in no collection that is kept from some."""
    rows = MODELS[kind]().objects.filter(**which).select_related("collection").order_by("pk")
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return [row for row in rows if not closed or not row.collection.path.startswith(closed)]
