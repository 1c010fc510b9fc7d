"""The whole way once, in a real browser: from a role that HR gives to an entry that the auditor opens."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.actions import run_waiting

pytestmark = pytest.mark.browser


def test_from_a_role_to_a_sample(house, visit):
    hr_gives_the_role(visit(house.hr), house)
    newcomer = visit(house.newcomer)
    newcomer_sees_what_is_due(newcomer, house)
    newcomer_reads_and_acknowledges(newcomer, house)
    newcomer_fails_and_passes(newcomer, house)
    matrix_shows(visit(house.manager), house, "Competent", "Shown on")
    run_waiting(timezone.now() + timedelta(minutes=1))  # as the worker does: it seals the log
    auditor_draws_a_sample(visit(house.auditor), house)


def go_to(page, room):
    page.get_by_role("navigation", name="Main").get_by_role("link", name=room, exact=True).click()


def state(where, word):
    return where.locator(".badge", has_text=re.compile(rf"\W{word}\s*$"))


def hr_gives_the_role(page, house):
    go_to(page, "People")
    page.get_by_role("link", name=str(house.newcomer)).click()
    page.get_by_role("link", name="Give a role").click()
    page.get_by_label("Role").select_option(label=house.role.name)
    page.get_by_role("button", name="Give a role").click()
    page.get_by_role("status").get_by_text("has the role Repair technician").wait_for()
    matrix_shows(page, house, "Due", "The role Repair technician")


def newcomer_sees_what_is_due(page, house):
    go_to(page, "My learning")
    to_do = page.get_by_role("listitem").filter(has_text=house.course.title)
    state(to_do, "Due").wait_for()
    to_do.get_by_text("Repair technician").wait_for()
    to_do.get_by_role("link", name=house.course.title).click()
    assert page.get_by_role("button", name="Start the quiz").count() == 0


def newcomer_reads_and_acknowledges(page, house):
    with page.expect_response(
        lambda response: response.url.endswith(reverse("knowledge:opened", args=[house.edition.pk]))
    ):
        page.get_by_role("link", name=house.brief.title).click()
    page.get_by_role("heading", name=house.brief.title, level=1).wait_for()
    page.get_by_role("button", name="I have read and understood this").click()
    page.get_by_text("You acknowledged edition 1").wait_for()


def newcomer_fails_and_passes(page, house):
    page.goto(house.course.url)
    page.get_by_role("button", name="Start the quiz").click()
    answer(page, house, "Open it", "Its weight when new")
    state(page, "Not passed").wait_for()
    page.get_by_role("button", name="Try again").click()
    answer(page, house, "Put it into the sand box", "The serial number", "That the box was photographed")
    state(page, "Passed").wait_for()
    go_to(page, "My learning")
    state(page.get_by_role("row", name=house.competence.name), "Competent").wait_for()


def answer(page, house, *options):
    """Choose them, wait until the page says that each question is saved, and submit."""
    for option in options:
        page.get_by_label(option).check()
    for question in page.locator("fieldset").all():
        question.get_by_text(re.compile(r"^Saved")).wait_for()
    page.get_by_role("button", name="Submit the answers").click()


def matrix_shows(page, house, word, why):
    go_to(page, "Matrix")
    cell = page.get_by_role("row", name=str(house.newcomer)).locator("details")
    cell.locator("summary", has_text=word).click()
    cell.get_by_text(why).wait_for()


def auditor_draws_a_sample(page, house):
    go_to(page, "Audit room")
    page.get_by_label("Course").select_option(label=house.course.title)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Draw a sample").click()
    page.get_by_label("What for").fill("Battery training of this year")
    page.get_by_label("How many entries").fill("2")
    page.get_by_label("Your number").fill("4711")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_role("heading", name="Battery training of this year").wait_for()
    page.get_by_role("link", name="Draw it again now").click()
    page.get_by_text("Drawn again, it is the same sample").wait_for()
    page.get_by_role("table").get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("heading", name="How to check it").wait_for()
    page.get_by_text(re.compile(r"It stands at position \d+ of the log")).wait_for()
