from datetime import date

import pytest

from evidence.models import Entry
from knowledge.actions import draft_page, publish
from knowledge.models import Edition, KnowledgeBrief
from tests.knowledge.conftest import NOON


@pytest.fixture
def brief(expert):
    return draft_page(KnowledgeBrief, title="Reading a strap", body="Look at it.", tags=["strap"], by=expert, at=NOON)


def test_a_draft_has_a_number_and_a_slug_and_is_not_live(brief):
    assert (brief.number, brief.slug, brief.live) == ("BRF-0001", "reading-a-strap", False)
    assert brief.get_parent().slug == "briefs"
    assert KnowledgeBrief.objects.get(pk=brief.pk).tags.first().name == "strap"


def test_a_publication_is_an_edition_dated_as_it_was_said(brief, expert, process_owner):
    edition = publish(brief, by=process_owner, at=NOON, change_summary="New.", training_impact="read", author=expert)
    brief.refresh_from_db()
    assert brief.live
    assert (brief.first_published_at, brief.last_published_at) == (NOON, NOON)
    assert (edition.number, edition.effective, edition.published_at) == (1, date(2026, 3, 2), NOON)
    assert (edition.author, edition.approver) == (expert, process_owner)
    assert Edition.objects.count() == 1
    assert Entry.objects.filter(pk="knowledge.edition_published:BRF-0001:1").exists()
