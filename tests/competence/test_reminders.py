from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from competence.actions import define_competence, record_proof, remind, require
from competence.models import Proof, Reminder
from jobs.actions import run_waiting
from people.actions import withdraw_person
from people.models import Person
from tests.scenes import NOON, hire, role_named

pytestmark = pytest.mark.django_db

MARCH_2 = date(2026, 3, 2)


@pytest.fixture
def soldering():
    competence = define_competence("Soldering", validity_months=12, by=None, at=NOON)
    require(role_named("Fitter"), competence, since=date(2026, 1, 1), due_days=30, by=None, at=NOON)
    return competence


def night_of(day):
    """The nightly task on that day, and the jobs that it leaves. The mails that went out."""
    mail.outbox.clear()
    at = timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=5)))
    with time_machine.travel(at, tick=False):
        remind(on=day, at=at)
        run_waiting(at)
    return [letter for letter in mail.outbox if letter.subject == "What is asked of you in Cairn"]


def show(person, competence, on):
    record_proof(
        person,
        competence,
        basis=Proof.Basis.COURSE,
        reference=f"on {on}",
        editions=[],
        on=on,
        by=None,
        at=NOON,
    )


@pytest.mark.parametrize(
    ("day", "mails"),
    [
        (date(2026, 3, 1), 0),  # not asked yet
        (date(2026, 3, 2), 1),  # asked from today
        (date(2026, 3, 3), 0),
        (date(2026, 3, 24), 0),
        (date(2026, 3, 25), 1),  # a week left
        (date(2026, 3, 26), 0),
        (date(2026, 4, 1), 1),  # the last day
        (date(2026, 4, 2), 1),  # overdue
        (date(2026, 4, 3), 0),
        (date(2026, 4, 8), 0),  # nobody to tell of it but those who know
    ],
)
def test_one_is_told_when_it_is_asked_and_when_it_is_overdue(soldering, day, mails):
    hire(role="Fitter", since=MARCH_2)
    nights = [date(2026, 3, 1) + timedelta(days=number) for number in range((day - date(2026, 3, 1)).days + 1)]
    sent = {night: len(night_of(night)) for night in nights}
    assert sent[day] == mails


def test_the_manager_is_told_of_what_stays_overdue_once_and_in_one_mail(soldering):
    boss = hire("Marta")
    for first in ("Ada", "Ben"):
        hire(first, role="Fitter", since=MARCH_2, manager=boss)
    to_boss = {
        night: [letter for letter in night_of(night) if letter.to == [boss.email]]
        for night in (date(2026, 4, 2), date(2026, 4, 7), date(2026, 4, 8), date(2026, 4, 9))
    }
    assert [len(letters) for letters in to_boss.values()] == [0, 0, 1, 0]
    (letter,) = to_boss[date(2026, 4, 8)]
    assert "Ada Byron: Soldering, was due 1 April 2026" in letter.body
    assert "Ben Byron: Soldering" in letter.body
    assert "asked of you" not in letter.body


def test_all_that_is_new_comes_in_one_mail_with_its_reasons(soldering):
    safety = define_competence("Safety", by=None, at=NOON)
    require(role_named("Fitter"), safety, since=date(2026, 1, 1), due_days=7, by=None, at=NOON)
    ada = hire(role="Fitter", since=MARCH_2)
    (letter,) = night_of(MARCH_2)
    assert letter.to == [ada.email]
    assert "Safety: Due, by 9 March 2026" in letter.body
    assert "Soldering: Due, by 1 April 2026" in letter.body
    assert "The role Fitter (since 2 March 2026) asks for it." in letter.body


def test_what_was_done_before_the_mail_went_out_is_not_asked_for(soldering):
    ada = hire(role="Fitter", since=MARCH_2)
    remind(on=MARCH_2, at=NOON)
    show(ada, soldering, MARCH_2)
    mail.outbox.clear()
    with time_machine.travel(NOON, tick=False):
        run_waiting(NOON)
    assert mail.outbox == []
    assert not Reminder.objects.filter(settled_at=None).exists()


def test_a_renewal_is_asked_for_when_its_window_opens(soldering):
    show(hire(role="Fitter", since=MARCH_2), soldering, MARCH_2)
    assert night_of(date(2027, 1, 30)) == []
    (letter,) = night_of(date(2027, 1, 31))
    assert "Soldering: To be renewed, until 2 March 2027" in letter.body
    assert night_of(date(2027, 2, 1)) == []


def test_a_mail_that_cannot_be_sent_is_sent_at_the_next_try(soldering, monkeypatch):
    hire(role="Fitter", since=MARCH_2)

    def fail(*args):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fail)
        assert night_of(MARCH_2) == []
    assert Reminder.objects.filter(settled_at=None).exists()
    assert len(night_of(date(2026, 3, 3))) == 1


def test_whoever_has_left_or_has_no_address_is_not_written_to(soldering):
    ada, ben = hire(role="Fitter", since=MARCH_2), hire("Ben", role="Fitter", since=MARCH_2)
    withdraw_person(ada, last_day=date(2026, 3, 3), reason="retires", by=None, at=NOON)
    Person.objects.filter(pk=ben.pk).update(email="")
    assert night_of(date(2026, 3, 4)) == []
