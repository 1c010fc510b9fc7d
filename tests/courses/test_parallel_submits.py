from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from competence.models import Proof
from courses.actions import start_attempt, submit_attempt
from courses.models import Attempt
from evidence.models import Listing
from people.refusals import Refused
from tests.courses.quiz_scenes import a_course, an_attempt, answers_of, asked_for, right_to, save, wrong_to
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]

MANY = 50


def at_once(function):
    """What it returns when it is called by so many at the same moment, each with a connection of its own."""
    gate = Barrier(MANY)

    def one(number):
        gate.wait()
        try:
            return function(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def test_fifty_parallel_submits_give_one_result():
    """Every other one is all wrong: whichever comes first decides for all."""
    course = a_course(questions=3)
    asked_for(course)
    person = hire(role="Packer")
    attempt = an_attempt(course, person)
    answers = [answers_of(attempt), answers_of(attempt, right=0)]

    def submit(number):
        at = NOON + timedelta(seconds=number)
        done = submit_attempt(attempt, answers=answers[number % 2], by=person, at=at)
        return done.points, done.passed, done.submitted_at

    results = set(at_once(submit))
    attempt.refresh_from_db()
    assert results == {(attempt.points, attempt.passed, attempt.submitted_at)}
    assert Listing.objects.filter(kind="courses.attempt_submitted").count() == 1
    assert Proof.objects.count() == int(attempt.passed)


def test_fifty_parallel_starts_begin_one_attempt():
    course, person = a_course(), hire()
    started = set(at_once(lambda number: start_attempt(course, by=person, at=NOON).pk))
    assert started == set(Attempt.objects.values_list("pk", flat=True))
    assert len(started) == 1


def test_no_answer_is_saved_once_it_is_graded():
    """Answers and the submit race: what was graded is what stands in the end."""
    course, person = a_course(questions=1), hire()
    attempt = an_attempt(course, person)
    asked = attempt.asked.select_related("version").get()
    right, wrong = right_to(asked), wrong_to(asked)
    save(asked, right, by=person)

    def race(number):
        try:
            if number == MANY // 2:
                submit_attempt(attempt, by=person, at=NOON)
            else:
                save(attempt.asked.get(), wrong if number % 2 else right, by=person)
        except Refused:
            pass

    at_once(race)
    attempt.refresh_from_db()
    assert attempt.passed is (attempt.asked.get().answer == right)
