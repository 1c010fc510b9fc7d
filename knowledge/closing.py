"""Through which changes a lesson may be closed."""

import re

from django.db.models import Q

from knowledge.models import Edition, KnowledgePage, LessonLearned, LessonState
from knowledge.permissions import visible_to

OFFERED = 20
NUMBER = re.compile(r"([A-Z]+-\d+)(?:\D+(\d{1,6}))?", re.IGNORECASE)


def closes_since(lesson):
    """When it was first published, or last reopened: what was changed before did not settle it. None: never."""
    reopened = lesson.steps_taken.filter(state=LessonState.REOPENED).order_by("-at", "-pk").first()
    if reopened:
        return reopened.at
    first = Edition.objects.without_content().filter(page=lesson.pk).order_by("number").first()
    return first.published_at if first else None


def is_a_lesson(edition) -> bool:
    return LessonLearned.objects.filter(pk=edition.page_id).exists()


def changes_offered(lesson, reader) -> list[Edition]:
    """The newest editions that may have closed it: of its processes, and of pages on them."""
    processes = list(lesson.processes.values_list("pk", flat=True))
    on_them = Q(page__processes__in=processes) | Q(page__in=processes)
    since = closes_since(lesson)
    if since is None:
        return []
    editions = _editions(reader).filter(on_them, page__lessonlearned=None, published_at__gt=since).distinct()
    return list(editions.order_by("-published_at", "-pk")[:OFFERED])


def change_by_number(words, reader) -> Edition | None:
    """What "BRF-0007" or "BRF-0007 edition 2" names: without an edition, the newest."""
    match = NUMBER.fullmatch(words.strip())
    if match is None:
        return None
    editions = _editions(reader).filter(page__number__iexact=match[1])
    if match[2]:
        editions = editions.filter(number=int(match[2]))
    return editions.order_by("-number").first()


def _editions(reader):
    pages = visible_to(KnowledgePage.objects.all(), reader)
    return Edition.objects.without_content().filter(page__in=pages).select_related("page")
