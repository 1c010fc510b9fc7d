from django.db import transaction
from django.utils import timezone

from evidence.actions import record
from knowledge.actions.end_edition import close
from knowledge.actions.reopen_recurring import reopen_recurring
from knowledge.actions.settle_citations import settle_citations
from knowledge.actions.settle_supersession import settle_supersession
from knowledge.facets import facts_of
from knowledge.freezing import copy_of, sealed
from knowledge.models import DecisionRecord, Edition, KnowledgePage, Significance, TrainingImpact
from knowledge.models.editing import CHANGE_FIELDS
from knowledge.refusals import OwnChangeRefused, PublicationRefused
from knowledge.signals import edition_published


@transaction.atomic(savepoint=False)
def make_edition(page, revision, *, by, at, effective=None, author=None, four_eyes=True) -> Edition:
    """The edition of a page that is being published. Every way to publish ends here; a second call finds the first's.

    `by` is who let it be published, and did not write it where a process asks for four eyes; `four_eyes` is false
    where that was seen to already.
    """
    summary, change = page.change_summary, _change(page)
    _blank_change(page)  # the row is locked from here on
    copy = copy_of(page)
    content, sha256 = sealed(copy)
    last = page.editions.without_content().first()
    if last and (last.ended_at, last.revision_id, last.sha256) == (None, revision.pk, sha256):
        return last
    if last and at < last.published_at:
        raise PublicationRefused(f"“{page.title}” has an edition of a later date: {last.published_at:%-d %B %Y}.")
    if four_eyes:
        _refuse_own_change(page, revision, by)
    if last and last.ended_at is None:
        close(last, at=at)
    edition = Edition.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        title=page.title,
        content=content,
        sha256=sha256,
        author=author or revision.user,
        approver=by,
        effective=effective or timezone.localdate(at),
        published_at=at,
        revision_id=revision.pk,
        **change,
        change_summary=summary or ("First edition." if last is None else "Published again without a summary."),
    )
    _record(edition, copy, at=at)
    settle_citations(page, copy["parts"])
    if isinstance(page, DecisionRecord):
        settle_supersession(page, edition, by=by, at=at)
    reopen_recurring(page, edition, by=by, at=at)
    edition_published.send(Edition, edition=edition, by=by, at=at)
    return edition


def _refuse_own_change(page, revision, by):
    if by is None or not page.asks_four_eyes():
        return
    if by.pk in page.authors_of_change(until=revision.pk):
        raise OwnChangeRefused(page)


def _change(page):
    """What the writer said of it. Where nobody was asked (a copy, a bulk action, code), readers are to read it."""
    impact = page.training_impact or TrainingImpact.READ
    if impact == TrainingImpact.NONE and not page.impact_reason:
        impact = TrainingImpact.READ
    return {
        "significance": page.significance or Significance.MAJOR,
        "training_impact": impact,
        "impact_reason": page.impact_reason,
    }


def _blank_change(page):
    blank = {**dict.fromkeys(CHANGE_FIELDS, ""), "effective_from": None}
    KnowledgePage.objects.filter(pk=page.pk).update(**blank)
    for name, value in blank.items():
        setattr(page, name, value)


def _record(edition, copy, *, at):
    record(
        "knowledge.edition_published",
        by=edition.approver,
        at=at,
        key=f"knowledge.edition_published:{copy['number']}:{edition.number}",
        facts=facts_of(edition)
        | {"effective": edition.effective.isoformat(), "training_impact": str(edition.training_impact)},
        # What people wrote may name people: it can be erased.
        personal={"impact_reason": edition.impact_reason} if edition.impact_reason else {},
        facets={
            "page": copy["number"],
            "process": copy["processes"],
            "person": [str(edition.author_id)] if edition.author_id else [],
        },
    )
