from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from knowledge.actions.make_edition import make_edition
from knowledge.models import Edition, Significance, TrainingImpact
from knowledge.refusals import PublicationRefused


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
    """Save the fields of `page` as a revision and publish it, dated `at`, which may lie in the past."""
    _check(page, at, training_impact, impact_reason, effective)
    page.change_summary, page.significance = change_summary, significance
    page.training_impact, page.impact_reason = training_impact, impact_reason
    page.go_live_at = page.effective_from = None
    revision = page.save_revision(user=author or by)
    publication = PublishPageRevisionAction(revision, user=by)
    # What the revision was made of a moment ago, so that it need not be read back.
    publication.object = page
    # Wagtail's signal would make the edition by its own clock, and finds it made.
    page.edition_made = make_edition(page, revision, by=by, at=at, effective=effective, author=author or by)
    page.first_published_at = page.first_published_at or at
    publication.execute(skip_permission_checks=True)
    page.last_published_at = at
    Page.objects.filter(pk=page.pk).update(last_published_at=at)
    return page.edition_made


def _check(page, at, training_impact, impact_reason, effective):
    last = page.editions.without_content().first()
    if last and at < last.published_at:
        raise PublicationRefused(f"“{page.title}” has an edition of a later date: {last.published_at:%-d %B %Y}.")
    if training_impact not in TrainingImpact.values:
        words = ", ".join(TrainingImpact.values)
        raise PublicationRefused(f"The training impact of “{page.title}” must be one of {words}.")
    if training_impact == TrainingImpact.NONE and not impact_reason:
        raise PublicationRefused(f"Say why nobody needs to read this change of “{page.title}”.")
    if effective and effective > timezone.localdate(at):
        raise PublicationRefused(
            f"“{page.title}” cannot be published today to hold from {effective:%-d %B %Y}: schedule it for that day."
        )
