"""When a quiz may be taken, until when, and what is told afterwards."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from courses.actions import save_answers, start_attempt, submit_attempt
from courses.models import Attempt
from courses.responses import Posted
from courses.sitting import GRACE, deadline_of, is_over, reveals_right_answers, why_not_now
from jobs.actions import run_waiting
from people.refusals import Refused
from tests.courses.quiz_scenes import a_course, answers_of, right_to, save
from tests.scenes import NOON, hire

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def a_quiz(**fields):
    said = {"opens_at": None, "closes_at": None, "minutes": None, "attempts_allowed": None, "wait_hours": 0}
    return SimpleNamespace(**said | fields)


def handed_in(*ago):
    return [SimpleNamespace(submitted_at=NOON - hours * HOUR) for hours in ago]


@pytest.mark.parametrize(
    ("quiz", "earlier", "words"),
    [
        ({}, [], ""),
        ({}, [1, 2, 3], ""),
        ({"opens_at": NOON + MINUTE}, [], "opens on 2 March 2026, 13:01"),
        ({"opens_at": NOON}, [], ""),
        ({"closes_at": NOON}, [], "closed on 2 March 2026, 13:00"),
        ({"closes_at": NOON + MINUTE}, [], ""),
        ({"attempts_allowed": 2}, [5], ""),
        ({"attempts_allowed": 2}, [5, 4], "may be taken 2 times, and was"),
        ({"wait_hours": 24}, [], ""),
        ({"wait_hours": 24}, [48, 23], "can be taken again from 2 March 2026, 14:00"),
        ({"wait_hours": 24}, [48, 24], ""),
        ({"wait_hours": 24, "attempts_allowed": 1}, [23], "may be taken once, and was"),
    ],
)
def test_an_attempt_starts_only_when_it_may(quiz, earlier, words):
    told = why_not_now(a_quiz(**quiz), handed_in(*earlier), NOON)
    assert (words in told) if words else told == ""


@pytest.mark.parametrize(
    ("quiz", "deadline"),
    [
        ({}, None),
        ({"minutes": 30}, NOON + 30 * MINUTE),
        ({"closes_at": NOON + HOUR}, NOON + HOUR),
        ({"minutes": 30, "closes_at": NOON + HOUR}, NOON + 30 * MINUTE),
        ({"minutes": 90, "closes_at": NOON + HOUR}, NOON + HOUR),
    ],
)
def test_the_time_ends_with_the_limit_or_when_the_quiz_closes(quiz, deadline):
    assert deadline_of(a_quiz(**quiz), NOON) == deadline


def test_an_answer_that_was_sent_in_time_may_come_a_moment_later():
    attempt = Attempt(deadline=NOON)
    assert [is_over(attempt, NOON + late) for late in (-MINUTE, GRACE, GRACE + timedelta(seconds=1))] == [
        False,
        False,
        True,
    ]
    assert not is_over(Attempt(), NOON)


@pytest.mark.parametrize(
    ("reveals", "passed", "closes_at", "told"),
    [
        ("passed", True, None, True),
        ("passed", False, None, False),
        ("submitted", False, None, True),
        ("closed", True, NOON + MINUTE, False),
        ("closed", False, NOON, True),
        ("closed", True, None, False),
        ("never", True, None, False),
    ],
)
def test_right_answers_are_told_when_the_course_says_so(reveals, passed, closes_at, told):
    result = SimpleNamespace(passed=passed)
    attempt = SimpleNamespace(reveals=reveals, in_force=result, course=a_quiz(closes_at=closes_at))
    assert reveals_right_answers(attempt, NOON) is told


@pytest.mark.django_db
def test_after_the_time_nothing_is_saved_and_what_was_is_graded():
    course, person = a_course(questions=2, minutes=10), hire()
    attempt = start_attempt(course, by=person, at=NOON)
    one, other = attempt.asked.all()
    save(one, right_to(one), by=person, at=NOON + MINUTE)
    late = NOON + 11 * MINUTE
    with pytest.raises(Refused, match="The time for this quiz is over"):
        save_answers(attempt, [Posted(other, right_to(other))], by=person, at=late)
    done = submit_attempt(attempt, answers=answers_of(attempt), by=person, at=late)
    assert (done.points, done.submitted_at) == (1, NOON + 10 * MINUTE)


@pytest.mark.django_db
def test_cairn_closes_what_nobody_submits_and_not_before():
    course, person = a_course(questions=1, minutes=10), hire()
    attempt = start_attempt(course, by=person, at=NOON)
    with pytest.raises(Refused, match="is not over"):
        submit_attempt(attempt, by=None, at=NOON + MINUTE)
    run_waiting(NOON + 9 * MINUTE)
    assert Attempt.objects.open().exists()
    run_waiting(NOON + 11 * MINUTE)
    assert not Attempt.objects.open().exists()


@pytest.mark.django_db
def test_a_second_attempt_waits_and_a_third_is_refused():
    course, person = a_course(questions=1, wait_hours=2, attempts_allowed=2), hire()
    submit_attempt(start_attempt(course, by=person, at=NOON), by=person, at=NOON)
    with pytest.raises(Refused, match="can be taken again"):
        start_attempt(course, by=person, at=NOON + HOUR)
    later = NOON + 2 * HOUR
    submit_attempt(start_attempt(course, by=person, at=later), by=person, at=later)
    with pytest.raises(Refused, match="may be taken 2 times"):
        start_attempt(course, by=person, at=later + 9 * HOUR)
