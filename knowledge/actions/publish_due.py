import logging

from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def publish_due(*, at) -> int:
    """Publish what is scheduled to go live by `at`, and unpublish what has expired: each in a transaction of its own.

    One that fails stands in nobody's way, stays scheduled, and is counted in the result.
    """
    failed = 0
    for page in list(Page.objects.live().filter(expire_at__lte=at).order_by("expire_at").specific()):
        failed += not _done(f"unpublishing {page}", _expire, page)
    for revision in list(Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at")):
        failed += not _done(f"publishing {revision}", _publish, revision)
    return failed


def _done(what, act, target) -> bool:
    try:
        with transaction.atomic(), LogContext():
            act(target)
    except Exception:
        logger.exception("On schedule, %s failed; it is tried again.", what)
        return False
    return True


def _expire(page):
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision):
    revision.publish(log_action="wagtail.publish.scheduled")
