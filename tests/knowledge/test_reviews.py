from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from evidence.models import Entry
from jobs.actions import run_waiting
from knowledge.actions import draft_page, publish, remind_owners, verify_page, withdraw_page
from knowledge.models import (
    Citation,
    DecisionRecord,
    KnowledgeBrief,
    LessonLearned,
    OwnerReminder,
    Process,
    Supersession,
)
from knowledge.refusals import VerificationRefused
from knowledge.reviewing import State, months_after, review_state
from knowledge.reviews import answered_for_by, looks_for, review_of, standings, with_reviews
from people.actions import withdraw_person
from tests.knowledge.conftest import NOON, change, member

DAY = timedelta(days=1)
MARCH_2 = NOON.date()

# Last looked at on 31 January 2026. Months | on | someone answers for it | something changed | so it is
STANDS = [
    (12, "2026-01-31", True, False, State.VERIFIED),
    (12, "2026-12-31", True, False, State.VERIFIED),
    (12, "2027-01-01", True, False, State.DUE),  # 30 days before
    (12, "2027-01-31", True, False, State.DUE),  # the day itself
    (12, "2027-02-01", True, False, State.OVERDUE),
    (1, "2026-02-13", True, False, State.VERIFIED),  # of a month, from its middle
    (1, "2026-02-14", True, False, State.DUE),
    (1, "2026-02-28", True, False, State.DUE),  # there is no 31 February
    (1, "2026-03-01", True, False, State.OVERDUE),
    (12, "2026-02-01", True, True, State.DUE),  # before the calendar asks
    (12, "2027-02-01", True, True, State.OVERDUE),
    (12, "2026-02-01", False, False, State.UNOWNED),
    (12, "2027-02-01", False, True, State.UNOWNED),
]


@pytest.mark.parametrize(("months", "on", "answered_for", "changed", "state"), STANDS)
def test_how_a_page_stands(months, on, answered_for, changed, state):
    review = review_state(
        owner_active=answered_for,
        last_looked=date(2026, 1, 31),
        review_months=months,
        on=date.fromisoformat(on),
        looks=changed,
    )
    assert review.state == state


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-06-30", 60, "2031-06-30"),
    ],
)
def test_intervals_are_calendar_months(day, months, then):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60), st.integers(0, 2500))
def test_a_page_goes_from_verified_to_due_to_overdue_and_never_back(day, months, later):
    asked = {"owner_active": True, "last_looked": day, "review_months": months}
    order = [State.VERIFIED, State.DUE, State.OVERDUE]
    today, tomorrow = (review_state(**asked, on=day + timedelta(days=days)) for days in (later, later + 1))
    assert order.index(today.state) <= order.index(tomorrow.state)
    assert review_state(**asked, on=today.next_due).state == State.DUE
    assert review_state(**asked, on=today.next_due + DAY).state == State.OVERDUE


# Who answers for a page.


@pytest.fixture
def owner(db):
    return member("olga")


@pytest.fixture
def deputy(db):
    return member("dora")


def live(kind, title, *, at=NOON, by=None, **fields):
    page = draft_page(kind, title=title, by=by, at=at, **fields)
    publish(page, by=by, at=at, **change())
    return page


def a_brief(title="Seals", **fields):
    return live(KnowledgeBrief, title, body=fields.pop("body", "Look at it."), **fields)


def cites(page, cited):
    Citation.objects.get_or_create(citing=page.knowledgepage_ptr, cited=cited.knowledgepage_ptr)


def standing(page, *, on=MARCH_2):
    return review_of(with_reviews(KnowledgeBrief.objects.filter(pk=page.pk), on=on).get(), on=on)


def state(page, *, on=MARCH_2):
    return standing(page, on=on).state


def publish_again(page, *, at, significance="major"):
    page = type(page).objects.get(pk=page.pk)
    return publish(page, by=None, at=at, change_summary="Changed.", training_impact="read", significance=significance)


@pytest.mark.django_db
def test_a_page_that_nobody_answers_for_is_unowned():
    assert state(a_brief()) == State.UNOWNED


def test_a_page_whose_owner_has_left_is_unowned_from_the_day_after(owner):
    page = a_brief(accountable=owner)
    withdraw_person(owner, last_day=MARCH_2, reason="retires", by=None, at=NOON)
    assert state(page) == State.VERIFIED
    assert state(page, on=MARCH_2 + DAY) == State.UNOWNED


def test_a_deputy_answers_for_it_when_the_owner_has_left(owner, deputy):
    page = a_brief(accountable=owner, deputies=[deputy])
    withdraw_person(owner, last_day=MARCH_2, reason="retires", by=None, at=NOON)
    assert state(page, on=MARCH_2 + DAY) == State.VERIFIED
    assert list(answered_for_by(deputy)) == [page.knowledgepage_ptr]


def test_to_verify_is_to_have_looked(owner):
    page = a_brief(accountable=owner, review_months=1)
    assert state(page, on=date(2026, 4, 3)) == State.OVERDUE
    with time_machine.travel(NOON, tick=False):
        verify_page(page.editions.get(), by=owner, at=NOON + 30 * DAY, note="  Asked Ben. ")
    assert state(page, on=date(2026, 4, 3)) == State.VERIFIED
    assert page.verifications.get().note == "Asked Ben."
    entry = Entry.objects.get(pk=f"knowledge.page_verified:{page.verifications.get().pk}")
    assert entry.openings.get(field="note").value == "Asked Ben."


def test_to_publish_is_to_have_looked(owner):
    page = a_brief(accountable=owner, review_months=1)
    publish_again(page, at=NOON + 30 * DAY, significance="minor")
    assert state(page, on=date(2026, 4, 3)) == State.VERIFIED


def test_what_is_no_longer_in_force_is_not_verified(owner):
    page = a_brief(accountable=owner)
    first = page.editions.get()
    publish_again(page, at=NOON + DAY)
    with pytest.raises(VerificationRefused, match="no longer in force"):
        verify_page(first, by=owner, at=NOON + 2 * DAY)
    assert not page.verifications.exists()


# What a page rests on.


def look_words(page, reader):
    (found,) = with_reviews(KnowledgeBrief.objects.filter(pk=page.pk), on=MARCH_2)
    return [f"{look.page.title} {look.words}" for look in looks_for([found], reader).get(page.pk, [])]


@pytest.mark.parametrize(("significance", "asks"), [("major", State.DUE), ("minor", State.VERIFIED)])
def test_a_major_edition_of_its_process_asks_for_a_look(owner, significance, asks):
    process = live(Process, "Returns")
    page = a_brief(accountable=owner, processes=[process])
    assert state(page) == State.VERIFIED
    publish_again(process, at=NOON + DAY, significance=significance)
    assert state(page) == asks
    assert look_words(page, owner) == (["Returns changed: Changed."] if asks == State.DUE else [])


@pytest.mark.parametrize(("significance", "asks"), [("major", State.DUE), ("minor", State.VERIFIED)])
def test_a_major_edition_of_what_it_cites_asks_for_a_look(owner, significance, asks):
    cited = a_brief("Straps")
    page = a_brief("Seals", body=f"As in [this](page:{cited.pk}).", accountable=owner)
    cites(page, cited)
    publish_again(cited, at=NOON + DAY, significance=significance)
    assert state(page) == asks


def test_a_decision_that_it_cites_and_that_was_superseded_asks_for_a_look(owner):
    old = live(DecisionRecord, "Ship by air", status="accepted")
    page = a_brief(body=f"We [ship by air](page:{old.pk}).", accountable=owner)
    cites(page, old)
    new = draft_page(DecisionRecord, title="Ship by rail", status="accepted", by=None, at=NOON)
    new.supersedes = [old]
    edition = publish(new, by=None, at=NOON + DAY, **change())
    Supersession.objects.get_or_create(old=old, new=new, defaults={"edition": edition, "at": edition.published_at})
    assert state(page) == State.DUE
    assert look_words(page, owner) == [f"Ship by air was superseded by {new.number}, Ship by rail"]


def test_a_new_lesson_on_its_process_asks_for_a_look_but_not_of_other_lessons(owner):
    process = live(Process, "Returns", accountable=owner)
    told = {"accountable": owner, "processes": [process]}
    page, earlier = a_brief(**told), live(LessonLearned, "It fell", what_happened="It fell.", **told)
    verify_page(page.editions.get(), by=owner, at=NOON)
    verify_page(process.editions.get(), by=owner, at=NOON)
    assert state(page) == State.VERIFIED
    live(LessonLearned, "It swelled", what_happened="It swelled.", processes=[process], at=NOON + DAY)
    assert state(page) == State.DUE
    assert look_words(page, owner) == ["It swelled was published"]
    found = {one.page.title: one.review.state for one in standings(answered_for_by(owner), owner, on=MARCH_2)}
    assert found == {"Seals": State.DUE, "Returns": State.DUE, earlier.title: State.VERIFIED}


def test_to_verify_a_page_settles_what_asked_for_a_look(owner):
    process = live(Process, "Returns")
    page = a_brief(accountable=owner, processes=[process])
    publish_again(process, at=NOON + DAY)
    verify_page(page.editions.get(), by=owner, at=NOON + 2 * DAY)
    assert state(page, on=MARCH_2 + 2 * DAY) == State.VERIFIED
    assert look_words(page, owner) == []


def test_what_one_may_not_see_is_not_named(owner):
    process = live(Process, "Layoffs")
    page = a_brief(accountable=owner, processes=[process])
    publish_again(process, at=NOON + DAY)
    keep_to_board(process)
    assert state(page) == State.DUE
    assert look_words(page, owner) == []


def keep_to_board(page):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Board"))
