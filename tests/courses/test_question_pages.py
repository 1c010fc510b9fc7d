from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses.actions import write_question
from courses.models import Question, QuestionVersion
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.courses.pages import post, queries_of, words_of
from tests.courses.quiz_scenes import (
    a_brief,
    a_choice,
    a_course,
    a_question,
)
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def a_form(**fields):
    told = {
        "stem": "How full?",
        "points": "1",
        "rows-TOTAL_FORMS": 3,
        "rows-INITIAL_FORMS": 0,
        "rows-0-text": "Half",
        "rows-0-is_right": "on",
        "rows-0-feedback": "Yes.",
        "rows-1-text": "Full",
    }
    return told | fields


def write(client, author, *args, kind="single", url="courses:write-question", **fields):
    client.force_login(author)
    return client.post(reverse(url, args=args) + f"?kind={kind}", a_form(**fields))


@pytest.mark.parametrize("group", [EXPERTS, PROCESS_OWNERS])
def test_those_who_write_write_questions(client, group):
    course, author = a_course(questions=0), hire(groups=[group])
    assert write(client, author, course.pk).status_code == 302
    version = QuestionVersion.objects.get()
    assert [(it.text, it.worth, it.feedback) for it in version.says.options] == [("Half", 1, "Yes."), ("Full", 0, "")]
    assert (version.written_by, version.written_at) == (author, NOON + timedelta(hours=1))
    revised = write(client, author, course.pk, version.question_id, stem="How full, then?")
    assert revised.status_code == 302
    words = words_of(client, author, "courses:questions", course.pk)
    assert "How full, then?" in words
    assert "Version 2, 2 March 2026" in words


def test_a_question_is_revised_from_what_it_says(client):
    course, author, brief = a_course(questions=0), hire(groups=[EXPERTS]), a_brief()
    version = a_question(course, explanation="Because.", tests=brief)
    client.force_login(author)
    html = client.get(reverse("courses:write-question", args=[course.pk, version.question_id])).content.decode()
    for said in ("Because.", ">\nAbout half</textarea>", 'value="Yes, half."', f'<option value="{brief.pk}" selected>'):
        assert said in html


def test_what_cannot_be_asked_is_said_above_the_form_and_nothing_is_lost(client):
    course, author = a_course(questions=0), hire(groups=[EXPERTS])
    response = write(client, author, course.pk, **{"rows-0-is_right": ""})
    assert "No option is worth the whole." in response.content.decode()
    assert ">\nFull</textarea>" in response.content.decode()
    assert not Question.objects.exists()


def test_a_question_is_withdrawn_with_a_reason(client):
    course, author = a_course(questions=1), hire(groups=[EXPERTS])
    question = course.questions.get()
    post(client, author, "courses:withdraw-question", question.pk, reason="")
    assert "Say why" in words_of(client, author, "courses:questions", course.pk)
    post(client, author, "courses:withdraw-question", question.pk, reason="The limit has changed.")
    assert "withdrawn on 2 March 2026: The limit has changed." in words_of(
        client, author, "courses:questions", course.pk
    )


@pytest.mark.parametrize("groups", [[], [HR], [AUDITORS]])
def test_nobody_else_sees_or_writes_questions(client, groups):
    course = a_course(questions=1)
    client.force_login(hire(groups=groups))
    for url, args in (
        ("courses:questions", [course.pk]),
        ("courses:write-question", [course.pk]),
        ("courses:write-question", [course.pk, course.questions.get().pk]),
    ):
        assert client.get(reverse(url, args=args)).status_code == 403
    assert client.post(reverse("courses:write-question", args=[course.pk]), a_form()).status_code == 403
    for url in ("courses:bank", "courses:write-banked"):
        assert client.get(reverse(url)).status_code == 403
    withdrawal = reverse("courses:withdraw-question", args=[course.questions.get().pk])
    assert client.post(withdrawal, {"reason": "Mine."}).status_code == 403
    assert QuestionVersion.objects.drawn().count() == 1


def test_a_question_of_the_bank_is_written_found_and_revised(client):
    author = hire(groups=[EXPERTS])
    told = {"tags": "cells, storage", "difficulty": "2", "category": "Batteries"}
    assert write(client, author, url="courses:write-banked", **told).url == reverse("courses:bank")
    question = Question.objects.get()
    assert (question.course, question.difficulty, set(question.tags.names())) == (None, 2, {"cells", "storage"})
    for query in ("", "?tag=cells&difficulty=2", "?q=how+full", "?kind=single&q=batter"):
        assert "How full?" in words_of(client, author, reverse("courses:bank") + query)
    assert "No such question" in words_of(client, author, reverse("courses:bank") + "?q=empty")
    write(client, author, question.pk, url="courses:write-banked", stem="How empty?")
    assert QuestionVersion.objects.latest_versions().get().stem == "How empty?"


def test_a_draft_is_kept_and_not_asked_until_it_is_none(client):
    course, author = a_course(questions=1), hire(groups=[EXPERTS])
    question = course.questions.get()
    write(client, author, course.pk, question.pk, stem="Better?", is_draft="on")
    assert [version.number for version in QuestionVersion.objects.drawn()] == [1]
    assert "Draft" in words_of(client, author, "courses:questions", course.pk)
    write(client, author, course.pk, question.pk, stem="Better?")
    assert [version.number for version in QuestionVersion.objects.drawn()] == [3]


def test_the_kind_is_chosen_first(client):
    course, author = a_course(questions=0), hire(groups=[EXPERTS])
    words = words_of(client, author, reverse("courses:write-question", args=[course.pk]) + "?kind=nonsense")
    assert "Missing words" in words


def test_a_passage_of_a_reading_is_chosen(client):
    brief = a_brief(body="Before.\n\n## Storage\n\nHalf full.")
    course, author = a_course(questions=0, readings=[brief]), hire(groups=[EXPERTS])
    client.force_login(author)
    page = BeautifulSoup(
        client.get(reverse("courses:write-question", args=[course.pk]) + "?kind=single").content, "html.parser"
    )
    [storage] = [option["value"] for option in page.find_all("option") if option.get_text().endswith("Storage")]
    write(client, author, course.pk, anchor=storage)
    version = QuestionVersion.objects.get()
    assert (f"{version.tests_id}:{version.passage}", version.tests_edition.number) == (storage, 1)


def test_a_longer_bank_takes_no_more_queries(client, django_assert_max_num_queries):
    author = hire(groups=[EXPERTS])
    client.force_login(author)
    counts = []
    for _ in range(2):
        write_question(a_choice(), tags=["cells"], difficulty=1, by=None, at=NOON)
        a_course(questions=3)
        counts.append(queries_of(client, reverse("courses:bank"), django_assert_max_num_queries))
    assert counts[0] == counts[1]


def test_a_reason_that_is_too_long_is_refused_and_no_character_is_too_strange(client):
    question, author = a_question(a_course(questions=0)).question, hire(groups=[EXPERTS])
    post(client, author, "courses:withdraw-question", question.pk, reason="x" * 201)
    question.refresh_from_db()
    assert question.withdrawn_at is None
    post(client, author, "courses:withdraw-question", question.pk, reason="Old\x00.")
    question.refresh_from_db()
    assert question.withdrawn_because == "Old."
