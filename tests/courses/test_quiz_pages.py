import re
from datetime import timedelta

import pytest
from django.urls import reverse

from courses.actions import submit_attempt
from courses.models import Attempt
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.courses.pages import post, posted, queries_of, words_in, words_of
from tests.courses.quiz_scenes import (
    MULTIPLE,
    a_brief,
    a_course,
    a_question,
    an_attempt,
    answers_of,
    asked_for,
    read_all,
    right_to,
    save,
)
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def test_the_way_without_javascript(client):
    course, person = a_course(readings=[a_brief()], questions=2), hire(role="Packer")
    asked_for(course)
    refused = post(client, person, "courses:start", course.pk)
    assert refused.url == course.url
    assert "Before the quiz, read and acknowledge" in words_of(client, person, course.url)
    read_all(course, person)
    started = post(client, person, "courses:start", course.pk)
    attempt = Attempt.objects.get()
    assert started.url == reverse("courses:attempt", args=[attempt.pk])
    assert "Question 2 of 2" in words_of(client, person, started.url)
    done = post(client, person, "courses:submit", attempt.pk, **posted(attempt))
    assert done.url == reverse("courses:result", args=[attempt.pk])
    assert "Passed" in words_of(client, person, done.url)
    assert client.get(started.url).url == done.url


def test_a_choice_is_saved_as_it_is_made_and_said(client):
    course, person = a_course(questions=1), hire()
    asked = an_attempt(course, person).asked.get()
    response = post(client, person, "courses:save-answer", asked.pk, **{f"question-{asked.pk}": 1})
    assert words_in(response.content.decode()) == "Saved at 14:00:00"
    assert f'name="seen-{asked.pk}" value="1"' in response.content.decode()
    asked.refresh_from_db()
    assert asked.answer == {"chosen": [1]}
    client.force_login(person)
    html = client.get(reverse("courses:attempt", args=[asked.attempt_id])).content.decode()
    assert re.findall(r'value="(\d+)" checked', html) == ["1"]


def test_saving_without_a_choice_clears_it(client):
    course, person = a_course(questions=0), hire()
    a_question(course, kind=MULTIPLE)
    asked = an_attempt(course, person).asked.get()
    save(asked, right_to(asked), by=person)
    assert post(client, person, "courses:save-answer", asked.pk).status_code == 200
    asked.refresh_from_db()
    assert not asked.is_answered


@pytest.mark.parametrize("nonsense", ["x", "-1", "1.5", "9" * 40, "²", "", "3"])
def test_nonsense_is_refused_with_a_sentence(client, nonsense):
    course, person = a_course(questions=1), hire()
    asked = an_attempt(course, person).asked.get()
    response = post(client, person, "courses:save-answer", asked.pk, **{f"question-{asked.pk}": nonsense})
    assert (response.status_code, "none of this question's" in response.content.decode()) == (409, True)
    response = post(client, person, "courses:submit", asked.attempt_id, **{f"question-{nonsense}": 1})
    assert response.status_code == 302
    assert Attempt.objects.get().submitted_at is None


def test_after_the_submit_saving_answers_with_the_reason(client):
    course, person = a_course(questions=1), hire()
    attempt = an_attempt(course, person)
    submit_attempt(attempt, by=person, at=NOON)
    response = post(client, person, "courses:save-answer", attempt.asked.get().pk)
    assert (response.status_code, "has been submitted" in response.content.decode()) == (409, True)


def test_submitting_twice_shows_the_one_result(client):
    course, person = a_course(), hire()
    attempt = an_attempt(course, person)
    first = post(client, person, "courses:submit", attempt.pk, **posted(attempt, right=0))
    second = post(client, person, "courses:submit", attempt.pk, **posted(attempt))
    assert first.url == second.url
    attempt.refresh_from_db()
    assert attempt.points == 0


@pytest.mark.parametrize("url", ["courses:start", "courses:save-answer", "courses:submit", "courses:withdraw-question"])
def test_nothing_changes_by_getting_a_page(client, url):
    client.force_login(hire(groups=[EXPERTS]))
    assert client.get(reverse(url, args=[1])).status_code == 405


@pytest.mark.parametrize("groups", [[], [EXPERTS], [PROCESS_OWNERS], [HR], [AUDITORS]])
def test_an_open_attempt_is_its_owners_alone(client, groups):
    attempt = an_attempt(a_course(questions=1), hire())
    client.force_login(hire(groups=groups))
    asked = attempt.asked.get()
    assert client.get(reverse("courses:attempt", args=[attempt.pk])).status_code == 403
    assert client.get(reverse("courses:result", args=[attempt.pk])).status_code == 403
    assert client.post(reverse("courses:submit", args=[attempt.pk])).status_code == 403
    assert client.post(reverse("courses:save-answer", args=[asked.pk])).status_code == 403
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize(
    ("groups", "status"), [([], 403), ([EXPERTS], 403), ([PROCESS_OWNERS], 403), ([HR], 200), ([AUDITORS], 200)]
)
def test_a_result_is_seen_by_its_owner_hr_and_auditors(client, groups, status):
    person = hire()
    attempt = an_attempt(a_course(), person)
    submit_attempt(attempt, by=person, at=NOON)
    client.force_login(hire(groups=groups))
    assert client.get(reverse("courses:result", args=[attempt.pk])).status_code == status
    client.force_login(person)
    assert client.get(reverse("courses:result", args=[attempt.pk])).status_code == 200


def test_a_stranger_sees_nothing(client):
    course = a_course(questions=1)
    attempt = an_attempt(course, hire())
    for url in ("courses:attempt", "courses:result"):
        assert client.get(reverse(url, args=[attempt.pk])).status_code == 302
    assert client.get(reverse("courses:learning")).status_code == 302
    assert client.get(course.url).status_code == 302


def test_a_failed_result_sends_people_to_read_and_offers_another_try(client):
    brief = a_brief()
    course, person = a_course(questions=0), hire()
    a_question(course, explanation="Half is best for storage.", tests=brief)
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt, right=0), by=person, at=NOON)
    words = words_of(client, person, "courses:result", attempt.pk)
    assert "0 of 1 point: 0 %" in words
    assert f"It tests {brief.title}" in words
    assert "No, full cells age." in words
    assert "Try again" in words
    assert "Half is best" not in words
    assert "Right, and not chosen" not in words
    assert "Yes, half." not in words


def test_a_passed_result_shows_the_right_options_and_why(client):
    course, person = a_course(questions=0, pass_percent=50), hire()
    a_question(course, explanation="Half is best for storage.")
    a_question(course, stem="And here?")
    attempt = an_attempt(course, person)
    answers = answers_of(attempt, right=0)
    right = attempt.asked.last()
    answers[right.pk] = right_to(right)
    submit_attempt(attempt, answers=answers, by=person, at=NOON)
    words = words_of(client, person, "courses:result", attempt.pk)
    assert "Half is best for storage." in words
    assert "About half Right, and not chosen" in words
    assert "Your answer, wrong" in words
    assert "Try again" not in words


FORBIDDEN = {
    "passed": "true",
    "points": "99",
    "points_possible": "1",
    "pass_percent": "1",
    "person": "1",
    "course": "1",
    "teaches": "1",
    "editions": "1",
    "started_at": "2020-01-01",
    "submitted_at": "2020-01-01",
    "recorded_at": "2020-01-01",
    "answer": '{"chosen": [1]}',
    "saved_at": "2020-01-01",
    "version": "1",
    "is_right": "true",
    "by": "1",
    "at": "2020-01-01",
}


def test_what_the_server_decides_cannot_be_posted(client):
    course, person = a_course(questions=2), hire()
    read_all(course, person)
    post(client, person, "courses:start", course.pk, **FORBIDDEN)
    attempt = Attempt.objects.get()
    asked = attempt.asked.first()
    post(client, person, "courses:save-answer", asked.pk, **FORBIDDEN)
    asked.refresh_from_db()
    assert not asked.is_answered
    post(client, person, "courses:submit", attempt.pk, **FORBIDDEN, **posted(attempt, right=1))
    attempt.refresh_from_db()
    now = NOON + timedelta(hours=1)
    assert (attempt.person, attempt.course, attempt.teaches) == (person, course, course.teaches)
    assert (attempt.points, attempt.points_possible, attempt.pass_percent, attempt.passed) == (1, 2, 80, False)
    assert (attempt.started_at, attempt.submitted_at) == (now, now)


def test_what_people_write_is_shown_and_never_run(client):
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    course, person = a_course(questions=0, introduction=evil, summary=evil), hire(groups=[EXPERTS])
    a_question(course, stem=evil, explanation=evil, options=[(evil, True, evil), ("No", False, evil)])
    client.force_login(person)
    shown = [client.get(course.url), client.get(reverse("courses:questions", args=[course.pk]))]
    attempt = an_attempt(course, person)
    shown.append(client.get(reverse("courses:attempt", args=[attempt.pk])))
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    shown.append(client.get(reverse("courses:result", args=[attempt.pk])))
    for response in shown:
        assert response.status_code == 200
        tags = re.findall(r"<(?:script|img)\b[^>]*>", response.content.decode())
        assert not [tag for tag in tags if "alert" in tag or "onerror" in tag or tag == "<script>"]


def test_a_longer_quiz_takes_no_more_queries(client, django_assert_max_num_queries):
    person = hire(groups=[EXPERTS])
    client.force_login(person)
    counts = []
    for size in (2, 9):
        course = a_course(questions=size, readings=[a_brief() for _ in range(size)])
        attempt = an_attempt(course, person)
        sheet = queries_of(client, reverse("courses:attempt", args=[attempt.pk]), django_assert_max_num_queries)
        submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
        others = (
            course.url,
            reverse("courses:questions", args=[course.pk]),
            reverse("courses:result", args=[attempt.pk]),
        )
        counts.append([sheet, *(queries_of(client, url, django_assert_max_num_queries) for url in others)])
    assert counts[0] == counts[1]


def test_attempts_and_results_are_not_kept_by_caches(client):
    person = hire()
    attempt = an_attempt(a_course(), person)
    client.force_login(person)
    assert "no-store" in client.get(reverse("courses:attempt", args=[attempt.pk]))["Cache-Control"]
    submit_attempt(attempt, by=person, at=NOON)
    assert "no-store" in client.get(reverse("courses:result", args=[attempt.pk]))["Cache-Control"]


@pytest.mark.parametrize("place", ["9" * 5000, "0", "-1", "x", "²", "4"])
def test_a_page_that_there_is_not_is_the_first(client, place):
    attempt = an_attempt(a_course(questions=2, one_a_page=True), person := hire())
    address = reverse("courses:attempt", args=[attempt.pk])
    client.force_login(person)
    shown = client.get(address, {"question": place})
    assert shown.context["place"] == 1
