"""What waits for whom: the assessor whom the course names, else whoever writes its questions; never one's own."""

import pytest
from django.urls import reverse

from courses.actions import ask_for_assessment, start_attempt, submit_attempt
from courses.desk import count_waiting_for, waiting_for
from courses.kinds import FreeText
from courses.models import Attempt, SignOff
from courses.rubrics import rubric_in
from people.groups import EXPERTS
from tests.courses.pages import post, queries_of, words_of
from tests.courses.quiz_scenes import a_course, a_question
from tests.courses.step_scenes import NOT_MET, RUBRIC, a_task
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def to_assess(assessor=None, *, asked_by=None, guidance="Look for the lock."):
    """A text that was handed in and a task that someone is ready to show."""
    course, person = a_course(questions=0, tasks=[a_task()], assessor=assessor), asked_by or hire()
    a_question(course, FreeText(stem="Why lock it?", rubric=rubric_in(RUBRIC), guidance=guidance))
    attempt = start_attempt(course, by=person, at=NOON)
    submit_attempt(attempt, answers={attempt.asked.get().pk: {"text": "So that it stays shut."}}, by=person, at=NOON)
    ask_for_assessment(course.tasks.get(), by=person, at=NOON)
    return course, attempt.asked.get()


def test_it_waits_for_the_named_assessor_alone():
    assessor, expert = hire(), hire(groups=[EXPERTS])
    to_assess(assessor)
    assert [count_waiting_for(one) for one in (assessor, expert, hire())] == [2, 0, 0]


def test_without_a_name_and_where_it_is_the_assessors_own_it_waits_for_those_who_write():
    assessor, expert = hire(), hire(groups=[EXPERTS])
    to_assess(asked_by=expert)
    to_assess(assessor, asked_by=assessor)
    assert [count_waiting_for(one) for one in (assessor, expert)] == [0, 2]


def test_what_answers_a_question_that_one_sits_oneself_is_not_shown():
    assessor = hire()
    course, _ = to_assess(assessor)
    start_attempt(course, by=assessor, at=NOON)
    assert count_waiting_for(assessor) == 0


def test_an_answer_is_marked_with_the_rubric_and_the_guidance_and_grades_the_attempt(client):
    assessor = hire()
    _, asked = to_assess(assessor)
    words = words_of(client, assessor, "courses:mark", asked.pk)
    for said in (
        "Why lock it?",
        "So that it stays shut.",
        "Look for the lock.",
        "Isolation",
        "done and tried (2 points)",
    ):
        assert said in words
    assert "Choose one level" not in words
    done = post(client, assessor, "courses:mark", asked.pk, **{"criterion-0": 2, "criterion-1": 1, "comment": "Good."})
    assert done.url == reverse("courses:desk")
    assert Attempt.objects.get().passed
    assert not waiting_for(assessor).answers
    assert client.get(reverse("courses:mark", args=[asked.pk])).status_code == 403


def test_a_form_that_is_not_whole_marks_nothing(client):
    assessor = hire()
    _, asked = to_assess(assessor)
    response = post(client, assessor, "courses:mark", asked.pk, **{"criterion-0": 2, "comment": "Good."})
    assert "This field is required" in response.content.decode()
    assert "Good." in response.content.decode()
    asked.refresh_from_db()
    assert asked.worth is None


def test_the_person_reads_what_was_found_and_signs_nothing(client):
    assessor = hire("Vera", "Vogt")
    to_assess(assessor)
    [practical] = waiting_for(assessor).practicals
    told = {"criterion-0": NOT_MET[0], "criterion-1": NOT_MET[1], "comment": "Try the switch."}
    assert post(client, practical.person, "courses:practical", practical.pk, **told).status_code == 403
    assert not SignOff.objects.exists()
    post(client, assessor, "courses:practical", practical.pk, **told)
    words = words_of(client, practical.person, "courses:practical", practical.pk)
    for said in ("Not met", "Try the switch.", "Signed by Vera Vogt", "not done"):
        assert said in words
    assert "Sign it off" not in words


def test_an_assessor_is_told_on_their_own_pages(client):
    assessor = hire()
    assert "to assess" not in words_of(client, assessor, "courses:learning")
    to_assess(assessor)
    for page in ("/", "courses:learning"):
        assert "2 to assess" in words_of(client, assessor, page)


def test_more_to_assess_takes_no_more_queries(client, django_assert_max_num_queries):
    assessor = hire()
    client.force_login(assessor)
    counts = []
    for size in (1, 4):
        for _ in range(size):
            to_assess(assessor)
        counts.append(queries_of(client, reverse("courses:desk"), django_assert_max_num_queries))
    assert counts[0] == counts[1]
