from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published, published

from knowledge.actions.make_edition import make_edition
from knowledge.models import Edition, PageTag, Significance, TrainingImpact
from knowledge.one_page import refuse_overlong
from knowledge.refusals import OwnChangeRefused, PublicationRefused

RELATED: dict[str, str | Prefetch] = {
    "processes": "processes",
    "deputies": "deputies",
    "experts": "experts",
    "tagged_items": Prefetch("tagged_items", PageTag.objects.select_related("tag")),
}


@transaction.atomic
def publish(
    page,
    *,
    by,
    at,
    change_summary,
    training_impact,
    impact_reason="",
    significance=Significance.MAJOR,
    effective=None,
    author=None,
) -> Edition:
    """Publish the fields of `page` as they are in hand, dated `at`, which may lie in the past.

    `author` is who wrote the change, and by four eyes not `by`. Without one it was written elsewhere, and `by` brings
    it in: an import, a restored record.
    """
    _check(page, at, training_impact, impact_reason, effective)
    if author is not None:
        refuse_overlong(page)
    if author is not None and author == by and page.asks_four_eyes():
        raise OwnChangeRefused(page)
    page.change_summary, page.significance = change_summary, significance
    page.training_impact, page.impact_reason = training_impact, impact_reason
    page.go_live_at = page.effective_from = None
    page.full_clean()
    _read_related(page)
    revision = _revise(page, author or by)
    edition = make_edition(page, revision, by=by, at=at, effective=effective, author=author or by, four_eyes=False)
    # Wagtail's signal would make the edition by its own clock, and finds it made.
    page.edition_made = edition
    _put_live(page, revision, by=by, at=at)
    vars(page).pop("_prefetched_objects_cache", None)  # from here on it may change
    return edition


def _check(page, at, training_impact, impact_reason, effective):
    if training_impact not in TrainingImpact.values:
        words = ", ".join(TrainingImpact.values)
        raise PublicationRefused(f"The training impact of “{page.title}” must be one of {words}.")
    if training_impact == TrainingImpact.NONE and not impact_reason:
        raise PublicationRefused(f"Say why nobody needs to read this change of “{page.title}”.")
    if effective and effective > timezone.localdate(at):
        raise PublicationRefused(
            f"“{page.title}” cannot be published today to hold from {effective:%-d %B %Y}: schedule it for that day."
        )


def _read_related(page):
    """What the revision and the edition both hold, once; what is set and not saved yet is in hand anyway."""
    in_hand = getattr(page, "_cluster_related_objects", {})
    prefetch_related_objects([page], *(related for name, related in RELATED.items() if name not in in_hand))


def _revise(page, author):
    """A revision as save_revision would make it, of a page whose row is about to be saved anyway."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=author,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.draft_title, page.latest_revision_created_at = page.title, revision.created_at
    page.latest_revision = page.live_revision = revision
    return revision


def _put_live(page, revision, *, by, at):
    """What Wagtail's own action does for a page whose latest revision is published (a test compares the two).

    That one reads back everything that was just written, and saves the page twice: double the queries.
    """
    page.first_published_at, page.last_published_at = page.first_published_at or at, at
    page.live, page.expired, page.has_unpublished_changes = True, False, False
    page.save(clean=False)
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    page_published.send(type(page), instance=page, revision=revision)
    published.send(type(page), instance=page, revision=revision)
    if workflow := page.current_workflow_state:
        workflow.cancel(user=by)
    log(page, "wagtail.publish", user=by, revision=revision, content_changed=True)
