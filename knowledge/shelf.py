"""What stands in a section, as a reader looks through it."""

from dataclasses import dataclass

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from wagtail.models import Page

from knowledge.lessons import NEW, STATES
from knowledge.models import DecisionStatus, Edition, KnowledgePage, LessonLearned, LessonStep, PageTag, Process
from knowledge.permissions import visible_to

PAGE_LENGTH = 30
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


@dataclass(frozen=True)
class Shelf:
    pages: PaginatorPage
    chosen: Filters
    processes: list
    tags: list[str]
    statuses: list[tuple[str, str]]

    @property
    def is_filtered(self):
        return self.chosen != Filters()


def shelf(section, reader, chosen: Filters, *, page_number) -> Shelf:
    standing = visible_to(KnowledgePage.objects.live().child_of(section), reader)
    listed = Paginator(_chosen(standing, chosen).with_kinds().order_by("number"), PAGE_LENGTH).get_page(page_number)
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
    )


def others_on(section, reader) -> list[Page]:
    """What stands there of other rooms: courses."""
    pages = Page.objects.live().child_of(section).not_type(KnowledgePage).order_by("title")
    return list(visible_to(pages, reader).specific())


def _chosen(pages, chosen):
    if chosen.process:
        pages = pages.filter(processes__slug=chosen.process)
    if chosen.tag:
        pages = pages.filter(tags__name=chosen.tag)
    if chosen.status in STATES_IN_ADDRESS:
        pages = pages.filter(pk__in=LessonLearned.objects.in_state(STATES_IN_ADDRESS[chosen.status]))
    if chosen.status in DecisionStatus.values:
        pages = pages.filter(decisionrecord__status=chosen.status)
    return pages


def _tags(pages):
    tagged = PageTag.objects.filter(content_object__in=pages)
    return tagged.values_list("tag__name", flat=True).distinct().order_by("tag__name")
