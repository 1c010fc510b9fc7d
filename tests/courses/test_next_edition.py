"""A page that is changed: what the editor sees before it is published, and what becomes of whom when it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competence.models import Proof
from competence.no_training import no_training
from courses.actions import submit_attempt
from courses.models import Assignment
from courses.next_edition import foresee
from courses.readings import reading_steps
from evidence.models import Entry
from jobs.actions import run_waiting
from knowledge.actions import publish
from knowledge.models import Edition
from people.actions import end_role
from people.groups import EXPERTS, HR, PROCESS_OWNERS
from tests.courses.pages import queries_of, words_in, words_of
from tests.courses.quiz_scenes import a_brief, a_course, an_attempt, answers_of, asked_for
from tests.knowledge.conftest import form_of, words_of_entry
from tests.scenes import NOON, TODAY, hire, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]

LATER = NOON + timedelta(minutes=30)
IMPACTS = ["read", "test"]


@pytest.fixture
def brief():
    return a_brief()


@pytest.fixture
def course(brief):
    course = a_course(readings=[brief])
    asked_for(course)
    return course


def learner(course, **about):
    person = hire(**{"role": "Packer", **about})
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    return person


def publish_again(brief, impact, *, at=LATER, **more):
    return publish(brief, by=None, at=at, change_summary="Anew.", training_impact=impact, **more)


def assigned(person):
    return Assignment.objects.get(person=person, until=None)


@pytest.mark.parametrize("impact", IMPACTS)
def test_what_was_foreseen_is_what_comes(brief, course, impact):
    asked, others = {learner(course).pk for _ in range(2)}, learner(course, role="Driver").pk
    left = hire(last="Gone")
    holding = hold(left, "Packer", since=TODAY - timedelta(days=9))
    attempt = an_attempt(course, left)
    submit_attempt(attempt, answers=answers_of(attempt), by=left, at=NOON)
    end_role(holding, until=TODAY - timedelta(days=1), reason="Moved.", by=None, at=NOON)
    beginner = hire(role="Packer").pk
    foreseen = foresee(brief, today=TODAY)
    assert (foreseen.number, foreseen.people_again, foreseen.people_unfinished) == (2, asked, {beginner})
    before = set(Assignment.objects.values_list("pk", flat=True))
    publish_again(brief, impact)
    run_waiting(LATER)
    opened = Assignment.objects.exclude(pk__in=before)
    assert {assignment.person_id for assignment in opened} == asked
    assert {assignment.due for assignment in opened} == {foreseen.last_day}
    assert others not in asked


@pytest.mark.parametrize("impact", [*IMPACTS, "none"])
def test_who_has_not_finished_gets_the_new_edition_and_keeps_the_due_date(brief, course, impact):
    person = hire(role="Packer")
    before = assigned(person)
    second = publish_again(brief, impact, impact_reason="A comma." if impact == "none" else "")
    run_waiting(LATER)
    after = assigned(person)
    assert (after.pk, after.due, after.because) == (before.pk, before.due, before.because)
    (step,) = reading_steps([course.pk], person)[course.pk]
    assert (step.edition, step.acknowledged) == (second, False)


def test_it_is_foreseen_for_the_day_on_which_the_draft_comes_into_force(brief, course):
    person = learner(course)
    draft = brief.get_latest_revision_as_object()
    draft.effective_from = TODAY + timedelta(days=400)
    foreseen = foresee(draft, today=TODAY)
    assert foreseen.on == draft.effective_from
    assert foreseen.people_again == set()  # theirs has ended by then
    assert foreseen.people_unfinished == {person.pk}


class TestAnEditionThatNeedsNoTraining:
    @pytest.fixture
    def person(self, course):
        return learner(course)

    @pytest.fixture
    def edition(self, brief, person):
        return publish_again(brief, "none", impact_reason="Only a comma was moved.")

    def said(self, brief):
        return f"Edition 2 of “{brief.title}”, since 2 March 2026, needed no training: Only a comma was moved."

    def test_the_fact_and_its_entry_say_so(self, edition):
        kept = Edition.objects.get(pk=edition.pk)
        assert (kept.training_impact, kept.impact_reason) == ("none", "Only a comma was moved.")
        entry = Entry.objects.get(key=f"knowledge.edition_published:{edition.page.number}:2")
        assert "(training impact: none)" in words_of_entry(entry)
        assert entry.openings.get(field="impact_reason").value == "Only a comma was moved."

    def test_it_asks_nobody_again(self, edition, person):
        run_waiting(LATER)
        assert not Assignment.objects.filter(person=person, until=None).exists()

    def test_it_stands_beside_what_someone_has_shown_with_no_row_of_their_own(self, client, brief, edition, person):
        assert self.said(brief) in words_of(client, person, "courses:learning")
        assert self.said(brief) in words_of(client, person, "people:person", person.pk)
        assert Proof.objects.filter(person=person).count() == 1

    def test_it_is_not_said_of_who_learned_that_edition(self, client, brief, course, edition):
        later = learner(course)
        assert "needed no training" not in words_of(client, later, "courses:learning")

    def test_it_is_said_from_its_first_day_on(self, edition, person):
        proof = person.proofs.get().pk
        assert len(no_training([proof], person, on=TODAY)[proof]) == 1
        assert not no_training([proof], person, on=TODAY - timedelta(days=1))[proof]


class TestThePanel:
    """In the editor, for who writes and for who approves."""

    def panel(self, client, reader, brief):
        client.force_login(reader)
        words = words_in(client.get(reverse("wagtailadmin_pages:edit", args=[brief.pk])).content.decode())
        return words.partition("Whom it asks")[2].partition("If nothing: why not?")[0]

    def test_it_says_how_many_and_by_what_they_are_asked(self, client, brief, course):
        for _ in range(2):
            learner(course)
        hire(role="Packer")
        words = self.panel(client, hire(groups=[EXPERTS]), brief)
        assert "Read, or test: asks 2 people again , by 1 April 2026 at the latest" in words
        assert "2 by the role Packer" in words
        assert "1 has not finished: they get the new edition, and keep their due date." in words

    def test_it_names_those_whom_the_reader_may_see(self, client, brief, course):
        writer = hire(groups=[EXPERTS])
        learner(course, first="Grace", last="Hopper", manager=writer)
        learner(course, first="Alan", last="Turing")
        words = self.panel(client, writer, brief)
        assert "Grace Hopper and 1 more." in words
        assert "Alan Turing" not in words
        seen = self.panel(client, hire(groups=[EXPERTS, HR]), brief)
        assert "Grace Hopper, Alan Turing." in seen

    def test_who_approves_sees_the_same(self, client, brief, course):
        learner(course)
        client.force_login(hire(groups=[EXPERTS]))
        said = {"change_summary": "Anew.", "significance": "major", "training_impact": "read"}
        data = form_of(title=brief.title, slug=brief.slug, body="Anew.", **said)
        client.post(reverse("wagtailadmin_pages:edit", args=[brief.pk]), {**data, "action-submit": "1"})
        words = self.panel(client, hire(groups=[PROCESS_OWNERS]), brief)
        assert "asks 1 person again" in words

    def test_of_a_first_edition_and_of_a_page_that_nobody_learned(self, client, brief):
        writer = hire(groups=[EXPERTS])
        assert "Read, or test: asks nobody again." in self.panel(client, writer, brief)
        client.force_login(writer)
        create = reverse("wagtailadmin_pages:add", args=["knowledge", "knowledgebrief", brief.get_parent().pk])
        assert "It is the first edition" in words_in(client.get(create).content.decode())


def test_the_list_says_whom_and_why_to_who_may_see_them(client, brief, course):
    learner(course, first="Grace", last="Hopper")
    hire("Alan", "Turing", role="Packer")
    seen = words_of(client, hire(groups=[HR]), "courses:next-edition", brief.pk)
    assert "Edition 2, from 2 March 2026 on, would ask 1 person again. 1 has not finished" in seen
    assert seen.index("Grace Hopper") < seen.index("Alan Turing")
    assert f"There is edition 2 of “{brief.title}” since 2 March 2026: to be" in seen
    hidden = words_of(client, hire(groups=[EXPERTS]), "courses:next-edition", brief.pk)
    assert "would ask 1 person again" in hidden
    assert "Hopper" not in hidden
    assert "2 people are not named to you" in hidden


def queries_of_editing(client, address):
    """Wagtail's own form takes more than any page of ours."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_more_learners_take_no_more_queries(client, brief, course):
    client.force_login(hire(groups=[EXPERTS, HR]))
    addresses = [reverse("courses:next-edition", args=[brief.pk]), reverse("wagtailadmin_pages:edit", args=[brief.pk])]
    counts = []
    for size in (1, 5):
        for _ in range(size):
            learner(course)
            hire(role="Packer")
        publish_again(brief, "read", at=LATER + timedelta(minutes=size))
        counts.append([queries_of_editing(client, address) for address in addresses])
    assert counts[0] == counts[1]


def test_more_editions_without_training_take_no_more_queries(client, brief, course, django_assert_max_num_queries):
    person = learner(course)
    client.force_login(person)
    counts = []
    for number in (1, 2, 3):
        publish_again(brief, "none", at=LATER + timedelta(minutes=number), impact_reason="A comma.")
        counts.append(queries_of(client, reverse("courses:learning"), django_assert_max_num_queries))
    assert counts == counts[:1] * 3
