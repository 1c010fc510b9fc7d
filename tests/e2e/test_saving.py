"""Answers as people give them in a browser: kept as they go, also while the server cannot be reached."""

import re

import pytest
from django.urls import reverse

from courses.models import Attempt
from tests.courses.kinds_of_question import OF_EACH_KIND
from tests.courses.quiz_scenes import a_course, a_question, an_attempt

pytestmark = pytest.mark.browser


def test_answers_are_saved_as_they_are_given_and_what_the_line_lost_is_saved_later(house, visit):
    course = a_course(questions=0)
    for kind in ("single", "short-answer", "matching"):
        a_question(course, OF_EACH_KIND[kind])
    attempt = an_attempt(course, house.newcomer)
    page = visit(house.newcomer)
    page.goto(reverse("courses:attempt", args=[attempt.pk]))
    choice, line, match = page.locator("fieldset").all()

    choice.get_by_label("About half").check()
    is_saved(choice)
    line.get_by_label("Your answer").type("sand")  # nothing is left or pressed: two seconds must do
    line.get_by_text(re.compile("^Saved at")).wait_for(timeout=2000 + 1000)

    page.route("**/learning/answers/**", lambda route: route.abort())
    match.get_by_label("Cells").select_option(label="Cabinet B2")
    match.get_by_text("Not saved yet").wait_for()
    assert page.get_by_text("The server cannot be reached. Stay on this page").is_visible()
    match.get_by_label("Bands").select_option(label="Shelf 4")
    page.unroute("**/learning/answers/**")
    is_saved(match)
    visit.complaints.clear()  # the browser's, of the line that was cut
    assert page.get_by_text("The server cannot be reached. Stay on this page").is_hidden()

    cabinet, shelf = (OF_EACH_KIND["matching"].sheet().options.index(name) for name in ("Cabinet B2", "Shelf 4"))
    answers = [asked.answer for asked in Attempt.objects.get(pk=attempt.pk).asked.all()]
    assert answers == [{"chosen": [0]}, {"text": "sand"}, {"placed": [cabinet, shelf, None]}]


def is_saved(question):
    question.get_by_text(re.compile("^Saved")).wait_for()
