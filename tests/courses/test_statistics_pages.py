import pytest
from django.urls import reverse

from courses.actions import regrade_question, start_attempt, submit_attempt
from courses.models import Slot, Treatment
from courses.regrade_plan import plan_of
from courses.statistics_rows import statistics_for
from people.groups import EXPERTS
from tests.courses.pages import queries_of, words_of
from tests.courses.quiz_scenes import a_course, a_question, an_attempt, answers_of
from tests.scenes import NOON, hire
from tests.security.test_csv import rows_of, starts_formula

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def taken(course, *, right, person=None):
    person = person or hire("Zenobia")
    attempt = an_attempt(course, person)
    return submit_attempt(attempt, answers=answers_of(attempt, right=right), by=person, at=NOON)


def figures(course):
    return [(one.place, one.of.attempts, one.facility_percent) for one in statistics_for(course)]


def test_the_first_graded_attempt_of_each_counts_and_names_nobody(client):
    course, author, again = a_course(), hire(groups=[EXPERTS]), hire("Zenobia")
    for right, person in ((1, again), (2, again), (0, None)):
        taken(course, right=right, person=person)
    start_attempt(course, by=hire(), at=NOON)
    assert figures(course) == [(1, 2, 50), (2, 2, 0)]
    words = words_of(client, author, "courses:statistics", course.pk)
    assert "Too few attempts (2) to say." in words
    assert "Full 1 " in words
    assert "Zenobia" not in words
    assert "Statistics" in words_of(client, author, "courses:questions", course.pk)


def test_a_corrected_key_is_what_they_are_reckoned_by_and_points_for_everyone_hide_nothing():
    course = a_course()
    taken(course, right=1)
    first, second = course.questions.all()
    options = [("About half", False, ""), ("Full", True, ""), ("Empty", False, "")]
    key = a_question(course, question=second, stem="How full?", options=options)
    for question, treatment, version in ((first, Treatment.EVERYONE, None), (second, Treatment.KEY, key)):
        taken(course, right=0)
        plan = plan_of(question, treatment, version, by=None)
        told = {"treatment": treatment, "key": version, "reason": "Wrong.", "seen": plan.seen}
        regrade_question(question, **told, by=None, at=NOON)
    assert figures(course)[:2] == [(1, 3, 33), (2, 2, 0)]
    assert statistics_for(course)[2].facility_percent == 100


def test_before_anyone_was_graded_it_says_so(client):
    assert "No answers yet" in words_of(client, hire(groups=[EXPERTS]), "courses:statistics", a_course().pk)


def test_more_answers_take_no_more_queries(client, django_assert_max_num_queries):
    course, author = a_course(), hire(groups=[EXPERTS])
    client.force_login(author)
    counts = []
    for _ in range(2):
        for right in (0, 1, 2):
            taken(course, right=right)
        question = course.questions.last()
        plan = plan_of(question, Treatment.EVERYONE, None, by=None)
        told = {"treatment": Treatment.EVERYONE, "reason": "Wrong.", "seen": plan.seen}
        regrade_question(question, **told, by=None, at=NOON)
        address = reverse("courses:statistics", args=[course.pk])
        counts.append(queries_of(client, address, django_assert_max_num_queries))
    assert counts[0] == counts[1]


def test_a_file_of_them_begins_no_formula(client):
    course = a_course(questions=0)
    a_question(course, stem="=1+1", options=[("=HYPERLINK(1)", True, ""), ("@SUM(A1)", False, "")])
    taken(course, right=1)
    client.force_login(hire(groups=[EXPERTS]))
    response = client.get(reverse("courses:statistics-csv", args=[course.pk]))
    header, *lines = rows_of(response)
    assert [line[header.index("Answer")] for line in lines] == ["'=HYPERLINK(1)", "'@SUM(A1)"]
    assert [line[header.index("Chosen")] for line in lines] == ["1", "0"]
    assert not [cell for line in lines for cell in line if starts_formula(cell)]


def test_they_are_closed_while_one_sits_a_quiz_elsewhere_that_asks_one_of_the_questions(client):
    course, elsewhere = a_course(), a_course(questions=0)
    Slot.objects.create(course=elsewhere, question=course.questions.first())
    Slot.objects.create(course=course, question=course.questions.last())
    author = hire(groups=[EXPERTS])
    taken(elsewhere, right=1)
    attempt = an_attempt(elsewhere, author)
    client.force_login(author)
    addresses = [reverse(f"courses:{name}", args=[elsewhere.pk]) for name in ("statistics", "statistics-csv")]
    addresses += [reverse("courses:statistics", args=[course.pk])]
    addresses += [reverse("courses:regrade", args=[course.questions.first().pk])]
    assert {client.get(address).status_code for address in addresses} == {403}
    submit_attempt(attempt, answers=answers_of(attempt), by=author, at=NOON)
    assert {client.get(address).status_code for address in addresses} == {200}
