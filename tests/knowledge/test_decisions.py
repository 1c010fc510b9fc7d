"""Decisions take each other's place, are found by how they stand, and are cited by what must then be looked at."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.models import Entry
from knowledge.actions import draft_page, publish, withdraw_page
from knowledge.circles import circle
from knowledge.citing import named_in
from knowledge.models import (
    Citation,
    ConsideredOption,
    DecisionRecord,
    KnowledgeBrief,
    LessonLearned,
    LessonMark,
    Process,
    Supersession,
)
from knowledge.refusals import SupersessionRefused
from knowledge.supersession import refuse_circle
from tests.knowledge.conftest import NOON, change, form_of, words_of_entry

DAY = timedelta(days=1)


def decide(title, expert, *, status="accepted", day=0, **fields):
    decision = draft_page(DecisionRecord, title=title, status=status, by=expert, at=NOON, **fields)
    publish(decision, by=expert, at=NOON + day * DAY, **change())
    return decision


def republish(page, expert, day, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page, by=expert, at=NOON + day * DAY, **change())


def standing():
    return set(Supersession.objects.standing().values_list("new__number", "old__number"))


@pytest.mark.parametrize(
    ("links", "new", "olds", "way"),
    [
        ({}, 1, [2], []),
        ({}, 1, [1], [1, 1]),
        ({2: [1]}, 1, [2], [1, 2, 1]),
        ({2: [3], 3: [1]}, 1, [2], [1, 2, 3, 1]),
        ({2: [3], 3: [2]}, 1, [2], []),
        ({2: [3, 1], 3: [1]}, 1, [4, 2], [1, 2, 1]),
        ({2: [1]}, 3, [2], []),
    ],
)
def test_a_chain_closes_or_does_not(links, new, olds, way):
    assert circle(links, new, olds) == way


@pytest.mark.parametrize(
    ("status", "stands"),
    [("proposed", False), ("rejected", False), (None, False), ("accepted", True), ("deprecated", True)],
)
def test_only_what_was_accepted_takes_the_place_of_another(expert, status, stands):
    old = decide("By air", expert)
    decide("By rail", expert, status=status, supersedes=[old])
    assert standing() == ({("DEC-0002", "DEC-0001")} if stands else set())
    assert DecisionRecord.objects.get(pk=old.pk).standing_status == ("superseded" if stands else "accepted")


def test_it_is_written_with_the_edition_and_its_entry(expert):
    old = decide("By air", expert)
    new = decide("By rail", expert, status="proposed", supersedes=[old])
    edition = republish(new, expert, 1, status="accepted")
    row = Supersession.objects.get()
    assert (row.old, row.new, row.edition, row.at) == (old, new, edition, NOON + DAY)
    entry = Entry.objects.get(pk="knowledge.decision_superseded:DEC-0001:DEC-0002:2")
    assert words_of_entry(entry) == "“By rail” took the place of DEC-0001, “By air”"


def test_a_draft_supersedes_nothing(expert):
    old = decide("By air", expert)
    draft_page(DecisionRecord, title="By rail", status="accepted", supersedes=[old], by=expert, at=NOON)
    assert standing() == set()


@pytest.mark.parametrize("said", [{"supersedes": []}, {"status": "rejected"}])
def test_it_ends_when_an_edition_no_longer_says_so(expert, said):
    old = decide("By air", expert)
    new = decide("By rail", expert, supersedes=[old])
    republish(new, expert, 1, **said)
    assert standing() == set()
    assert Supersession.objects.get().ended_at == NOON + DAY
    assert Entry.objects.filter(pk="knowledge.supersession_ended:DEC-0001:DEC-0002:2").exists()
    assert DecisionRecord.objects.get(pk=old.pk).standing_status == "accepted"


def test_it_ends_when_the_successor_is_withdrawn_and_begins_again_with_it(expert):
    old = decide("By air", expert)
    new = decide("By rail", expert, supersedes=[old])
    withdraw_page(new, reason="By mistake.", by=expert, at=NOON + DAY)
    assert standing() == set()
    republish(DecisionRecord.objects.get(pk=new.pk), expert, 2)
    assert standing() == {("DEC-0002", "DEC-0001")}


def test_an_edition_that_says_the_same_writes_nothing_again(expert):
    new = decide("By rail", expert, supersedes=[decide("By air", expert)])
    before = list(Supersession.objects.values())
    republish(new, expert, 1, outcome="Rail.")
    assert list(Supersession.objects.values()) == before


@pytest.mark.databases
def test_a_decision_is_superseded_once_in_the_database_too(expert):
    decide("By rail", expert, supersedes=[decide("By air", expert)])
    row = Supersession.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


class TestCircles:
    @pytest.fixture
    def chain(self, expert):
        """DEC-0003 supersedes DEC-0002, which supersedes DEC-0001."""
        first = decide("First", expert)
        second = decide("Second", expert, supersedes=[first])
        return first, second, decide("Third", expert, supersedes=[second])

    def test_the_sentence_names_the_chain(self, chain):
        first, _, third = chain
        chained = "DEC-0001 cannot supersede DEC-0003: DEC-0003 supersedes DEC-0002, which supersedes DEC-0001."
        with pytest.raises(SupersessionRefused, match=chained):
            refuse_circle(first, [third])

    def test_no_edition_closes_it(self, chain, expert):
        first, _, third = chain
        with pytest.raises(SupersessionRefused), transaction.atomic():
            republish(first, expert, 1, supersedes=[third])
        assert first.editions.count() == 1
        assert standing() == {("DEC-0002", "DEC-0001"), ("DEC-0003", "DEC-0002")}

    def test_nor_the_form_through_what_a_draft_means(self, client, expert):
        first = decide("First", expert)
        second = decide("Second", expert, status="proposed")
        draft = DecisionRecord.objects.get(pk=second.pk)
        draft.supersedes = [first]
        draft.save_revision(user=expert)
        client.force_login(expert)
        page = send(client, first, supersedes=[second.pk]).content.decode()
        assert "DEC-0001 cannot supersede DEC-0002: DEC-0002 supersedes DEC-0001." in page

    def test_nor_itself(self, expert):
        first = decide("First", expert)
        with pytest.raises(SupersessionRefused, match="itself"):
            refuse_circle(first, [first])


def send(client, page, action=None, **fields):
    formsets = {
        f"{name}-{part}": value
        for name in ("options", "lesson_marks")
        for part, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", ""))
    }
    data = form_of(title=page.title, slug=page.slug, status="accepted", **{**formsets, **fields})
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data | ({action: "1"} if action else {}))


class TestTheForm:
    @pytest.mark.parametrize(("status", "offered"), [("accepted", False), ("superseded", True)])
    def test_superseded_is_no_choice_of_an_author(self, client, expert, status, offered):
        decision = decide("By air", expert, status=status)
        client.force_login(expert)
        form = client.get(reverse("wagtailadmin_pages:edit", args=[decision.pk])).context["form"]
        assert ("superseded" in dict(form.fields["status"].choices)) == offered

    @pytest.fixture
    def lesson(self, expert):
        process = draft_page(Process, title="Ship", by=expert, at=NOON)
        publish(process, by=expert, at=NOON, **change())
        lesson = draft_page(
            LessonLearned, title="It was late", what_happened="Fog.", processes=[process], by=expert, at=NOON
        )
        publish(lesson, by=expert, at=NOON, **change())
        return lesson

    def test_a_decision_is_not_submitted_before_its_lessons_are_weighed(self, client, expert, lesson):
        decision = draft_page(DecisionRecord, title="By rail", by=expert, at=NOON)
        process = lesson.processes.get()
        client.force_login(expert)
        said = change() | {"processes": [process.pk]}
        assert "LES-0001 “It was late”" in send(client, decision, "action-submit", **said).content.decode()
        assert not decision.workflow_in_progress
        assert send(client, decision, **said).status_code == 302  # a draft is not asked
        mark = {
            "lesson_marks-TOTAL_FORMS": "1",
            "lesson_marks-0-lesson": lesson.pk,
            "lesson_marks-0-mark": "considered",
            "lesson_marks-0-because": "Trains run in fog.",
            "lesson_marks-0-ORDER": "1",
        }
        assert send(client, decision, "action-submit", **said, **mark).status_code == 302
        assert DecisionRecord.objects.get(pk=decision.pk).workflow_in_progress

    def test_one_that_is_restricted_is_asked_of_nobody_who_may_not_read_it(self, client, expert, lesson):
        lesson.view_restrictions.create(restriction_type="groups")
        decision = draft_page(DecisionRecord, title="By rail", by=expert, at=NOON)
        client.force_login(expert)
        said = change() | {"processes": [lesson.processes.get().pk]}
        assert send(client, decision, "action-submit", **said).status_code == 302


class TestThePage:
    def words(self, client, page):
        return " ".join(BeautifulSoup(client.get(page.url).content, "html.parser").get_text(" ").split())

    def test_all_fields_stand_in_the_order_of_madr(self, client, reader, expert):
        texts = {
            name: f"The {name}."
            for name in ("context", "drivers", "outcome", "consequences", "confirmation", "more_information", "body")
        }
        decision = draft_page(
            DecisionRecord, title="By rail", status="accepted", by=expert, at=NOON, decision_makers="Ada\nBo", **texts
        )
        decision.options = [
            ConsideredOption(title="Rail", good="Quiet\nCheap", neutral="New", bad="Slow", is_chosen=True),
            ConsideredOption(title="Air", sort_order=1),
        ]
        publish(decision, by=expert, at=NOON, **change())
        client.force_login(reader)
        words = self.words(client, decision)
        order = [
            "The context.", "The drivers.", "Chosen", "Rail", "Good, because", "Quiet", "Neutral, because",
            "Bad, because", "Air", "The outcome.", "The consequences.", "The confirmation.", "The more_information.",
            "The body.", "Decided by", "Bo",
        ]  # fmt: skip
        places = [words.index(part, words.index("The context.")) for part in order]
        assert places == sorted(places)

    def test_both_sides_and_who_is_asked_to_look(self, client, reader, expert):
        old = decide("By air", expert)
        brief = draft_page(
            KnowledgeBrief, title="Packing", body=f"As {old.number} says.", accountable=expert, by=expert, at=NOON
        )
        publish(brief, by=expert, at=NOON, **change())
        new = decide("By rail", expert, supersedes=[old])
        client.force_login(reader)
        page = self.words(client, old)
        assert "Superseded by DEC-0002 By rail" in page
        assert "Cited in BRF-0001 Packing (Emil Aster), whose owners are asked to look." in page
        assert "Supersedes DEC-0001 By air" in self.words(client, new)

    def test_what_is_only_meant_is_said_to_be(self, client, reader, expert):
        old = decide("By air", expert)
        new = decide("By rail", expert, status="proposed", supersedes=[old])
        client.force_login(reader)
        assert "DEC-0002 By rail is meant to take its place" in self.words(client, old)
        assert "once this decision is accepted" in self.words(client, new)

    def test_a_restricted_decision_is_named_to_nobody_who_may_not_read_it(self, client, reader, expert):
        old = decide("By air", expert)
        new = decide("By rail", expert, supersedes=[old])
        new.view_restrictions.create(restriction_type="groups")
        client.force_login(reader)
        page = self.words(client, old)
        assert "By rail" not in page
        assert "Superseded" in page

    def test_what_was_made_of_lessons_is_shown(self, client, reader, expert):
        lesson = draft_page(LessonLearned, title="It was late", what_happened="Fog.", by=expert, at=NOON)
        publish(lesson, by=expert, at=NOON, **change())
        decision = draft_page(DecisionRecord, title="By rail", by=expert, at=NOON)
        decision.lesson_marks = [LessonMark(lesson=lesson, mark="not_applicable", because="No fog here.")]
        publish(decision, by=expert, at=NOON, **change())
        client.force_login(reader)
        assert "LES-0001 – Not applicable It was late No fog here." in self.words(client, decision)


class TestTheShelf:
    @pytest.fixture
    def shelf(self, expert, reader, client):
        old = decide("By air", expert, decided_on=date(2025, 3, 1), decision_makers="Ada Byron\nBo Li")
        decide("By rail", expert, decided_on=date(2026, 1, 5), decision_makers="Bo Li, Cy", supersedes=[old])
        decide("By ship", expert, status="proposed", decision_makers="Cy")
        client.force_login(reader)

        def titles(**chosen):
            page = BeautifulSoup(client.get("/decisions/", chosen).content, "html.parser")
            return [title.get_text() for title in page.select(".entries__title")]

        return titles

    @pytest.mark.parametrize(
        ("chosen", "titles"),
        [
            ({}, ["By air", "By rail", "By ship"]),
            ({"status": "superseded"}, ["By air"]),
            ({"status": "accepted"}, ["By rail"]),
            ({"status": "proposed"}, ["By ship"]),
            ({"maker": "Bo Li"}, ["By air", "By rail"]),
            ({"maker": "Cy", "status": "accepted"}, ["By rail"]),
            ({"maker": "Nobody"}, []),
            ({"since": "2025-03-01"}, ["By air", "By rail"]),
            ({"since": "2025-03-02"}, ["By rail"]),
            ({"until": "2025-03-01"}, ["By air"]),
            ({"since": "perhaps", "status": "what"}, ["By air", "By rail", "By ship"]),
        ],
    )
    def test_it_is_filtered(self, shelf, chosen, titles):
        assert shelf(**chosen) == titles

    def test_each_decision_maker_is_offered_once(self, shelf, client):
        page = BeautifulSoup(client.get("/decisions/").content, "html.parser")
        assert [option.get_text() for option in page.select("#maker option")] == ["Anyone", "Ada Byron", "Bo Li", "Cy"]

    def test_many_cost_what_few_cost(self, shelf, expert):
        def queries():
            shelf()
            with CaptureQueriesContext(connection) as captured:
                shelf(status="superseded", maker="Bo Li")
            return len(captured)

        few = queries()
        for number in range(6):
            decide(f"More {number}", expert, decision_makers="Bo Li", status="superseded")
        assert queries() == few


class TestCitations:
    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("See [this](page:7).", (frozenset({7}), frozenset(), frozenset())),
            ("[x](/briefs/a-strap/) and /lessons/b", ({}, {("briefs", "a-strap"), ("lessons", "b")}, {})),
            ("DEC-0004, and BRF-12345; not XDEC-0004 or DEC-04", ({}, {}, {"DEC-0004", "BRF-12345"})),
            ("Nothing. /courses/x", ({}, {}, {})),
        ],
    )
    def test_what_a_text_names(self, text, named):
        found = named_in([text])
        assert [set(found.ids), set(found.addresses), set(found.numbers)] == [set(part) for part in named]

    def test_they_are_those_of_the_text_in_force(self, expert):
        first, second = decide("First", expert), decide("Second", expert)
        brief = draft_page(KnowledgeBrief, title="Packing", body=f"[a](page:{first.pk})", by=expert, at=NOON)
        assert not Citation.objects.exists()
        publish(brief, by=expert, at=NOON, **change())
        assert [row.cited.number for row in brief.citations.all()] == ["DEC-0001"]
        republish(brief, expert, 1, body=f"See {second.url} and {brief.number}.")
        assert [row.cited.number for row in brief.citations.all()] == ["DEC-0002"]
        withdraw_page(brief, reason="Gone.", by=expert, at=NOON + 2 * DAY)
        assert not Citation.objects.exists()

    def test_many_cost_what_one_costs(self, expert):
        decisions = [decide(f"Decision {number}", expert) for number in range(6)]

        def queries(cited, day):
            brief = draft_page(KnowledgeBrief, title=f"{day}", body="", by=expert, at=NOON)
            brief.body = " ".join(decision.number for decision in cited)
            with CaptureQueriesContext(connection) as captured:
                publish(brief, by=expert, at=NOON, **change())
            assert brief.citations.count() == len(cited)
            return len(captured)

        assert queries(decisions[:1], 1) == queries(decisions, 2)
