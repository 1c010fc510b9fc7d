import pytest
from django.template import Context, Template
from django.test import RequestFactory

from courses.actions import submit_attempt, withdraw_question
from tests.courses.pages import words_in
from tests.courses.quiz_scenes import a_brief, a_course, a_question, an_attempt, answers_of, asked_for
from tests.scenes import NOON, TODAY, hire, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def drawn(tag, *, reader=None, **named):
    request = RequestFactory().get("/")
    request.user = reader or hire()
    html = Template("{% load course_tags %}{% " + tag + " %}").render(Context({"request": request, **named}))
    return words_in(html)


def test_what_is_due_is_shown_with_its_day_and_its_course():
    course, person = a_course(), hire(role="Packer")
    asked_for(course)
    words = drawn("training_due person", reader=person, person=person)
    assert words.startswith(f"! Due by 1 April 2026 {course.teaches.name}")
    assert f"Course: {course.title}" in words


def test_nothing_due_is_said_to_the_person_and_to_others():
    course, person = a_course(), hire(role="Packer")
    asked_for(course)
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    assert "Nothing is due" in drawn("training_due person", reader=person, person=person)
    assert drawn("training_due person", reader=hire(), person=person) == "Nothing is due."


def test_a_page_names_the_courses_that_have_it_read_or_ask_about_it():
    brief = a_brief()
    reads, asks = a_course(readings=[brief]), a_course(questions=0)
    a_course()
    a_question(asks, tests=brief)
    assert drawn("courses_on page", page=brief) == f"Learn it in a course {reads.title} {asks.title}"


def test_a_page_does_not_name_courses_that_no_longer_use_it():
    brief = a_brief()
    course, gone = a_course(questions=0), a_course(readings=[brief])
    version = a_question(course, tests=brief)
    a_question(course, question=version.question)
    withdrawn = a_question(course, tests=brief)
    withdraw_question(withdrawn.question, reason="Wrong.", by=None, at=NOON)
    gone.unpublish()
    assert drawn("courses_on page", page=brief) == ""


def test_a_competence_names_the_courses_that_teach_it():
    course = a_course()
    other = a_course(teaches=course.teaches)
    a_course()
    words = drawn("courses_teaching competence", competence=course.teaches)
    assert words == f"Courses {course.title} {other.title}"


def test_more_that_is_due_takes_no_more_queries(django_assert_max_num_queries):
    person, brief = hire(), a_brief()
    counts = []
    for role, size in (("Packer", 2), ("Driver", 6)):
        for _ in range(size):
            course = a_course(readings=[brief], questions=0)
            asked_for(course, role=role)
        hold(person, role, since=TODAY)
        for tag in ("training_due person", "courses_on page", "courses_teaching competence"):
            named = {"person": person, "page": brief, "competence": course.teaches}
            drawn(tag, reader=person, **named)
            with django_assert_max_num_queries(10) as captured:
                drawn(tag, reader=person, **named)
            counts.append(len(captured))
    assert counts[:3] == counts[3:]
