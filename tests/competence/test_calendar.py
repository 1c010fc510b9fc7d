"""One's dates for a calendar program: who is told what, at which address, until when."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from competence.actions import (
    define_competence,
    end_calendar,
    evaluate,
    plan_evaluation,
    renew_calendar,
    require,
    waive,
)
from people.actions import withdraw_person
from tests.scenes import NOON, hire, role_named

pytestmark = pytest.mark.django_db

AWKWARD = "Soldering; wires, \\ and a name that is so long that its line must be folded, with an ö and a 漢 in it"


@pytest.fixture
def ada():
    ask_for(AWKWARD)
    return hire(role="Fitter", since=timezone.localdate())


def ask_for(name):
    competence = define_competence(name, by=None, at=NOON)
    require(role_named("Fitter"), competence, since=date(2026, 1, 1), due_days=30, by=None, at=NOON)
    return competence


def address_of(person):
    return reverse("calendar:feed", args=[renew_calendar(person, at=timezone.now()).token])


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_program_that_is_not_signed_in_reads_titles_and_days(client, ada):
    response = client.get(address_of(ada))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(response)
    assert event["summary"] == f"{AWKWARD}: Due by this day"
    assert event.decoded("dtstart") == timezone.localdate() + timedelta(days=30)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "TRANSP"}
    assert b"Fitter" not in response.content
    assert ada.last_name.encode() not in response.content


def test_lines_end_and_fold_as_the_standard_says(client, ada):
    lines = client.get(address_of(ada)).content.split(b"\r\n")
    assert not any(b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_what_one_is_to_evaluate_stands_in_it_until_it_is_evaluated(client):
    edith, now = hire("Edith"), timezone.now()
    today = timezone.localdate(now)
    training = plan_evaluation(
        define_competence("Soldering", by=None, at=NOON),
        measure="A day",
        criterion="Fewer cold joints",
        method="Count them",
        evaluator=edith,
        training_from=today,
        due=today + timedelta(days=90),
        by=None,
        at=now,
    )
    address = address_of(edith)
    (event,) = events(client.get(address))
    assert event["summary"] == "Soldering: Training to be evaluated by this day"
    assert event.decoded("dtstart") == today + timedelta(days=90)
    assert events(client.get(address_of(hire("Ben")))) == []
    evaluate(training, result="effective", observation="None any more.", by=edith, at=now)
    assert events(client.get(address)) == []


def test_an_event_that_moves_or_is_named_otherwise_stays_the_same_event(client, ada):
    address = address_of(ada)
    (before,) = events(client.get(address))
    competence = ada.holdings.get().role.requirements.get().competence
    today = timezone.localdate()
    waive(ada, competence, since=today, until=today + timedelta(days=90), reason="on loan", by=None, at=NOON)
    (after,) = events(client.get(address))
    assert after["uid"] == before["uid"]
    assert after["summary"] != before["summary"]


def test_what_has_not_changed_is_not_sent_again(client, ada):
    address = address_of(ada)
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    ask_for("Safety")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, len(events(changed))) == (200, 2)
    assert first["Last-Modified"].endswith("GMT")


def test_a_renewed_address_takes_the_place_of_the_old_one(client, ada):
    old = address_of(ada)
    new = address_of(ada)
    assert [client.get(address).status_code for address in (old, new)] == [404, 200]
    end_calendar(ada)
    assert client.get(new).status_code == 404


def test_nobody_who_has_left_is_told_anything(client):
    ben = hire("Ben")
    address = address_of(ben)
    assert client.get(address).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    withdraw_person(ben, last_day=yesterday, reason="leaves", by=None, at=timezone.now())
    assert client.get(address).status_code == 404


def test_one_makes_renews_and_ends_it_on_one_s_own_page(client, ada):
    client.force_login(ada)
    page = client.post(reverse("calendar:renew"), follow=True)
    shown = ada.calendar_key.token
    assert shown in page.content.decode()
    client.force_login(hire("Ben"))
    assert shown not in client.get(reverse("courses:learning")).content.decode()
    client.force_login(ada)
    page = client.post(reverse("calendar:end"), follow=True)
    assert "Make an address" in page.content.decode()
    assert client.get(reverse("calendar:feed", args=[shown])).status_code == 404


def test_it_runs_as_many_queries_for_many_dates_as_for_few(client, ada):
    address = address_of(ada)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    few = count()
    for number in range(8):
        ask_for(f"Competence {number}")
    assert count() == few <= 16


def test_its_forms_are_sent_from_the_page_itself(ada):
    """With the token that the page carries, as a browser sends it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    page = client.get(reverse("courses:learning")).content.decode()
    form = page[page.index(reverse("calendar:renew")) :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    assert client.post(reverse("calendar:renew")).status_code == 403
    assert client.post(reverse("calendar:renew"), {"csrfmiddlewaretoken": token}).status_code == 302
