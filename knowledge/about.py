"""What a reader is told about a page, beside its text."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from wagtail.models import Revision

from knowledge.models import Edition, KnowledgePage, Process
from knowledge.permissions import visible_to


@dataclass(frozen=True)
class About:
    edition: Edition | None
    acknowledged_at: datetime | None
    # The edition that the reader acknowledged last, where it is an older one, with `changes` since.
    since: Edition | None
    experts: list
    processes: list
    tags: list[str]


def about(page, reader, *, is_preview=False) -> About:
    edition = Edition.objects.current().filter(page=page.pk).without_content().acknowledged_by(reader).first()
    # A preview shows what is not saved yet.
    processes = page.processes.all() if is_preview else _live(Process.objects.filter(linked_pages=page), reader)
    return About(
        edition=edition,
        acknowledged_at=edition.acknowledged_at if edition else None,
        since=_since(edition, reader),
        experts=list(page.experts.all()),
        processes=list(processes),
        tags=sorted(tag.name for tag in page.tags.all()),
    )


def _since(edition, reader):
    if edition is None or edition.acknowledged_at or edition.number == 1:
        return None
    editions = Edition.objects.filter(page=edition.page_id, number__lte=edition.number).without_content()
    changes: list[Edition] = []
    for one in editions.acknowledged_by(reader).order_by("-number"):
        if one.acknowledged_at:
            one.changes = changes[::-1]
            return one
        changes.append(one)
    return None


@dataclass(frozen=True)
class ToCome:
    """An edition that was approved and holds from a day to come."""

    number: int
    day: date


def to_come(page) -> ToCome | None:
    waiting = Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
    at = waiting.order_by("approved_go_live_at").values_list("approved_go_live_at", flat=True).first()
    if at is None:
        return None
    last = page.editions.aggregate(last=Max("number"))["last"] or 0
    return ToCome(last + 1, timezone.localdate(at))


def newest_editions(reader, *, count) -> list[Edition]:
    pages = _live(KnowledgePage.objects.all(), reader)
    editions = Edition.objects.current().filter(page__in=pages).without_content()
    return list(editions.select_related("page__content_type").order_by("-published_at", "-pk")[:count])


def _live(pages, reader):
    return visible_to(pages.live(), reader)
