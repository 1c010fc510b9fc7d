import sys
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from jobs.actions import run_next, run_waiting
from jobs.models import Job
from knowledge import job_handlers
from knowledge.actions import (
    draft_page,
    issue_bulletin,
    opt_in_to_bulletin,
    opt_out_of_bulletin,
    post_bulletin,
    publish,
    withdraw_page,
)
from knowledge.bulletins import first_of_month, month_before, whats_new
from knowledge.models import Bulletin, BulletinOptOut, KnowledgeBrief, LessonLearned, Process
from knowledge.refusals import BulletinRefused
from people.actions import withdraw_person
from tests.knowledge.conftest import change
from tests.scenes import hire

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


def moment(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


FIRST_OF_NOVEMBER = moment(2026, 11, 1, 6, 0)


def published(title, at, *, kind=KnowledgeBrief, summary="New.", **fields):
    if kind is not Process:
        fields |= {"what_happened": "x"} if kind is LessonLearned else {"body": "x"}
    page = draft_page(kind, title=title, by=None, at=at, **fields)
    publish(page, by=None, at=at, **change(summary))
    return page


def changed(page, at, summary):
    publish(page, by=None, at=at, **change(summary))


def letters():
    return [letter for letter in mail.outbox if letter.subject.startswith("What was new")]


def send_all(at=FIRST_OF_NOVEMBER):
    with time_machine.travel(at, tick=False):
        run_waiting(at)
    return letters()


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 11, 1), OCTOBER), (date(2026, 11, 30), OCTOBER), (date(2027, 1, 1), date(2026, 12, 1))],
)
def test_the_month_before(day, month):
    assert month_before(day) == month
    assert first_of_month(month) == month


class TestWhatIsNew:
    @pytest.mark.parametrize(
        ("at", "is_in"),
        [
            (moment(2026, 9, 30, 23, 59), False),
            (moment(2026, 10, 1, 0, 0), True),
            (moment(2026, 10, 31, 23, 59), True),
            (moment(2026, 11, 1, 0, 0), False),
        ],
    )
    def test_a_month_lasts_from_midnight_to_midnight_here(self, at, is_in):
        published("A brief", at)
        assert bool(whats_new(OCTOBER, hire())) is is_in

    def test_by_kind_and_process_lessons_first(self):
        at = moment(2026, 10, 5)
        build = published("Build", at, kind=Process)
        published("Straps", at, processes=[build])
        published("Alone", at)
        published("It tore", at, kind=LessonLearned, processes=[build])
        parts = whats_new(OCTOBER, hire())
        assert [part.kind for part in parts] == ["lessons", "briefs", "processes"]
        [_, briefs, _] = parts
        assert [(name, [one.title for one in news]) for name, news in briefs.by_process] == [
            ("Build", ["Straps"]),
            ("On no process", ["Alone"]),
        ]

    def test_a_page_stands_once_with_all_its_changes(self):
        page = published("Straps", moment(2026, 9, 5))
        changed(page, moment(2026, 10, 5), "Longer.")
        changed(page, moment(2026, 10, 6), "Wider.")
        [part] = whats_new(OCTOBER, hire())
        [(_, [news])] = part.by_process
        assert (news.is_new, news.summaries) == (False, ["Wider.", "Longer."])

    def test_what_is_withdrawn_or_kept_to_others_is_left_out(self):
        gone, hidden = published("Gone", moment(2026, 10, 5)), published("Hidden", moment(2026, 10, 5))
        withdraw_page(gone, reason="Old.", by=None, at=moment(2026, 10, 6))
        PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
        assert whats_new(OCTOBER, hire()) == []

    def test_it_costs_the_same_however_much_is_new(self):
        reader = hire()
        build = published("Build", moment(2026, 10, 1), kind=Process)
        with CaptureQueriesContext(connection) as few:
            whats_new(OCTOBER, reader)
        for number in range(8):
            published(f"Brief {number}", moment(2026, 10, 5), processes=[build])
        with CaptureQueriesContext(connection) as many:
            whats_new(OCTOBER, reader)
        assert len(many) <= len(few)


class TestIssuing:
    def test_everyone_who_works_here_gets_one_letter(self):
        ada, bob = hire("Ada"), hire("Bob")
        hire("Gone", since=date(2025, 1, 1))
        left = hire("Leo")
        withdraw_person(left, last_day=date(2026, 10, 15), reason="", by=None, at=moment(2026, 10, 15))
        published("Straps & buckles", moment(2026, 10, 5), summary="How to <close> them.")
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        sent = send_all()
        addresses = sorted(letter.to[0] for letter in sent)
        assert ada.email in addresses
        assert bob.email in addresses
        assert left.email not in addresses
        assert len(addresses) == len(set(addresses)) == 3
        assert "Straps & buckles (new)" in sent[0].body
        assert "How to <close> them." in sent[0].body
        html = sent[0].alternatives[0][0]
        assert "How to &lt;close&gt; them." in html
        assert "http" in sent[0].extra_headers["List-Unsubscribe"]

    def test_issued_twice_it_is_sent_once(self):
        hire()
        published("Straps", moment(2026, 10, 5))
        first = issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        assert issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER) == first
        send_all()
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        assert len(send_all()) == 1

    def test_a_month_in_which_nothing_is_new_has_none(self):
        hire()
        published("Straps", moment(2026, 9, 5))
        assert issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER) is None
        assert (send_all(), Bulletin.objects.count()) == ([], 0)

    @pytest.mark.parametrize("month", [date(2026, 11, 1), date(2026, 10, 2), date(2027, 1, 1)])
    def test_a_month_must_be_over(self, month):
        with pytest.raises(BulletinRefused):
            issue_bulletin(month, at=FIRST_OF_NOVEMBER)

    def test_each_gets_only_what_they_may_see_and_nothing_if_that_is_nothing(self):
        ada, chief = hire("Ada"), hire("Chief")
        chief.is_superuser = True
        chief.save()
        hidden = published("Hidden thing", moment(2026, 10, 5))
        PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        [letter] = send_all()
        assert letter.to == [chief.email] != [ada.email]

    def test_what_is_old_is_not_sent_any_more(self):
        hire()
        published("Straps", moment(2026, 10, 5))
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        assert send_all(FIRST_OF_NOVEMBER + timedelta(days=40)) == []


class TestWhateverIsKilled:
    @pytest.fixture
    def bulletin(self, monkeypatch):
        monkeypatch.setattr(sys.modules["knowledge.actions.post_bulletin"], "AT_ONCE", 2)
        for number in range(5):
            hire(f"Reader{number}")
        published("Straps", moment(2026, 10, 5))
        return issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)

    def test_in_batches_everyone_gets_one(self, bulletin):
        assert len({letter.to[0] for letter in send_all()}) == len(letters()) == 5
        assert Job.objects.filter(kind="knowledge.post_bulletin").count() == 3

    def test_a_batch_that_is_run_again_writes_to_nobody_twice(self, bulletin):
        with time_machine.travel(FIRST_OF_NOVEMBER, tick=False):
            run_next(at=FIRST_OF_NOVEMBER)
            run_next(at=FIRST_OF_NOVEMBER)  # one letter is out, and the worker dies before the batch is finished
            Job.objects.filter(kind="knowledge.post_bulletin").update(
                finished_at=None, claimed_until=FIRST_OF_NOVEMBER - timedelta(minutes=1)
            )
            for batch in range(3):
                post_bulletin(bulletin, after=batch, at=FIRST_OF_NOVEMBER)
        send_all(FIRST_OF_NOVEMBER + timedelta(minutes=5))
        assert len(letters()) == len({letter.to[0] for letter in letters()}) == 5

    def test_a_letter_that_could_not_be_sent_is_tried_again(self, bulletin, monkeypatch):
        send, tried = job_handlers.EmailMultiAlternatives.send, []

        def fail_at_first(self, *args, **kwargs):
            tried.append(self.to)
            if len(tried) == 1:
                raise OSError
            return send(self, *args, **kwargs)

        monkeypatch.setattr(job_handlers.EmailMultiAlternatives, "send", fail_at_first)
        send_all()
        assert len(letters()) == 4
        send_all(FIRST_OF_NOVEMBER + timedelta(minutes=5))
        assert len(letters()) == len({letter.to[0] for letter in letters()}) == 5

    def test_a_letter_that_is_sent_again_bears_the_same_id(self, bulletin):
        """For a worker that dies between sending and writing down that it has: mail servers drop the second."""
        payload = {"bulletin": bulletin.pk, "person": hire().pk}
        with time_machine.travel(FIRST_OF_NOVEMBER, tick=False):
            for _ in range(2):
                job_handlers.send_bulletin(payload, lambda done, total: None)
        first, second = (letter.extra_headers["Message-ID"] for letter in letters())
        assert first == second

    def test_a_batch_costs_the_same_however_many_people(self, bulletin):
        with CaptureQueriesContext(connection) as queries:
            post_bulletin(bulletin, at=FIRST_OF_NOVEMBER)
        few = len(queries)
        for number in range(20):
            hire(f"More{number}")
        later = issue_again(bulletin)
        with CaptureQueriesContext(connection) as queries:
            post_bulletin(later, at=FIRST_OF_NOVEMBER)
        assert len(queries) <= few


def issue_again(bulletin):
    published("Of August", moment(2026, 8, 5))
    return issue_bulletin(date(2026, 8, 1), at=FIRST_OF_NOVEMBER)


class TestOptingOut:
    def test_who_does_not_want_it_gets_none_until_they_do(self):
        ada = hire()
        published("Straps", moment(2026, 10, 5))
        opt_out_of_bulletin(ada, by=ada, at=moment(2026, 10, 5))
        opt_out_of_bulletin(ada, by=ada, at=moment(2026, 10, 6))
        fact = BulletinOptOut.objects.get()
        assert (fact.since, fact.until) == (date(2026, 10, 5), None)
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        assert send_all() == []
        opt_in_to_bulletin(ada, by=ada, at=moment(2026, 11, 20))
        fact.refresh_from_db()
        assert fact.until == date(2026, 11, 20)
        changed_page = published("More", moment(2026, 11, 21))
        assert changed_page.live
        issue_bulletin(date(2026, 11, 1), at=moment(2026, 12, 1))
        assert len(send_all(moment(2026, 12, 1))) == 1

    def test_also_while_the_letter_waits(self):
        ada = hire()
        published("Straps", moment(2026, 10, 5))
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        with time_machine.travel(FIRST_OF_NOVEMBER, tick=False):
            run_next(at=FIRST_OF_NOVEMBER)
        opt_out_of_bulletin(ada, by=ada, at=FIRST_OF_NOVEMBER)
        assert send_all() == []

    def test_by_one_click_and_back(self, client):
        ada = hire()
        client.force_login(ada)
        assert "Stop the mail" in client.get(reverse("knowledge:bulletins")).content.decode()
        client.post(reverse("knowledge:bulletin-opt-out"))
        assert BulletinOptOut.objects.get(person=ada).until is None
        assert "Send it to me" in client.get(reverse("knowledge:bulletins")).content.decode()
        client.post(reverse("knowledge:bulletin-opt-in"))
        client.post(reverse("knowledge:bulletin-opt-out"))
        assert BulletinOptOut.objects.filter(person=ada, until=None).count() == 1

    def test_not_by_following_a_link(self, client):
        client.force_login(hire())
        assert client.get(reverse("knowledge:bulletin-opt-out")).status_code == 405
        assert not BulletinOptOut.objects.exists()


class TestTheArchive:
    def test_a_bulletin_shows_what_its_reader_may_see_now(self, client):
        build = published("Build", moment(2026, 10, 1), kind=Process)
        page = published("Straps", moment(2026, 10, 5), processes=[build])
        hidden = published("Hidden", moment(2026, 10, 5))
        PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
        issue_bulletin(OCTOBER, at=FIRST_OF_NOVEMBER)
        client.force_login(hire())
        assert "October 2026" in client.get(reverse("knowledge:bulletins")).content.decode()
        html = client.get("/knowledge/bulletins/2026/10/").content.decode()
        assert page.title in html
        assert "Hidden" not in html

    @pytest.mark.parametrize("address", ["2026/09/", "2026/13/", "0/1/", "99999/1/"])
    def test_there_is_none_of_other_months(self, client, address):
        client.force_login(hire())
        assert client.get(f"/knowledge/bulletins/{address}").status_code == 404
