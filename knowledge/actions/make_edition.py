from django.db import transaction
from django.utils import timezone

from evidence.actions import record
from knowledge.actions.end_edition import close
from knowledge.facets import facets_of, facts_of
from knowledge.freezing import frozen_copy
from knowledge.models import Approval, Edition, KnowledgePage, Significance, TrainingImpact
from knowledge.models.editing import CHANGE_FIELDS
from knowledge.signals import edition_published


@transaction.atomic
def make_edition(page, revision, *, by, at, effective=None, author=None) -> Edition:
    """The edition of a page that is being published. Every way to publish ends here; a second call finds the first's.

    `by` is who let it be published; where that was written down beforehand (an Approval), it is that person.
    """
    KnowledgePage.objects.select_for_update().filter(pk=page.pk).values("pk").first()
    content, sha256 = frozen_copy(page)
    last = page.editions.without_content().first()
    if last and last.ended_at is None:
        if (last.revision_id, last.sha256) == (revision.pk, sha256):
            _blank_change(page)
            return last
        close(last, at=at)
    edition = Edition.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        title=page.title,
        content=content,
        sha256=sha256,
        author=author or revision.user,
        approver=_approver(revision) or by,
        effective=effective or timezone.localdate(at),
        published_at=at,
        revision_id=revision.pk,
        **_change(page, is_first=last is None),
    )
    _blank_change(page)
    _record(edition, page, at=at)
    edition_published.send(Edition, edition=edition, by=edition.approver, at=at)
    return edition


def _approver(revision):
    approval = Approval.objects.select_related("approver").filter(revision_id=revision.pk).first()
    return approval.approver if approval else None


def _change(page, *, is_first):
    """What the writer said of it. Where nobody was asked (a copy, a bulk action, code), readers are to read it."""
    impact = page.training_impact or TrainingImpact.READ
    if impact == TrainingImpact.NONE and not page.impact_reason:
        impact = TrainingImpact.READ
    return {
        "change_summary": page.change_summary
        or ("First edition." if is_first else "Published again without a summary."),
        "significance": page.significance or Significance.MAJOR,
        "training_impact": impact,
        "impact_reason": page.impact_reason,
    }


def _blank_change(page):
    blank = {**dict.fromkeys(CHANGE_FIELDS, ""), "effective_from": None}
    KnowledgePage.objects.filter(pk=page.pk).update(**blank)
    for name, value in blank.items():
        setattr(page, name, value)


def _record(edition, page, *, at):
    record(
        "knowledge.edition_published",
        by=edition.approver,
        at=at,
        key=f"knowledge.edition_published:{page.number}:{edition.number}",
        facts=facts_of(edition)
        | {"effective": edition.effective.isoformat(), "training_impact": str(edition.training_impact)},
        facets=facets_of(page) | {"person": [str(edition.author_id)] if edition.author_id else []},
    )
