from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import Question, QuestionVersion
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.courses.pages import post, words_of
from tests.courses.quiz_scenes import (
    a_brief,
    a_course,
    a_question,
)
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def a_form(**fields):
    told = {
        "kind": "single",
        "stem": "How full?",
        "explanation": "",
        "tests": "",
        "options-TOTAL_FORMS": 3,
        "options-INITIAL_FORMS": 3,
        "options-0-text": "Half",
        "options-0-is_right": "on",
        "options-0-feedback": "Yes.",
        "options-1-text": "Full",
        "options-1-feedback": "",
        "options-2-text": "",
        "options-2-feedback": "",
    }
    return told | fields


@pytest.mark.parametrize("group", [EXPERTS, PROCESS_OWNERS])
def test_those_who_write_write_questions(client, group):
    course, author = a_course(questions=0), hire(groups=[group])
    assert post(client, author, "courses:write-question", course.pk, **a_form()).status_code == 302
    version = QuestionVersion.objects.get()
    assert [(it.text, it.worth, it.feedback) for it in version.says.options] == [("Half", 1, "Yes."), ("Full", 0, "")]
    assert (version.written_by, version.written_at) == (author, NOON + timedelta(hours=1))
    revised = post(
        client, author, "courses:write-question", course.pk, version.question_id, **a_form(stem="How full, then?")
    )
    assert revised.status_code == 302
    words = words_of(client, author, "courses:questions", course.pk)
    assert "How full, then?" in words
    assert "Version 2, 2 March 2026" in words


def test_a_question_is_revised_from_what_it_says(client):
    course, author, brief = a_course(questions=0), hire(groups=[EXPERTS]), a_brief()
    version = a_question(course, explanation="Because.", tests=brief)
    client.force_login(author)
    html = client.get(reverse("courses:write-question", args=[course.pk, version.question_id])).content.decode()
    for said in ("Because.", 'value="About half"', 'value="Yes, half."', f'<option value="{brief.pk}" selected>'):
        assert said in html


def test_what_cannot_be_asked_is_said_above_the_form_and_nothing_is_lost(client):
    course, author = a_course(questions=0), hire(groups=[EXPERTS])
    response = post(client, author, "courses:write-question", course.pk, **a_form(**{"options-0-is_right": ""}))
    assert "No option is worth the whole." in response.content.decode()
    assert 'value="Full"' in response.content.decode()
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
    withdrawal = reverse("courses:withdraw-question", args=[course.questions.get().pk])
    assert client.post(withdrawal, {"reason": "Mine."}).status_code == 403
    assert QuestionVersion.objects.drawn().count() == 1
