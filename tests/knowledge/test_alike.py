from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from jobs.actions import run_waiting
from knowledge.actions import draft_page, publish, validate_lesson
from knowledge.alike import MOST_WORDS, WORD, alike, significant_words
from knowledge.models import DecisionRecord, KnowledgeBrief, LessonLearned, LessonMark, Process
from tests.knowledge.conftest import NOON, change


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    path = tmp_path / "index"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend", "PATH": path, "LANGUAGE": "en"}}


def published(kind, title, expert, **fields):
    page = draft_page(kind, title=title, by=expert, at=NOON, **fields)
    publish(page, by=None, author=expert, at=NOON, **change())
    return page


@pytest.fixture
def known(expert):
    """Two lessons and a decision on leaking seals, and what else is published."""
    pages = {
        "leak": published(LessonLearned, "Bands leaked at the seal", expert, what_happened="Water under the window."),
        "glue": published(LessonLearned, "The glue had a skin", expert, what_happened="The seal opened after a day."),
        "decision": published(DecisionRecord, "One seal for all bands", expert, context="Seals differ."),
        "brief": published(KnowledgeBrief, "How a seal is laid", expert, body="Seal the band."),
        "other": published(LessonLearned, "A parcel went astray", expert, what_happened="The label was wet."),
    }
    run_waiting(timezone.now())
    return pages


def test_the_most_alike_lessons_and_decisions_come_first(known, reader):
    found = alike("A band leaked", "There was water under the window; the seal was open.", reader)
    assert found[0] == known["leak"]
    assert set(found) == {known["leak"], known["glue"], known["decision"]}


def test_each_lesson_comes_with_its_state(known, reader, expert):
    validate_lesson(known["leak"], by=expert, at=NOON)
    states = {page.pk: page.state for page in alike("seal", "", reader) if isinstance(page, LessonLearned)}
    assert states == {known["leak"].pk: "validated", known["glue"].pk: ""}


def test_no_more_than_five(reader, expert):
    for number in range(8):
        published(LessonLearned, f"Seal number {number}", expert, what_happened="x")
    run_waiting(timezone.now())
    assert len(alike("seal", "", reader)) == 5


def test_what_one_may_not_see_is_not_found(known, reader):
    PageViewRestriction.objects.create(page=known["leak"], restriction_type="groups")
    assert known["leak"] not in alike("Bands leaked at the seal", "", reader)


def test_a_draft_is_not_like_itself(known, reader):
    assert known["leak"] not in alike("seal", "", reader, besides=known["leak"].pk)


@pytest.mark.parametrize("text", ["", "   ", "!? ..", "of a", "𝔘 ☃", "* [ ( AND OR NOT", '"unclosed', "x" * 100_000])
def test_no_text_is_too_strange(known, reader, text):
    assert len(alike(text, text, reader)) <= 5


def test_an_empty_index_finds_nothing(reader, expert):
    assert alike("seal", "seal", reader) == []


def test_it_costs_four_queries(known, reader):
    alike("seal", "", reader)
    with CaptureQueriesContext(connection) as queries:
        assert len(alike("seal", "band window", reader)) == 3
    assert len(queries) <= 4


@given(st.text(max_size=300), st.text(max_size=2000))
def test_the_words_asked_for_are_few_and_of_the_text(title, text):
    words = significant_words(title, text)
    assert len(words) == len(set(words)) <= MOST_WORDS
    told = Counter(WORD.findall(f"{title}\n{text}".casefold()))
    assert set(words) <= set(told)


class TestAtThePointOfUse:
    def test_a_reporter_is_shown_them_and_may_say_that_it_happened_again(self, known, reader, client):
        client.force_login(reader)
        told = {"what_happened": "Water under the window", "reporting": "open"}
        html = client.post(reverse("knowledge:report-lesson"), told | {"look": ""}).content.decode()
        assert known["leak"].title in html
        assert "This happened again" in html
        client.post(reverse("knowledge:report-lesson"), told | {"recurrence_of": known["leak"].pk, "send": ""})
        assert LessonLearned.objects.get(live=False).recurrence_of == known["leak"]

    def test_who_writes_a_lesson_sees_them(self, known, expert, client):
        draft = draft_page(LessonLearned, title="A seal", what_happened="It leaked.", by=expert, at=NOON)
        client.force_login(expert)
        html = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
        assert known["leak"].title in html
        new = reverse("wagtailadmin_pages:add", args=["knowledge", "lessonlearned", draft.get_parent().pk])
        assert "Save the draft" in client.get(new).content.decode()

    def test_who_writes_a_decision_sees_the_lessons_on_its_processes_and_which_are_marked(self, expert, client):
        process = published(Process, "Build", expert)
        marked = published(LessonLearned, "Marked lesson", expert, what_happened="x", processes=[process])
        published(LessonLearned, "Unmarked lesson", expert, what_happened="x", processes=[process])
        published(LessonLearned, "Lesson elsewhere", expert, what_happened="x")
        mark = LessonMark(lesson=marked, mark="considered", because="It fits.")
        fields = {"processes": [process], "lesson_marks": [mark]}
        draft = draft_page(DecisionRecord, title="Decide", by=expert, at=NOON, **fields)
        client.force_login(expert)
        html = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
        panel = html[html.index("Lessons to weigh") :]
        panel = panel[: panel.index("</ul>")]
        assert "Marked lesson</a> (Not validated yet): considered" in panel
        assert panel.count("not marked yet") == 1
        assert "Lesson elsewhere" not in panel
