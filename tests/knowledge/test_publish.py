from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from evidence.models import Entry
from knowledge.actions import draft_page, publish, withdraw_page
from knowledge.freezing import canonical, is_intact, thawed
from knowledge.models import DecisionRecord, Edition, KnowledgeBrief, LessonLearned, Process, TrainingImpact, Why
from knowledge.models.editing import CHANGE_FIELDS
from knowledge.refusals import PublicationRefused, WithdrawalRefused
from knowledge.signals import edition_published
from tests.knowledge.conftest import NOON, change

pytestmark = pytest.mark.databases
DAY = timedelta(days=1)


def test_a_draft_has_a_number_and_a_slug_and_is_not_live(brief):
    assert (brief.number, brief.slug, brief.live) == ("BRF-0001", "reading-a-strap", False)
    assert brief.get_parent().slug == "briefs"
    assert KnowledgeBrief.objects.get(pk=brief.pk).tags.first().name == "strap"


def test_a_number_is_never_given_again(brief, expert):
    brief.delete()
    assert draft_page(KnowledgeBrief, title="Another", body="x", by=expert, at=NOON).number == "BRF-0002"


def test_a_publication_is_an_edition_dated_as_it_was_said(brief, expert, process_owner):
    edition = publish(brief, by=process_owner, at=NOON, author=expert, **change("New."))
    brief.refresh_from_db()
    assert brief.live
    assert (brief.first_published_at, brief.last_published_at) == (NOON, NOON)
    assert (edition.number, edition.effective, edition.published_at) == (1, date(2026, 3, 2), NOON)
    assert (edition.author, edition.approver, edition.change_summary) == (expert, process_owner, "New.")
    assert Edition.objects.count() == 1
    assert Entry.objects.filter(pk="knowledge.edition_published:BRF-0001:1").exists()


def test_the_next_edition_ends_the_one_before_and_says_nothing_of_its_change(brief, expert):
    first = publish(brief, by=expert, at=NOON, **change("New."))
    brief.body = "Look twice."
    second = publish(brief, by=expert, at=NOON + DAY, **change("Twice."))
    first.refresh_from_db()
    brief.refresh_from_db()
    assert (first.ended_at, second.ended_at, second.number) == (NOON + DAY, None, 2)
    assert (brief.change_summary, brief.training_impact, brief.first_published_at) == ("", "", NOON)
    assert [edition.number for edition in Edition.objects.on(date(2026, 3, 2))] == [1]
    assert [edition.number for edition in Edition.objects.on(date(2026, 3, 3))] == [2]
    assert Edition.objects.current_for([brief.pk]) == {brief.pk: second}


def test_an_edition_keeps_its_text_when_the_page_and_its_revision_change(brief, expert):
    edition = publish(brief, by=expert, at=NOON, **change())
    revision = brief.latest_revision
    brief.body = "Something else."
    brief.save_revision(user=expert, overwrite_revision=revision)
    edition.refresh_from_db()
    assert next(part["value"] for part in thawed(edition)["parts"] if part["name"] == "body") == "Look at it."
    assert is_intact(edition)


def test_a_frozen_copy_names_people_by_number_alone(brief, expert):
    brief.accountable = expert
    edition = publish(brief, by=expert, at=NOON, **change())
    copy = thawed(edition)
    assert copy["accountable"] == expert.pk
    assert expert.last_name not in bytes(edition.content).decode()
    assert canonical(copy) == bytes(edition.content)


@pytest.mark.parametrize("kind", [Process, KnowledgeBrief, DecisionRecord, LessonLearned])
def test_each_field_that_a_writer_fills_is_frozen(kind):
    every = {"accountable", "deputies", "experts", "processes", "tags", *CHANGE_FIELDS}
    # How the page is kept, not what it says.
    settings = {"review_months", "effective_from", "four_eyes"}
    own = {field.name for field in kind._meta.local_fields + kind._meta.local_many_to_many} - {"knowledgepage_ptr"}
    own |= {
        LessonLearned: {"whys"},
        DecisionRecord: {"options"},
        Process: {"measures", "risks"},
    }.get(kind, set())
    base = {field.name for field in kind.__base__._meta.local_fields + kind.__base__._meta.local_many_to_many}
    assert own - settings == {name for name, _ in kind.reader_fields}
    assert base - settings == every | {"page_ptr", "number", "source", "source_hash"}


def test_a_lesson_is_frozen_with_its_whys_in_their_order(expert):
    lesson = draft_page(LessonLearned, title="Seals came loose", what_happened="They did.", by=expert, at=NOON)
    lesson.whys = [Why(text="The press was cold.", sort_order=0), Why(text="Nobody looked.", sort_order=1)]
    copy = thawed(publish(lesson, by=expert, at=NOON, **change()))
    chain = next(part["value"] for part in copy["parts"] if part["name"] == "whys")
    assert chain == [[1, "The press was cold."], [2, "Nobody looked."]]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"training_impact": "perhaps"}, "must be one of"),
        ({"training_impact": "none"}, "Say why"),
        ({"effective": date(2026, 4, 1)}, "schedule it"),
    ],
)
def test_a_publication_that_says_too_little_is_refused(brief, expert, said, refused):
    with pytest.raises(PublicationRefused, match=refused):
        publish(brief, by=expert, at=NOON, **{**change(), **said})
    brief.refresh_from_db()
    assert not brief.live


def test_no_edition_is_dated_before_the_last(brief, expert):
    publish(brief, by=expert, at=NOON, **change())
    with pytest.raises(PublicationRefused, match="later date"):
        publish(brief, by=expert, at=NOON - DAY, **change())


def test_a_page_has_one_current_edition_in_the_database_too(brief, expert):
    edition = publish(brief, by=expert, at=NOON, **change())
    edition.pk, edition.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save()


def test_rooms_above_hear_of_an_edition_once(brief, expert):
    heard = []

    def listen(sender, **kwargs):
        heard.append(kwargs)

    edition_published.connect(listen)
    try:
        edition = publish(brief, by=expert, at=NOON, **change())
    finally:
        edition_published.disconnect(listen)
    assert [(news["edition"], news["by"], news["at"]) for news in heard] == [(edition, expert, NOON)]


def test_a_withdrawn_page_keeps_its_editions_and_says_why(brief, expert, process_owner):
    publish(brief, by=expert, at=NOON, **change())
    edition = withdraw_page(brief, reason="Straps are no longer made.", by=process_owner, at=NOON + DAY)
    brief.refresh_from_db()
    assert not brief.live
    assert (edition.ended_at, edition.ended_because) == (NOON + DAY, "Straps are no longer made.")
    entry = Entry.objects.get(pk="knowledge.edition_ended:BRF-0001:1")
    assert "Straps" not in bytes(entry.leaf).decode()


def test_what_is_withdrawn_can_be_published_again(brief, expert):
    publish(brief, by=expert, at=NOON, **change())
    withdraw_page(brief, reason="By mistake.", by=expert, at=NOON + DAY)
    assert publish(brief, by=expert, at=NOON + 2 * DAY, **change()).number == 2


def test_only_what_is_in_force_can_be_withdrawn(brief, expert):
    with pytest.raises(WithdrawalRefused, match="nothing to withdraw"):
        withdraw_page(brief, reason="Never mind.", by=expert, at=NOON)
    with pytest.raises(WithdrawalRefused, match="Say why"):
        withdraw_page(brief, reason=" ", by=expert, at=NOON)


def test_the_impact_of_a_change_is_kept_with_its_reason(brief, expert):
    edition = publish(brief, by=expert, at=NOON, **change("A comma.", "none"), impact_reason="No rule changed.")
    assert (edition.training_impact, edition.impact_reason) == (TrainingImpact.NONE, "No rule changed.")
