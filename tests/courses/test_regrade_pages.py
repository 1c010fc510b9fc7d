import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses.actions import start_attempt, write_question
from courses.models import Regrade, Slot
from people.groups import EXPERTS
from tests.courses.pages import words_in, words_of
from tests.courses.quiz_scenes import a_choice, a_course, a_question
from tests.courses.test_statistics_pages import taken
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


@pytest.fixture
def course():
    return a_course(pass_percent=100)


@pytest.fixture
def author():
    return hire(groups=[EXPERTS])


def address_of(course):
    return reverse("courses:regrade", args=[course.questions.last().pk])


def shown(client, author, course, how="everyone"):
    """The form with which what is shown is confirmed, and what the page says."""
    client.force_login(author)
    html = client.get(address_of(course), {"how": how}).content.decode()
    return _confirming(html), words_in(html)


def _confirming(html):
    form = BeautifulSoup(html, "html.parser").find("form", class_="section", method="post")
    return {one["name"]: one["value"] for one in form.find_all("input", type="hidden")} if form else {}


def test_who_changes_is_shown_by_name_as_far_as_one_may_see_them_and_it_asks_before_it_acts(client, course, author):
    report = hire("Rita", manager=author)
    taken(course, right=1, person=report)
    taken(course, right=1)
    form, words = shown(client, author, course)
    assert "Not passed, and would now: 2" in words
    assert "Rita Byron 1 of 2 → 2 of 2" in words
    assert "1 of them is not named to you." in words
    assert "Zenobia" not in words
    assert not Regrade.objects.exists()
    response = client.post(address_of(course), form | {"reason": "Both are right."})
    assert response.url == reverse("courses:questions", args=[course.pk])
    assert Regrade.objects.get().by == author


def test_without_a_reason_it_is_shown_again(client, course, author):
    taken(course, right=1)
    form, _ = shown(client, author, course)
    response = client.post(address_of(course), form | {"reason": ""})
    assert _confirming(response.content.decode())["seen"] == form["seen"]
    assert not Regrade.objects.exists()


def test_what_came_in_meanwhile_is_shown_before_anything_is_done(client, course, author):
    taken(course, right=1)
    form, _ = shown(client, author, course)
    taken(course, right=1)
    html = client.post(address_of(course), form | {"reason": "Both are right."}).content.decode()
    assert "no longer what you were shown" in html
    assert "would now: 2" in words_in(html)
    assert not Regrade.objects.exists()
    client.post(address_of(course), _confirming(html) | {"reason": "Both are right."})
    assert Regrade.objects.get().results.count() == 2


def test_what_is_no_choice_is_refused(client, course, author):
    taken(course, right=1)
    form, words = shown(client, author, course, how="key:0")
    assert form == {}
    assert "What would change" not in words


def test_who_was_regraded_reads_it_with_the_reason_but_not_while_they_sit_it_again(client, course, author):
    attempt = taken(course, right=1)
    options = [("About half", False, ""), ("Full", True, ""), ("Empty", False, "")]
    key = a_question(course, question=course.questions.last(), stem="How full?", options=options)
    form, _ = shown(client, author, course, how=f"key:{key.pk}")
    client.post(address_of(course), form | {"reason": "Both are right."})
    words = words_of(client, attempt.person, "courses:result", attempt.pk)
    assert "Regraded on 2 March 2026: Both are right." in words
    assert "2 of 2 points: 100 %" in words
    assert "Full Your answer, right" in words
    for name, args in (("courses:learning", []), (course.url, [])):
        assert "passed" in words_of(client, attempt.person, name, *args).lower()
        assert "not passed" not in words_of(client, attempt.person, name, *args).lower()
    start_attempt(course, by=attempt.person, at=attempt.submitted_at)
    words = words_of(client, attempt.person, "courses:result", attempt.pk)
    assert "Regraded on 2 March 2026" in words
    assert "Both are right." not in words


@pytest.mark.parametrize(
    ("how", "badge", "points"),
    [("everyone", "Points for everyone", "2 of 2"), ("not counted", "Does not count", "1 of 1")],
)
def test_how_a_question_counts_is_said_beside_it(client, course, author, how, badge, points):
    attempt = taken(course, right=1)
    form, _ = shown(client, author, course, how=how)
    client.post(address_of(course), form | {"reason": "It was wrong."})
    words = words_of(client, attempt.person, "courses:result", attempt.pk)
    assert badge in words
    assert f"{points} point" in words


def test_a_question_of_the_bank_is_regraded_from_the_bank(client, author):
    version = write_question(a_choice(), course=None, by=None, at=NOON)
    course = a_course(questions=0)
    Slot.objects.create(course=course, question=version.question)
    taken(course, right=0)
    client.force_login(author)
    address = reverse("courses:regrade", args=[version.question_id])
    form = _confirming(client.get(address, {"how": "everyone"}).content.decode())
    assert client.post(address, form | {"reason": "It was wrong."}).url == reverse("courses:bank")
