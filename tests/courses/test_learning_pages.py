from datetime import timedelta

import pytest
from django.urls import reverse

from courses.actions import start_attempt, submit_attempt
from tests.courses.pages import queries_of, words_of
from tests.courses.quiz_scenes import (
    a_brief,
    a_course,
    an_attempt,
    answers_of,
    asked_for,
    read_all,
)
from tests.scenes import NOON, TODAY, hire, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def test_my_learning_says_what_is_due_by_when_and_why_in_order_of_due_date(client):
    later, sooner = a_course(), a_course()
    asked_for(later, due_days=30)
    asked_for(sooner, due_days=7)
    words = words_of(client, hire(role="Packer"), "courses:learning")
    assert words.index(sooner.title) < words.index(later.title)
    assert "Due by 9 March 2026" in words
    assert "The role Packer (since 2 March 2026) asks for it." in words


def test_a_newcomer_sees_what_is_to_do_in_each_of_the_first_weeks_then_the_rest_by_due_date(client):
    rest, third, first = (a_course() for _ in range(3))
    asked_for(rest, due_days=3)
    asked_for(third, due_days=5, stage=3)
    asked_for(first, due_days=30, stage=1)
    words = words_of(client, hire(role="Packer"), "courses:learning")
    said = ["Week 1 2 March to 8 March 2026", first.title, "Week 3 16 March to 22 March 2026", third.title]
    places = [words.index(each) for each in [*said, "After that, by due date", rest.title]]
    assert places == sorted(places)
    assert "Week 2" not in words
    assert "The role Packer (since 2 March 2026) asks for it in the first week." in words


def test_without_first_weeks_there_are_no_headings_of_weeks(client):
    asked_for(a_course(), stage=1, since=TODAY)
    there_before = hire(role="Packer", since=TODAY - timedelta(days=1))
    words = words_of(client, there_before, "courses:learning")
    assert "Week 1" not in words
    assert "After that" not in words
    assert "Due by" in words


def test_my_learning_says_how_far_one_is(client):
    course, person = a_course(readings=[a_brief(), a_brief()]), hire(role="Packer")
    asked_for(course)
    assert "0 of 3 steps done" in words_of(client, person, "courses:learning")
    read_all(course, person)
    assert "2 of 3 steps done" in words_of(client, person, "courses:learning")


def test_my_learning_says_until_when_one_is_competent_and_what_the_results_were(client):
    course, person = a_course(), hire(role="Packer")
    asked_for(course)
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    words = words_of(client, person, "courses:learning")
    assert "Nothing is due" in words
    assert "Competent 2 Mar 2027" in words
    assert "2 of 2 ✓ Passed" in words


def test_my_learning_does_not_hide_what_no_course_teaches(client):
    course = a_course()
    asked_for(course)
    course.unpublish()
    words = words_of(client, hire(role="Packer"), "courses:learning")
    assert f"taught by no course ! Due by 1 April 2026 {course.teaches.name}" in words


def test_the_course_page_says_what_it_teaches_why_and_what_is_to_be_read(client):
    brief = a_brief()
    course = a_course(readings=[brief], questions=3, summary="What cells do to us.", introduction="**Read** first.")
    asked_for(course)
    words = words_of(client, hire(role="Packer"), course.url)
    for said in (
        f"It teaches {course.teaches.name}",
        "What cells do to us.",
        "Read first.",
        "The role Packer (since 2 March 2026) asks for it.",
        f"Not opened {brief.title}",
        "3 questions; 80 % of the points are enough",
        f"Before the quiz, read and acknowledge “{brief.title}”.",
    ):
        assert said in words


def test_the_course_page_offers_the_quiz_once_the_readings_are_done(client):
    course, person = a_course(readings=[a_brief()]), hire()
    assert "Start the quiz" not in words_of(client, person, course.url)
    read_all(course, person)
    assert "Start the quiz" in words_of(client, person, course.url)
    start_attempt(course, by=person, at=NOON)
    assert "Continue the quiz" in words_of(client, person, course.url)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({}, "80 % of the points are enough to pass. Start the quiz"),
        ({"minutes": 20}, "to pass. From the start on you have 20 minutes. Start"),
        ({"attempts_allowed": 1, "wait_hours": 2}, "to pass. It may be taken once. Start"),
        ({"attempts_allowed": 3, "wait_hours": 1}, "to pass. It may be taken 3 times, 1 hour apart. Start"),
        ({"wait_hours": 24}, "to pass. It may be taken again after 24 hours. Start"),
        ({"closes_at": NOON + timedelta(days=3)}, "to pass. It closes on 5 March 2026, 13:00. Start"),
    ],
)
def test_what_bounds_a_quiz_is_said_before_it_is_begun(client, rules, said):
    assert said in words_of(client, hire(), a_course(**rules).url)


def test_more_to_learn_takes_no_more_queries(client, django_assert_max_num_queries):
    person = hire()
    client.force_login(person)
    counts = []
    for role, size in (("Packer", 2), ("Driver", 8)):
        for _ in range(size):
            course = a_course(readings=[a_brief()])
            asked_for(course, role=role)
            attempt = an_attempt(course, person)
            submit_attempt(attempt, answers=answers_of(attempt, right=0), by=person, at=NOON)
        hold(person, role, since=TODAY)
        counts.append(queries_of(client, reverse("courses:learning"), django_assert_max_num_queries))
    assert counts[0] == counts[1]
