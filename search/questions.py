"""What a search for pages found, in a number of queries that does not grow with it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from modelsearch.backends import get_search_backend
from modelsearch.utils import parse_query_string
from taggit.managers import TaggableManager
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet

from search.engine.analysis import analysis_for
from search.engine.documents import own_texts
from search.snippets import marked, snippet
from search.suggestions import corrected

A_PAGE = 10
# Fewer pages than this with all the words, and those with some of them follow.
ENOUGH = 5


@dataclass(frozen=True)
class Kind:
    """A type of page among the results."""

    label: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Result:
    page: Page
    kind: str
    title: SafeString
    snippet: SafeString
    tags: Sequence[str]


@dataclass(frozen=True)
class Found:
    count: int
    exact: int
    chosen: bool
    kinds: Sequence[Kind]
    sheet: Sheet
    results: Sequence[Result]


def find(text: str, pages: PageQuerySet, *, kind: str = "", number: Any = 1) -> Found:
    query: Any = parse_query_string(text, operator="and")[1] if '"' in text else text
    operator: str | None = "and"
    everything = pages.search(query, operator=operator)
    exact = everything.count()
    if exact < ENOUGH:
        operator = None
        everything = pages.search(query, operator=operator)
    types = _page_types()
    counts = everything.facet("content_type_id")
    chosen = next((pk for pk in counts if pk in types and types[pk]._meta.label_lower == kind), None)
    kinds = [
        Kind(model._meta.label_lower, capfirst(model._meta.verbose_name_plural), counts[pk], pk == chosen)
        for pk, model in types.items()
        if pk in counts
    ]
    if chosen is not None:
        pages = pages.filter(content_type_id=chosen)
    sheet = Paginator(pages.specific().search(query, operator=operator), A_PAGE).get_page(number)
    return Found(everything.count(), exact, chosen is not None, kinds, sheet, _results(list(sheet.object_list), text))


def suggestion(text: str, pages: PageQuerySet) -> str | None:
    """The text with its words corrected, if that finds a page that this person may see."""
    backend = get_search_backend()
    if not hasattr(backend, "words_of_titles"):
        return None
    better = corrected(text, backend.words_of_titles())
    if better and pages.search(better, operator="and").count():
        return better
    return None


def _page_types() -> dict[int, type[Page]]:
    types = ContentType.objects.get_for_models(*get_page_models())
    return {content_type.pk: model for model, content_type in types.items()}


def _results(pages: list[Page], text: str) -> list[Result]:
    analysis = analysis_for(getattr(get_search_backend(), "language", "en"))
    tags = _tags_of(pages)
    return [
        Result(
            page=page,
            kind=capfirst(page._meta.verbose_name),
            title=marked(page.title, text, analysis),
            snippet=snippet(own_texts(page, besides=("title", "number")), text, analysis),
            tags=tags[page.pk],
        )
        for page in pages
    ]


def _tags_of(pages: list[Page]) -> dict[int, list[str]]:
    """Read through the tables that join tags and pages: one query for each such table."""
    tagged = defaultdict(list)
    for page in pages:
        for field in page._meta.many_to_many:
            if isinstance(field, TaggableManager):
                tagged[field.remote_field.through].append(page.pk)
    tags = defaultdict(list)
    for through, pks in tagged.items():
        items = through.objects.filter(content_object__in=pks).order_by("tag__name")
        for pk, name in items.values_list("content_object_id", "tag__name"):
            tags[pk].append(name)
    return tags
