import dataclasses
import re
from datetime import timedelta
from itertools import count

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from evidence.models import Listing, Opening
from jobs.actions import run_waiting
from knowledge import changes
from knowledge.actions import (
    close_lesson,
    draft_page,
    publish,
    reopen_lesson,
    report_lesson,
    validate_lesson,
    verify_lesson,
    withdraw_page,
)
from knowledge.changes import Change
from knowledge.lessons import NEW, NEXT, NEXT_OF_POSITIVE, is_overdue, next_states, state_of
from knowledge.models import KnowledgeBrief, LessonLearned, LessonState, LessonStep, Process, Why
from knowledge.refusals import LessonStepRefused, ReportRefused
from knowledge.weighing import lessons_to_weigh
from knowledge.whys import branches_of, with_depths
from people.groups import EXPERTS
from people.models import Person
from tests.knowledge.conftest import NOON, change, member
from tests.scenes import hire

DAY = timedelta(days=1)
VALIDATED, ACTIONED, VERIFIED, REOPENED = LessonState
_numbers = count(1)
NAMING = re.compile("918273645|zebulon|quaxley", re.IGNORECASE)


@dataclasses.dataclass
class Step:
    state: str
    at: int
    pk: int


@dataclasses.dataclass
class Said:
    text: str
    depth: int | None = None


def a_lesson(expert, *, at=NOON, title=None, **fields):
    title = title or f"A lesson no {next(_numbers)}"
    lesson = draft_page(LessonLearned, title=title, what_happened="It fell.", by=expert, at=at, **fields)
    publish(lesson, by=None, author=expert, at=at, **change())
    return lesson


def a_brief(expert, *, at=NOON, **fields):
    brief = draft_page(KnowledgeBrief, title=f"Brief {next(_numbers)}", body="Hold it.", by=expert, at=at, **fields)
    return brief, publish(brief, by=None, author=expert, at=at, **change())


@pytest.fixture
def lesson(expert):
    return a_lesson(expert)


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="groups")


class TestTheStateIsThatOfTheLastStep:
    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ([], NEW),
            ([Step(VALIDATED, 1, 1)], VALIDATED),
            ([Step(VALIDATED, 1, 1), Step(ACTIONED, 2, 2)], ACTIONED),
            ([Step(ACTIONED, 2, 2), Step(VALIDATED, 1, 1)], ACTIONED),
            ([Step(VERIFIED, 3, 3), Step(REOPENED, 3, 4)], REOPENED),
            ([Step(REOPENED, 2, 9), Step(VERIFIED, 3, 3)], VERIFIED),
        ],
    )
    def test_state(self, steps, state):
        assert state_of(steps) == state

    @pytest.mark.parametrize(
        ("before", "is_positive", "after"),
        [
            (NEW, False, {VALIDATED}),
            (VALIDATED, False, {ACTIONED}),
            (ACTIONED, False, {VERIFIED, REOPENED}),
            (VERIFIED, False, {REOPENED}),
            (REOPENED, False, {VALIDATED}),
            (NEW, True, {VALIDATED}),
            (VALIDATED, True, {VERIFIED}),
        ],
    )
    def test_what_may_come_next(self, before, is_positive, after):
        assert set(next_states(before, is_positive=is_positive)) == after

    def test_nothing_is_verified_that_was_neither_acted_on_nor_went_well(self):
        assert [state for state, after in NEXT.items() if VERIFIED in after] == [ACTIONED]
        assert {state for state, after in NEXT_OF_POSITIVE.items() if VERIFIED in after} == {ACTIONED, VALIDATED}

    @pytest.mark.parametrize(
        ("state", "days", "is_positive", "overdue"),
        [
            (NEW, 1, False, True),
            (VALIDATED, 1, False, True),
            (REOPENED, 1, False, True),
            (ACTIONED, 1, False, False),
            (VERIFIED, 1, False, False),
            (VALIDATED, 0, False, False),  # the last day
            (VALIDATED, 1, True, False),
        ],
    )
    def test_an_action_is_overdue_from_the_day_after(self, expert, state, days, is_positive, overdue):
        due = NOON.date()
        on = due + timedelta(days=days)
        assert is_overdue(state, due, on=on, is_positive=is_positive) is overdue
        assert not is_overdue(state, None, on=on, is_positive=is_positive)
        lesson = a_lesson(expert, action_due=due, is_positive=is_positive)
        if state:
            _, edition = a_brief(expert)
            LessonStep.objects.create(lesson=lesson, state=state, at=NOON, edition=edition)
        assert LessonLearned.objects.overdue(on).filter(pk=lesson.pk).exists() is overdue


class TestWhysAreATree:
    def test_a_chain_goes_straight_down(self):
        [branch] = branches_of(with_depths([Said("a"), Said("b"), Said("c")]))
        assert [(depth, why.text) for depth, why in branch.links] == [(1, "a"), (2, "b"), (3, "c")]
        assert branch.branches == []

    def test_it_parts_where_a_why_has_two_answers(self):
        [branch] = branches_of([(1, "a"), (2, "b"), (3, "c"), (2, "d")])
        assert branch.links == [(1, "a")]
        assert [part.links for part in branch.branches] == [[(2, "b"), (3, "c")], [(2, "d")]]

    def test_there_may_be_several_roots_or_none(self):
        assert len(branches_of([(1, "a"), (1, "b"), (2, "c")])) == 2
        assert branches_of([]) == []

    @given(st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=40))
    def test_no_why_is_lost_and_their_order_is_kept(self, depths):
        placed = with_depths([Said(str(place), depth) for place, depth in enumerate(depths)])
        assert list(_read(branches_of(placed))) == placed

    @given(st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=40))
    def test_where_it_parts_there_are_at_least_two_ways_and_each_answers_the_why_above(self, depths):
        placed = with_depths([Said("", depth) for depth in depths])
        for branch in _all(branches_of(placed)):
            assert branch.links
            assert len(branch.branches) != 1
            for part in branch.branches:
                assert part.links[0][0] == branch.links[-1][0] + 1


def _read(branches):
    for branch in branches:
        yield from branch.links
        yield from _read(branch.branches)


def _all(branches):
    for branch in branches:
        yield branch
        yield from _all(branch.branches)


class TestFollowingUp:
    def test_from_published_to_verified(self, lesson, expert, process_owner):
        validate_lesson(lesson, note="Seen on the bench.", by=expert, at=NOON + DAY)
        _, edition = a_brief(expert, at=NOON + DAY)
        close_lesson(lesson, through=edition, by=expert, at=NOON + 2 * DAY)
        verify_lesson(lesson, note="None in a month.", by=process_owner, at=NOON + 30 * DAY)
        assert [step.state for step in lesson.steps_taken.all()] == [VALIDATED, ACTIONED, VERIFIED]
        assert LessonLearned.objects.in_state(VERIFIED).get() == lesson

    def test_each_step_is_an_entry_and_its_note_can_be_erased(self, lesson, expert):
        validate_lesson(lesson, note="Ada saw it.", by=expert, at=NOON + DAY)
        _, edition = a_brief(expert, at=NOON + DAY)
        close_lesson(lesson, through=edition, by=expert, at=NOON + 2 * DAY)
        entries = Listing.objects.filter(kind__startswith="knowledge.lesson").order_by("at")
        assert [entry.kind for entry in entries] == ["knowledge.lesson_validated", "knowledge.lesson_actioned"]
        entry = Listing.objects.get(kind="knowledge.lesson_validated").entry
        assert b"Ada" not in bytes(entry.leaf)
        assert Opening.objects.get(entry=entry, field="note").value == "Ada saw it."

    def test_a_step_out_of_order_is_refused(self, lesson, expert):
        _, edition = a_brief(expert, at=NOON + DAY)
        with pytest.raises(LessonStepRefused, match="Not validated yet"):
            close_lesson(lesson, through=edition, by=expert, at=NOON + DAY)
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        with pytest.raises(LessonStepRefused, match="Validated"):
            validate_lesson(lesson, by=expert, at=NOON + DAY)
        with pytest.raises(LessonStepRefused, match="later date"):
            close_lesson(lesson, through=edition, by=expert, at=NOON + DAY / 2)

    def test_a_withdrawn_lesson_is_not_followed_up(self, lesson, expert):
        withdraw_page(lesson, reason="Twice.", by=expert, at=NOON + DAY)
        lesson.refresh_from_db()
        with pytest.raises(LessonStepRefused, match="not published"):
            validate_lesson(lesson, by=expert, at=NOON + DAY)

    def test_it_is_closed_only_through_what_was_changed_after_it(self, lesson, expert):
        _, before = a_brief(expert, at=NOON - DAY)
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        with pytest.raises(LessonStepRefused, match="older"):
            close_lesson(lesson, through=before, by=expert, at=NOON + DAY)
        own = lesson.editions.get()
        with pytest.raises(LessonStepRefused, match="changes nothing itself"):
            close_lesson(lesson, through=own, by=expert, at=NOON + DAY)

    def test_what_closed_it_before_it_was_reopened_does_not_close_it_again(self, lesson, expert, process_owner):
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        _, edition = a_brief(expert, at=NOON + DAY)
        close_lesson(lesson, through=edition, by=expert, at=NOON + 2 * DAY)
        reopen_lesson(lesson, note="Two more.", by=process_owner, at=NOON + 3 * DAY)
        validate_lesson(lesson, by=expert, at=NOON + 4 * DAY)
        with pytest.raises(LessonStepRefused, match="older"):
            close_lesson(lesson, through=edition, by=expert, at=NOON + 5 * DAY)

    def test_it_may_be_closed_through_what_a_higher_room_knows(self, lesson, expert):
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        with pytest.raises(LessonStepRefused, match="older"):
            close_lesson(lesson, through=Change("question", "7", "Question 2", NOON), by=expert, at=NOON + DAY)
        after = Change("question", "7", "Question 2", NOON + DAY)
        step = close_lesson(lesson, through=after, by=expert, at=NOON + DAY)
        assert (step.change_kind, step.change_reference, step.change_words) == ("question", "7", "Question 2")

    def test_whoever_closed_it_does_not_verify_it_and_something_must_have_been_seen(
        self, lesson, expert, process_owner
    ):
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        _, edition = a_brief(expert, at=NOON + DAY)
        close_lesson(lesson, through=edition, by=expert, at=NOON + 2 * DAY)
        with pytest.raises(LessonStepRefused, match="someone else"):
            verify_lesson(lesson, note="Fine.", by=expert, at=NOON + 3 * DAY)
        with pytest.raises(LessonStepRefused, match="what was seen"):
            verify_lesson(lesson, note="  ", by=process_owner, at=NOON + 3 * DAY)

    def test_what_went_well_is_not_closed(self, expert, process_owner):
        lesson = a_lesson(expert, is_positive=True)
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        _, edition = a_brief(expert, at=NOON + DAY)
        with pytest.raises(LessonStepRefused):
            close_lesson(lesson, through=edition, by=expert, at=NOON + 2 * DAY)
        assert verify_lesson(lesson, note="Line 2, too.", by=process_owner, at=NOON + 2 * DAY).state == VERIFIED


class TestItHappenedAgain:
    def test_the_earlier_lesson_is_reopened_and_its_owner_told_once(self, expert):
        owner = hire("Otto")
        earlier = a_lesson(expert, accountable=owner)
        validate_lesson(earlier, by=expert, at=NOON + DAY)
        again = a_lesson(expert, at=NOON + 2 * DAY, recurrence_of=earlier)
        step = earlier.steps_taken.last()
        assert (step.state, step.edition) == (REOPENED, again.editions.get())
        again.impact = "More."
        publish(again, by=None, author=expert, at=NOON + 3 * DAY, **change())
        assert earlier.steps_taken.filter(state=REOPENED).count() == 1
        run_waiting(NOON + 4 * DAY)
        [letter] = [letter for letter in mail.outbox if letter.to == [owner.email]]
        assert earlier.number in letter.subject
        assert again.number in letter.body

    def test_it_is_told_without_what_its_owner_may_not_see(self, expert):
        owner = hire("Otto")
        earlier = a_lesson(expert, accountable=owner)
        again = a_lesson(expert, recurrence_of=earlier, title="A secret thing")
        restrict(again)
        run_waiting(NOON + DAY)
        [letter] = [letter for letter in mail.outbox if letter.to == [owner.email]]
        assert "secret" not in letter.body

    def test_what_went_well_and_what_was_never_published_stay_as_they_are(self, expert):
        well = a_lesson(expert, is_positive=True)
        draft = draft_page(LessonLearned, title="Draft", what_happened="x", by=expert, at=NOON)
        for earlier in (well, draft):
            a_lesson(expert, recurrence_of=earlier)
        assert not LessonStep.objects.exists()

    def test_if_it_cannot_be_reopened_it_is_not_published(self, expert, monkeypatch):
        earlier = a_lesson(expert)
        monkeypatch.setattr(LessonStep, "save", _fail)
        with pytest.raises(RuntimeError):
            a_lesson(expert, recurrence_of=earlier, title="Again")
        assert not LessonLearned.objects.get(title="Again").live

    def test_a_lesson_does_not_repeat_itself(self, lesson, expert):
        again = a_lesson(expert, recurrence_of=lesson)
        lesson.recurrence_of = again
        with pytest.raises(Exception, match="cannot repeat itself"):
            lesson.clean()


def _fail(*args, **kwargs):
    raise RuntimeError


class TestReporting:
    def test_by_name(self, reader, process_owner):
        lesson = report_lesson("The strap tore.\nIt was cold.", by=reader, at=NOON)
        assert (lesson.title, lesson.owner, lesson.live) == ("The strap tore. It was cold.", reader, False)
        assert lesson.current_workflow_state.requested_by == reader

    def test_the_owner_of_its_process_answers_for_it(self, reader, expert):
        process = draft_page(Process, title="Build", accountable=expert, by=expert, at=NOON)
        assert report_lesson("x", process=process, by=reader, at=NOON).accountable == expert

    @pytest.mark.parametrize("title", ["", "火事", "???", "A" * 120])
    def test_whatever_it_is_called(self, reader, title):
        first = report_lesson("!!! *", title=title, by=reader, at=NOON)
        second = report_lesson("!!! *", title=title, by=reader, at=NOON + DAY)
        assert first.slug != second.slug

    def test_through_a_facilitator_it_is_theirs_to_finish(self, reader, expert):
        expert.email = "emil@example.org"
        expert.save()
        lesson = report_lesson("It tore.", reporting="facilitated", facilitator=expert, by=reader, at=NOON)
        assert (lesson.owner, lesson.accountable, lesson.current_workflow_state) == (expert, expert, None)
        run_waiting(NOON)
        assert lesson.number in mail.outbox[-1].body

    def test_without_words_or_facilitator_it_is_refused(self, reader):
        with pytest.raises(ReportRefused, match="what happened"):
            report_lesson(" ", by=reader, at=NOON)
        with pytest.raises(ReportRefused, match="facilitator"):
            report_lesson("x", reporting="facilitated", by=reader, at=NOON)

    def test_it_repeats_only_what_the_reporter_may_see(self, reader, lesson):
        restrict(lesson)
        with pytest.raises(ReportRefused, match="repeats"):
            report_lesson("x", recurrence_of=lesson, by=reader, at=NOON)


class TestNobodyIsNamed:
    @pytest.fixture
    def reporter(self, db):
        """One whose id and name stand nowhere by chance."""
        names = {"username": "zebulon.quaxley", "first_name": "Zebulon", "last_name": "Quaxley"}
        return Person.objects.create(pk=918273645, email="zebulon@example.org", **names)

    @pytest.mark.parametrize("way", ["anonymous", "facilitated"])
    def test_nothing_that_is_written_names_the_reporter(self, reporter, expert, process_owner, client, way):
        for person in (expert, process_owner):
            person.email = f"{person.username}@example.org"
            person.save()
        earlier = a_lesson(expert, title="The strap tore")
        client.force_login(reporter)
        before = _rows()
        told = {"what_happened": "The strap tore.", "reporting": way, "facilitator": expert.pk}
        client.post(reverse("knowledge:report-lesson"), told | {"look": ""})
        sent = client.post(reverse("knowledge:report-lesson"), told | {"recurrence_of": earlier.pk, "send": ""})
        assert sent.status_code == 302
        lesson = LessonLearned.objects.get(reporting=way)
        if way == "facilitated":
            lesson.get_workflow().start(lesson, expert)
        run_waiting(timezone.now())
        state = lesson.current_workflow_state.current_task_state
        state.approve(user=process_owner)
        run_waiting(timezone.now() + DAY)
        lesson.refresh_from_db()
        assert lesson.live
        written = _rows() - before
        assert any("The strap tore" in text for _, text in written)
        assert [row for row in written if NAMING.search(row[1])] == []
        assert mail.outbox
        assert not [letter for letter in mail.outbox if "zebulon" in str(letter.message()).lower()]

    def test_the_search_would_find_the_name(self, reporter, process_owner):
        before = _rows()
        report_lesson("The strap tore.", by=reporter, at=NOON)
        named = {table for table, text in _rows() - before if "918273645" in text}
        assert {"wagtailcore_page", "wagtailcore_revision", "wagtailcore_workflowstate"} <= named


def _rows() -> set[tuple[str, str]]:
    """Every column of every row of every table: a foreign key by its id, all else as text."""
    rows = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        names = [field.attname for field in model._meta.local_concrete_fields]
        for values in model._default_manager.values_list(*names):
            rows.add((model._meta.db_table, " | ".join(map(_text, values))))
    return rows


def _text(value):
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


class TestTheReportPages:
    def test_nothing_typed_is_lost_on_an_error(self, client, reader):
        client.force_login(reader)
        told = {"title": "Kept title", "impact": "Kept impact", "reporting": "facilitated", "look": ""}
        html = client.post(reverse("knowledge:report-lesson"), told).content.decode()
        assert "Kept title" in html
        assert "Kept impact" in html
        assert "This field is required" in html
        assert "Choose who writes it up" in html

    def test_one_may_go_back_and_finds_what_one_wrote(self, client, reader, lesson):
        client.force_login(reader)
        told = {"what_happened": "It fell. <b>", "reporting": "anonymous", "recurrence_of": lesson.pk}
        html = client.post(reverse("knowledge:report-lesson"), told | {"back": ""}).content.decode()
        assert "It fell. &lt;b&gt;" in html
        assert f'value="{lesson.pk}"' in html
        assert not LessonLearned.objects.filter(reporting="anonymous").exists()

    def test_a_day_to_come_is_refused(self, client, reader):
        client.force_login(reader)
        day = timezone.localdate() + timedelta(days=2)
        told = {"what_happened": "x", "reporting": "open", "happened_on": day.isoformat(), "send": ""}
        assert "still to come" in client.post(reverse("knowledge:report-lesson"), told).content.decode()

    def test_only_writers_are_offered_as_facilitators(self, client, reader, expert):
        member("gone", EXPERTS)
        Person.objects.filter(username="gone").update(is_active=False)
        client.force_login(reader)
        html = client.get(reverse("knowledge:report-lesson")).content.decode()
        assert "Emil Aster" in html
        assert "Rosa Aster</option>" not in html
        assert "Gone Aster" not in html


class TestTheLessonPage:
    def test_a_reader_sees_how_far_it_has_come_and_no_buttons(self, client, reader, lesson, expert):
        validate_lesson(lesson, note="Seen.", by=expert, at=NOON + DAY)
        client.force_login(reader)
        html = client.get(lesson.url).content.decode()
        assert "Validated" in html
        assert "Seen." in html
        assert "Close it" not in html
        step = reverse("knowledge:lesson-step", args=[lesson.pk, "actioned"])
        assert client.post(step, {}).status_code == 403
        assert client.post(reverse("knowledge:lesson-step", args=[lesson.pk, "burnt"])).status_code in (403, 404)

    def test_an_expert_closes_it_by_number(self, client, expert, lesson):
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        brief, edition = a_brief(expert, at=NOON + DAY)
        client.force_login(expert)
        address = reverse("knowledge:lesson-step", args=[lesson.pk, "actioned"])
        assert "one of the two" in client.post(address, {"note": "Kept"}).content.decode()
        wrong = client.post(address, {"reference": "BRF-9999", "note": "Kept"}).content.decode()
        assert "Nothing of this number" in wrong
        assert "Kept" in wrong
        assert client.post(address, {"reference": f"{brief.number.lower()}, edition 1"}).status_code == 302
        assert lesson.steps_taken.last().edition == edition
        assert edition.title in client.get(lesson.url).content.decode()

    def test_changes_on_its_processes_are_offered(self, client, expert):
        process = draft_page(Process, title="Build", by=expert, at=NOON)
        publish(process, by=None, author=expert, at=NOON, **change())
        lesson = a_lesson(expert, processes=[process])
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        _, near = a_brief(expert, at=NOON + DAY, processes=[process])
        _, far = a_brief(expert, at=NOON + DAY)
        client.force_login(expert)
        html = client.get(lesson.url).content.decode()
        assert near.title in html
        assert far.title not in html

    def test_what_one_may_not_see_is_not_named(self, client, reader, expert, lesson):
        validate_lesson(lesson, by=expert, at=NOON + DAY)
        brief, edition = a_brief(expert, at=NOON + DAY)
        close_lesson(lesson, through=edition, by=expert, at=NOON + 2 * DAY)
        again = a_lesson(expert, at=NOON + 3 * DAY, recurrence_of=lesson, title="A secret thing")
        for page in (brief, again):
            restrict(page)
        client.force_login(reader)
        html = client.get(lesson.url).content.decode()
        assert brief.title not in html
        assert "secret" not in html
        assert "may not see" in html

    def test_it_costs_the_same_however_long_its_history(self, client, reader, expert, process_owner):
        lesson = a_lesson(expert, whys=[Why(text="a"), Why(text="b")])
        _go_round(lesson, expert, process_owner, NOON)
        client.force_login(reader)
        client.get(lesson.url)
        with CaptureQueriesContext(connection) as short:
            client.get(lesson.url)
        for number in range(1, 4):
            _go_round(lesson, expert, process_owner, NOON + number * 10 * DAY)
            a_lesson(expert, at=NOON + (number * 10 + 5) * DAY, recurrence_of=lesson)
        with CaptureQueriesContext(connection) as long:
            client.get(lesson.url)
        assert len(long) <= len(short)

    def test_overdue_is_said(self, client, reader, expert):
        lesson = a_lesson(expert, action_due=NOON.date())
        client.force_login(reader)
        assert "Action overdue" in client.get(lesson.url).content.decode()
        assert "Action overdue" in client.get("/lessons/").content.decode()


def _go_round(lesson, expert, process_owner, at):
    validate_lesson(lesson, by=expert, at=at + DAY)
    _, edition = a_brief(expert, at=at + DAY)
    close_lesson(lesson, through=edition, by=expert, at=at + 2 * DAY)
    reopen_lesson(lesson, note="Again.", by=process_owner, at=at + 3 * DAY)


class TestOnTheShelf:
    def test_lessons_are_found_by_their_state(self, client, reader, expert):
        new, valid = a_lesson(expert, title="The new one"), a_lesson(expert, title="The valid one")
        validate_lesson(valid, by=expert, at=NOON + DAY)
        client.force_login(reader)
        html = client.get("/lessons/", {"status": "validated"}).content.decode()
        assert (new.title in html, valid.title in html) == (False, True)
        html = client.get("/lessons/", {"status": "new"}).content.decode()
        assert (new.title in html, valid.title in html) == (True, False)

    def test_the_shelf_costs_the_same_with_many(self, client, reader, expert):
        a_lesson(expert)
        client.force_login(reader)
        client.get("/lessons/")
        with CaptureQueriesContext(connection) as few:
            client.get("/lessons/")
        for _ in range(6):
            validate_lesson(a_lesson(expert), by=expert, at=NOON + DAY)
        with CaptureQueriesContext(connection) as many:
            client.get("/lessons/")
        assert len(many) <= len(few)

    def test_those_who_decide_weigh_what_they_may_see(self, reader, expert):
        process = draft_page(Process, title="Build", by=expert, at=NOON)
        publish(process, by=None, author=expert, at=NOON, **change())
        seen, hidden = a_lesson(expert, processes=[process]), a_lesson(expert, processes=[process])
        a_lesson(expert)
        restrict(hidden)
        [weighed] = lessons_to_weigh([process], reader)
        assert (weighed, weighed.state) == (seen, NEW)


def test_two_rooms_cannot_register_changes_of_one_kind():
    with pytest.raises(ValueError, match="question"):
        changes.register("question", "Another", lambda reference: None, lambda references, reader: set())
