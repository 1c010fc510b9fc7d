from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from competence.actions import define_competence, require
from courses.actions import add_course
from evidence.models import Entry
from knowledge.actions import draft_page, publish, withdraw_page
from knowledge.freezing import canonical, is_intact, thawed
from knowledge.models import (
    DecisionRecord,
    Edition,
    KnowledgeBrief,
    LessonLearned,
    Process,
    Reading,
    TrainingImpact,
    Why,
)
from knowledge.models.editing import CHANGE_FIELDS
from knowledge.refusals import PublicationRefused, WithdrawalRefused
from knowledge.signals import edition_published
from people.models import Person, RoleHolding
from tests.knowledge.conftest import NOON, change
from tests.knowledge.crowd import stand_beside
from tests.scenes import role_named

DAY = timedelta(days=1)


def test_a_draft_has_a_number_and_a_slug_and_is_not_live(brief):
    assert (brief.number, brief.slug, brief.live) == ("BRF-0001", "reading-a-strap", False)
    assert brief.get_parent().slug == "briefs"
    assert KnowledgeBrief.objects.get(pk=brief.pk).tags.first().name == "strap"


@pytest.mark.databases
def test_a_number_is_never_given_again(brief, expert):
    brief.delete()
    assert draft_page(KnowledgeBrief, title="Another", body="x", by=expert, at=NOON).number == "BRF-0002"


@pytest.mark.databases
def test_a_publication_is_an_edition_dated_as_it_was_said(brief, expert, process_owner):
    edition = publish(brief, by=process_owner, at=NOON, author=expert, **change("New."))
    brief.refresh_from_db()
    assert brief.live
    assert (brief.first_published_at, brief.last_published_at) == (NOON, NOON)
    assert (edition.number, edition.effective, edition.published_at) == (1, date(2026, 3, 2), NOON)
    assert (edition.author, edition.approver, edition.change_summary) == (expert, process_owner, "New.")
    assert Edition.objects.count() == 1
    assert Entry.objects.filter(pk="knowledge.edition_published:BRF-0001:1").exists()


@pytest.mark.databases
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


@pytest.mark.databases
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
@pytest.mark.databases
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


@pytest.mark.databases
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


@pytest.mark.databases
def test_no_edition_is_dated_before_the_last(brief, expert):
    publish(brief, by=expert, at=NOON, **change())
    with pytest.raises(PublicationRefused, match="later date"):
        publish(brief, by=expert, at=NOON - DAY, **change())


@pytest.mark.databases
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


@pytest.mark.databases
def test_a_withdrawn_page_keeps_its_editions_and_says_why(brief, expert, process_owner):
    publish(brief, by=expert, at=NOON, **change())
    edition = withdraw_page(brief, reason="Straps are no longer made.", by=process_owner, at=NOON + DAY)
    brief.refresh_from_db()
    assert not brief.live
    assert (edition.ended_at, edition.ended_because) == (NOON + DAY, "Straps are no longer made.")
    entry = Entry.objects.get(pk="knowledge.edition_ended:BRF-0001:1")
    assert "Straps" not in bytes(entry.leaf).decode()


@pytest.mark.databases
def test_what_is_withdrawn_can_be_published_again(brief, expert):
    publish(brief, by=expert, at=NOON, **change())
    withdraw_page(brief, reason="By mistake.", by=expert, at=NOON + DAY)
    assert publish(brief, by=expert, at=NOON + 2 * DAY, **change()).number == 2


def test_only_what_is_in_force_can_be_withdrawn(brief, expert):
    with pytest.raises(WithdrawalRefused, match="nothing to withdraw"):
        withdraw_page(brief, reason="Never mind.", by=expert, at=NOON)
    with pytest.raises(WithdrawalRefused, match="Say why"):
        withdraw_page(brief, reason=" ", by=expert, at=NOON)


@pytest.mark.databases
def test_the_impact_of_a_change_is_kept_with_its_reason(brief, expert):
    edition = publish(brief, by=expert, at=NOON, **change("A comma.", "none"), impact_reason="No rule changed.")
    assert (edition.training_impact, edition.impact_reason) == (TrainingImpact.NONE, "No rule changed.")


class TestItsCost:
    """Publishing is asked the same of the database in a small house and in a large one."""

    def queries(self, page, expert, process_owner, at):
        page = type(page).objects.get(pk=page.pk)
        page.body += " More."
        with CaptureQueriesContext(connection) as captured:
            publish(page, by=process_owner, author=expert, at=at, **change())
        return len(captured)

    @pytest.fixture
    def linked(self, expert, process_owner):
        process = draft_page(Process, title="Build", accountable=expert, by=expert, at=NOON)
        publish(process, by=process_owner, at=NOON, **change())
        fields = {"processes": [process], "experts": [expert], "tags": ["strap", "glue"], "accountable": expert}
        brief = draft_page(KnowledgeBrief, title="A strap", body="word " * 300, by=expert, at=NOON, **fields)
        publish(brief, by=process_owner, author=expert, at=NOON, **change())
        return brief

    def test_it_is_the_same_in_a_large_house(self, linked, expert, process_owner):
        few = self.queries(linked, expert, process_owner, NOON + DAY)
        stand_beside(linked, 2000)
        # Four of them leave the job that asks those again who learned it.
        assert self.queries(linked, expert, process_owner, NOON + 2 * DAY) == few < 45

    def test_it_is_the_same_with_a_thousand_who_learned_it(self, linked, expert, process_owner):
        few = self.queries(linked, expert, process_owner, NOON + DAY)
        people = Person.objects.bulk_create(Person(username=f"p{number}") for number in range(1000))
        role = role_named("Builder")
        RoleHolding.objects.bulk_create(RoleHolding(person=one, role=role, since=NOON.date()) for one in people)
        competence = define_competence("Building", validity_months=12, by=None, at=NOON)
        require(role, competence, since=NOON.date(), due_days=14, by=None, at=NOON)
        add_course(title="Learn it", teaches=competence, readings=[linked], by=expert, at=NOON)
        edition = linked.editions.current().get()
        Reading.objects.bulk_create(
            Reading(edition=edition, person=one, kind=Reading.Kind.ACKNOWLEDGED, at=NOON) for one in people
        )
        assert self.queries(linked, expert, process_owner, NOON + 2 * DAY) == few


def test_a_publication_by_code_leaves_what_wagtails_own_leaves(expert, process_owner):
    """Cairn writes it in fewer steps: a step that a later Wagtail adds shows here."""

    def briefs():
        said = {"body": "Look.", "tags": ["strap"], "experts": [expert], "by": expert, "at": NOON}
        return draft_page(KnowledgeBrief, title="A strap", **said)

    ours, theirs = briefs(), briefs()
    for name, value in change().items():
        setattr(theirs, name, value)
    publish(ours, by=process_owner, author=expert, at=timezone.now(), **change())
    theirs.save_revision(user=expert).publish(user=process_owner, skip_permission_checks=True)
    times = {"first_published_at", "last_published_at", "latest_revision_created_at"}
    own = {"id", "page_ptr", "knowledgepage_ptr", "path", "slug", "url_path", "number", "translation_key"}

    revised = {"latest_revision", "live_revision"}

    def left(page):
        page = KnowledgeBrief.objects.get(pk=page.pk)
        row = {field.name: field.value_from_object(page) for field in page._meta.fields if field.name not in own}
        revision = page.revisions.latest("pk")
        is_newest = page.live_revision_id == page.latest_revision_id == revision.pk
        row |= {name: row[name] is not None for name in times}
        row |= {"live_revision": is_newest, "latest_revision": is_newest}
        logged = list(PageLogEntry.objects.filter(page=page.pk).values_list("action", "user", "label"))
        content = {key: value for key, value in revision.content.items() if key not in own | times | revised}
        del content["pk"], content["tagged_items"]
        edition = page.editions.values("author", "change_summary", "training_impact").get()
        return row, logged, revision.user_id, revision.object_str, content, edition

    assert left(ours) == left(theirs)
