"""Which pages a text names: by `page:12`, by their address, or by their number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from knowledge.models import KnowledgePage

BY_ID = re.compile(r"\bpage:(\d{1,9})\b")
BY_ADDRESS = re.compile(r"/(processes|briefs|decisions|lessons)/([\w-]+)/?", re.UNICODE)
BY_NUMBER = re.compile(r"\b(?:PRO|BRF|DEC|LES)-\d{4,}\b")


@dataclass(frozen=True)
class Named:
    ids: frozenset[int]
    addresses: frozenset[tuple[str, str]]
    numbers: frozenset[str]

    def __bool__(self):
        return bool(self.ids or self.addresses or self.numbers)


def named_in(texts: Iterable[str]) -> Named:
    text = "\n".join(texts)
    return Named(
        frozenset(map(int, BY_ID.findall(text))),
        frozenset(BY_ADDRESS.findall(text)),
        frozenset(BY_NUMBER.findall(text)),
    )


def texts_of(value) -> list[str]:
    """The strings in a part of a frozen copy, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = value.values()
    return [text for inner in value for text in texts_of(inner)] if isinstance(value, Iterable) else []


def cited_by(page, parts) -> set[int]:
    """The ids of the pages that the text of `page`, as the parts of its copy, names: in one query or none."""
    # What a field of its own says ("supersedes", "part of") is no citation.
    named = named_in(
        text for part in parts if part["kind"] not in ("page", "pages") for text in texts_of(part["value"])
    )
    if not named:
        return set()
    slugs = [slug for _, slug in named.addresses]
    found = KnowledgePage.objects.filter(Q(pk__in=named.ids) | Q(number__in=named.numbers) | Q(slug__in=slugs))
    return {
        pk
        for pk, number, url_path in found.exclude(pk=page.pk).values_list("pk", "number", "url_path")
        if pk in named.ids or number in named.numbers or tuple(url_path.split("/")[-3:-1]) in named.addresses
    }
