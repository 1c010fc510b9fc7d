from datetime import date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
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
from knowledge.actions import draft_page, publish, remind_owners, suggest_change, verify_page
from knowledge.models import (
    Citation,
    DecisionRecord,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    OwnerReminder,
    Process,
    Supersession,
)
from knowledge.refusals import VerificationRefused
from knowledge.reviewing import State, months_after, review_state
from knowledge.reviews import all_with_reviews, answered_for_by, looks_for, review_of, standings, with_reviews
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


@pytest.mark.databases
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


@pytest.mark.databases
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


@pytest.mark.databases
def test_nobody_is_asked_whether_a_decision_that_was_superseded_is_still_true(owner):
    old = live(DecisionRecord, "Ship by air", status="accepted", accountable=owner)
    new = draft_page(DecisionRecord, title="Ship by rail", status="accepted", accountable=owner, by=None, at=NOON)
    assert [one.page.title for one in standings(answered_for_by(owner), owner, on=MARCH_2)] == ["Ship by air"]
    new.supersedes = [old]
    publish(new, by=None, at=NOON + DAY, **change())
    assert [one.page.title for one in standings(answered_for_by(owner), owner, on=MARCH_2)] == ["Ship by rail"]


@pytest.mark.databases
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


@pytest.mark.databases
def test_many_pages_stand_as_each_does_by_itself(owner):
    """On two processes, one of which changed and one of which has a lesson: a page on each, on both and on none."""
    changed, taught = live(Process, "Returns"), live(Process, "Packing")
    for processes in ([], [changed], [taught], [changed, taught]):
        cited = a_brief("Cited")
        cites(a_brief("Citing", processes=processes, accountable=owner), cited)
        live(LessonLearned, "It fell", what_happened="It fell.", processes=processes[1:], accountable=owner)
    publish_again(changed, at=NOON + DAY)
    publish_again(cited, at=NOON + DAY)
    live(LessonLearned, "It swelled", what_happened="It swelled.", processes=[taught], at=NOON + DAY)
    pages = KnowledgePage.objects.all()
    found = {page.pk: page.has_looks for page in all_with_reviews(pages, on=MARCH_2)}
    assert found == {page.pk: page.has_looks for page in with_reviews(pages, on=MARCH_2)}
    assert set(found.values()) == {True, False}


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


# The pages.


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON + DAY, tick=False):
        yield


def words_of(response):
    return " ".join(BeautifulSoup(response.content.decode(), "html.parser").find("main").get_text(" ").split())


@pytest.fixture
def two_pages(owner):
    """One that is due because its process changed, and one that is not."""
    process = live(Process, "Returns")
    due = a_brief("Seals", accountable=owner, processes=[process])
    publish_again(process, at=NOON + DAY / 2)
    return due, a_brief("Straps", accountable=owner)


@pytest.mark.usefixtures("at_noon")
def test_my_pages_shows_what_is_to_be_looked_at_first_and_why(client, two_pages, owner):
    client.force_login(owner)
    words = words_of(client.get(reverse("knowledge:reviews")))
    assert words.index("Seals") < words.index("Straps")
    assert "Returns changed: Changed." in words
    assert "All 2 Due 1 Verified 1" in words


@pytest.mark.usefixtures("at_noon", "two_pages")
def test_my_pages_can_be_narrowed_to_a_state(client, owner):
    client.force_login(owner)
    words = words_of(client.get(reverse("knowledge:reviews"), {"state": "verified"}))
    assert "Straps" in words
    assert "Seals" not in words
    assert "Seals" in words_of(client.get(reverse("knowledge:reviews"), {"state": "nonsense"}))


@pytest.mark.usefixtures("at_noon", "two_pages")
def test_all_pages_are_for_process_owners(client, reader, process_owner):
    for person, sees in ((reader, False), (process_owner, True)):
        client.force_login(person)
        assert ("Seals" in words_of(client.get(reverse("knowledge:reviews"), {"whose": "all"}))) == sees


@pytest.mark.usefixtures("at_noon")
def test_one_click_verifies_a_page_from_the_list_and_from_the_page(client, two_pages, owner):
    page, _ = two_pages
    client.force_login(owner)
    url = reverse("knowledge:verify", args=[page.editions.get().pk])
    assert url in client.get(page.url).content.decode()
    response = client.post(url, {"back": "list"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("knowledge:reviews")
    assert "All 2 Verified 2" in words_of(response)
    response = client.post(url, {"note": "Asked Ben."}, follow=True)
    assert "Verified on 3 March 2026 by Olga Aster; next by 3 March 2027" in words_of(response)


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize(
    ("who", "status"), [("owner", 302), ("deputy", 302), ("process_owner", 302), ("expert", 403), ("reader", 403)]
)
def test_who_may_verify(client, request, owner, deputy, who, status):
    page = a_brief(accountable=owner, deputies=[deputy])
    client.force_login(request.getfixturevalue(who))
    address = reverse("knowledge:verify", args=[page.editions.get().pk])
    assert (address in client.get(page.url).content.decode()) == (status == 302)
    assert client.post(address).status_code == status
    assert page.verifications.exists() == (status == 302)


@pytest.mark.usefixtures("at_noon")
def test_a_note_that_is_too_long_is_not_lost_silently(client, owner):
    page = a_brief(accountable=owner)
    client.force_login(owner)
    url = reverse("knowledge:verify", args=[page.editions.get().pk])
    assert "A note can be 500 characters long" in words_of(client.post(url, {"note": "x" * 501}, follow=True))
    assert not page.verifications.exists()


@pytest.mark.usefixtures("at_noon")
def test_the_front_door_says_what_waits_to_those_for_whom_something_does(client, two_pages, owner, reader):
    for person, says in ((owner, True), (reader, False)):
        client.force_login(person)
        assert ("1 of your pages waits for a look" in words_of(client.get("/"))) == says


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("path", ["/knowledge/reviews/", "/knowledge/reviews/?whose=all", "/"])
def test_it_costs_the_same_with_few_pages_and_many(client, process_owner, path):
    client.force_login(process_owner)

    def costs(count):
        for number in range(count):
            process = live(Process, f"Process {count} {number}")
            cited = a_brief(f"Cited {count} {number}")
            told = {"accountable": process_owner, "processes": [process]}
            cites(a_brief(f"Brief {count} {number}", **told), cited)
            publish_again(process, at=NOON + DAY / 2)
            publish_again(cited, at=NOON + DAY / 2)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    assert costs(2) == costs(5)


# Reminders.


def night_of(day):
    """The daily task on that day, and the jobs that it leaves. The mails that went out."""
    mail.outbox.clear()
    at = timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=7)))
    with time_machine.travel(at, tick=False):
        remind_owners(on=day, at=at)
        run_waiting(at)
    return [letter for letter in mail.outbox if letter.subject == "What waits for you in Cairn"]


@pytest.fixture
def with_mail(owner, deputy):
    for person in (owner, deputy):
        person.email = f"{person.username}@example.org"
        person.save()


@pytest.mark.usefixtures("with_mail")
def test_one_is_told_once_when_a_page_is_due_and_once_when_it_is_overdue(owner):
    a_brief(accountable=owner, review_months=12)
    told = [
        date(2027, 1, 30),
        date(2027, 1, 31),
        date(2027, 2, 1),
        date(2027, 3, 2),
        date(2027, 3, 3),
        date(2027, 3, 4),
    ]
    assert [len(night_of(day)) for day in told] == [0, 1, 0, 0, 1, 0]


@pytest.mark.usefixtures("with_mail")
def test_a_page_that_was_looked_at_and_is_due_again_is_told_again(owner):
    page = a_brief(accountable=owner, review_months=12)
    assert len(night_of(date(2027, 2, 1))) == 1
    verify_page(page.editions.get(), by=owner, at=NOON + 350 * DAY)
    assert [len(night_of(day)) for day in (date(2027, 12, 1), date(2028, 2, 1))] == [0, 1]


@pytest.mark.usefixtures("with_mail")
def test_all_that_is_new_comes_in_one_mail_with_its_reasons(two_pages, owner):
    (letter,) = night_of(MARCH_2 + DAY)
    assert letter.to == [owner.email]
    assert "Seals: Due. Something that it rests on has changed." in letter.body
    assert "Returns: changed: Changed." in letter.body
    assert "Straps" not in letter.body


@pytest.mark.usefixtures("with_mail")
def test_a_deputy_is_told_once_the_owner_has_left_and_whoever_has_left_never(owner, deputy):
    a_brief(accountable=owner, deputies=[deputy], review_months=12)
    assert [letter.to for letter in night_of(date(2027, 2, 1))] == [[owner.email]]
    withdraw_person(owner, last_day=date(2027, 2, 1), reason="retires", by=None, at=NOON)
    assert [letter.to for letter in night_of(date(2027, 3, 3))] == [[deputy.email]]


@pytest.mark.usefixtures("with_mail")
def test_what_was_verified_before_the_mail_went_out_is_not_told(owner):
    page = a_brief(accountable=owner, review_months=12)
    day = date(2027, 2, 1)
    remind_owners(on=day, at=NOON)
    verify_page(page.editions.get(), by=owner, at=NOON + 335 * DAY)
    mail.outbox.clear()
    with time_machine.travel(NOON + 336 * DAY, tick=False):
        run_waiting(NOON + 336 * DAY)
    assert mail.outbox == []
    assert not OwnerReminder.objects.filter(settled_at=None).exists()


@pytest.mark.usefixtures("with_mail")
def test_a_suggestion_that_waits_for_two_weeks_is_told_once(owner, reader):
    page = a_brief(accountable=owner)
    suggest_change(page.editions.get(), "body", "Look twice.", reason="Once is not enough.", by=reader, at=NOON)
    days = [MARCH_2 + 13 * DAY, MARCH_2 + 14 * DAY, MARCH_2 + 15 * DAY]
    assert [len(night_of(day)) for day in days] == [0, 1, 0]


@pytest.mark.usefixtures("with_mail")
def test_to_remind_costs_the_same_whatever_the_number_of_pages(owner, reader):
    def costs(count, day):
        for number in range(count):
            page = a_brief(f"Brief {count} {number}", accountable=owner, review_months=1)
            suggest_change(page.editions.get(), "body", "Twice.", reason="So.", by=reader, at=NOON)
        with CaptureQueriesContext(connection) as queries:
            remind_owners(on=day, at=NOON)
        return len(queries)

    costs(1, date(2026, 5, 1))  # from here on the job that writes to the owner waits already
    assert costs(2, date(2026, 5, 2)) == costs(5, date(2026, 5, 3))


@pytest.mark.django_db
def test_an_entry_says_what_was_verified_without_naming_the_note(owner):
    verification = verify_page(a_brief(accountable=owner).editions.get(), by=owner, at=NOON, note="Ben agrees.")
    entry = Entry.objects.get(pk=f"knowledge.page_verified:{verification.pk}")
    assert b"Ben" not in bytes(entry.leaf)
