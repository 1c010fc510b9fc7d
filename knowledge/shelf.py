"""What stands in a section, as a reader looks through it."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from wagtail.models import Page

from knowledge.lessons import NEW, STATES
from knowledge.models import (
    DecisionRecord,
    DecisionStatus,
    Edition,
    KnowledgePage,
    LessonLearned,
    LessonStep,
    PageTag,
    Process,
)
from knowledge.permissions import visible_to
from knowledge.supersession import of_status

PAGE_LENGTH = 30
# Names stand one a line; those that were imported, in a row.
BETWEEN_NAMES = re.compile(r"[\n,;]")
# An empty word in the address is no choice.
STATES_IN_ADDRESS = {state or "new": state for state in STATES}
STATUSES = {
    "decisions": DecisionStatus.choices,
    "lessons": [(word, STATES[state]) for word, state in STATES_IN_ADDRESS.items()],
}


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen, as it stands in the address; an empty string is no choice."""

    process: str = ""
    tag: str = ""
    status: str = ""
    maker: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Shelf:
    pages: PaginatorPage
    chosen: Filters
    processes: list
    tags: list[str]
    statuses: list[tuple[str, str]]
    makers: list[str]

    @property
    def is_filtered(self):
        return self.chosen != Filters()


def shelf(section, reader, chosen: Filters, *, page_number) -> Shelf:
    standing = visible_to(KnowledgePage.objects.live().child_of(section), reader)
    decided_by = _decided_by(standing) if section.slug == DecisionRecord.shelf else {}
    listed = Paginator(_chosen(standing, chosen, decided_by).with_kinds().order_by("number"), PAGE_LENGTH).get_page(
        page_number
    )
    listed.object_list = [page.as_kind for page in listed.object_list]
    editions = Edition.objects.without_content().current_for([page.pk for page in listed.object_list])
    states = LessonStep.objects.states_of(list(editions)) if section.slug == "lessons" else {}
    for page in listed.object_list:
        page.edition = editions.get(page.pk)
        if isinstance(page, LessonLearned):
            page.state = states.get(page.pk, NEW)
    return Shelf(
        pages=listed,
        chosen=chosen,
        processes=list(visible_to(Process.objects.live(), reader).filter(linked_pages__in=standing).distinct()),
        tags=list(_tags(standing)),
        statuses=STATUSES.get(section.slug, []),
        makers=sorted(decided_by, key=str.casefold),
    )


def others_on(section, reader) -> list[Page]:
    """What stands there of other rooms: courses."""
    pages = Page.objects.live().child_of(section).not_type(KnowledgePage).order_by("title")
    return list(visible_to(pages, reader).specific())


def _decided_by(pages) -> dict[str, list[int]]:
    """The ids of the decisions that each named decision-maker took part in."""
    found: dict[str, list[int]] = {}
    for pk, names in pages.values_list("pk", "decisionrecord__decision_makers"):
        for name in {" ".join(name.split()) for name in BETWEEN_NAMES.split(names or "")} - {""}:
            found.setdefault(name, []).append(pk)
    return found


def _chosen(pages, chosen, decided_by):
    if chosen.process:
        pages = pages.filter(processes__slug=chosen.process)
    if chosen.tag:
        pages = pages.filter(tags__name=chosen.tag)
    if chosen.status in STATES_IN_ADDRESS:
        pages = pages.filter(pk__in=LessonLearned.objects.in_state(STATES_IN_ADDRESS[chosen.status]))
    if chosen.status in DecisionStatus.values:
        pages = of_status(pages, chosen.status)
    if chosen.maker:
        pages = pages.filter(pk__in=decided_by.get(chosen.maker, []))
    if since := _day(chosen.since):
        pages = pages.filter(decisionrecord__decided_on__gte=since)
    if until := _day(chosen.until):
        pages = pages.filter(decisionrecord__decided_on__lte=until)
    return pages


def _day(text) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tags(pages):
    tagged = PageTag.objects.filter(content_object__in=pages)
    return tagged.values_list("tag__name", flat=True).distinct().order_by("tag__name")
