"""A job is a row of the transaction that needs it; whatever dies, it is run, and seldom twice."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from jobs import kinds
from jobs.actions import enqueue, forget_finished, run_next, run_waiting
from jobs.models import Job

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def seen(monkeypatch):
    """What a handler of the kind "test" was given, in order. A payload with a fault raises it."""
    given = []

    def handler(payload, progress):
        given.append(payload)
        if "fault" in payload:
            raise RuntimeError(payload["fault"])

    monkeypatch.setitem(kinds._handlers, "test", handler)
    return given


class TurnedBack(Exception):
    pass


def note_and_turn_back(text):
    with transaction.atomic():
        note(text)
        raise TurnedBack


def note(text, *, key=None, **more):
    return enqueue("test", {"text": text, **more}, key=key or text, at=NOON)


@pytest.mark.databases
@pytest.mark.django_db
def test_jobs_run_in_the_order_in_which_they_wait(seen):
    note("first")
    note("second")
    assert run_waiting(NOON) == 2
    assert [p["text"] for p in seen] == ["first", "second"]
    assert run_waiting(NOON) == 0


@pytest.mark.databases
@pytest.mark.django_db
def test_two_waiting_jobs_with_one_key_are_one(seen):
    assert note("a", key="page 1") == note("b", key="page 1")
    run_waiting(NOON)
    assert len(seen) == 1


@pytest.mark.django_db
def test_a_job_written_while_its_like_is_running_is_run_as_well(monkeypatch):
    """What the running one has read may be older than what the new one is about."""
    runs = []

    def handler(payload, progress):
        if not runs:
            note("again", key="page 1")
        runs.append(payload["text"])

    monkeypatch.setitem(kinds._handlers, "test", handler)
    note("once", key="page 1")
    run_waiting(NOON)
    assert runs == ["once", "again"]


@pytest.mark.django_db
def test_a_failure_is_written_down_and_tried_again_later(seen):
    job = note("x", fault="the disk is full")
    run_waiting(NOON)
    job.refresh_from_db()
    assert job.problem == "RuntimeError: the disk is full"
    assert run_waiting(NOON + timedelta(seconds=9)) == 0
    assert run_waiting(NOON + timedelta(seconds=10)) == 1
    assert len(seen) == 2


@pytest.mark.django_db
def test_after_eight_tries_a_job_is_given_up_and_kept(seen):
    job = note("x", fault="never")
    for day in range(10):
        run_waiting(NOON + timedelta(days=day))
    job.refresh_from_db()
    assert len(seen) == 8
    assert job.given_up_at
    forget_finished(at=NOON + timedelta(days=400))
    assert Job.objects.filter(pk=job.pk).exists()


@pytest.mark.django_db
def test_finished_jobs_are_forgotten_after_thirty_days(seen):
    note("x")
    run_waiting(NOON)
    assert forget_finished(at=NOON + timedelta(days=30)) == 0
    assert forget_finished(at=NOON + timedelta(days=31)) == 1


@pytest.mark.django_db
def test_a_job_of_a_kind_that_nobody_handles_says_so():
    job = enqueue("no.such", {}, key="k", at=NOON)
    run_next(at=NOON)
    job.refresh_from_db()
    assert "No room handles" in job.problem


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_leaves_no_job(seen):
    with pytest.raises(TurnedBack):
        note_and_turn_back("x")
    assert run_waiting(NOON) == 0


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_one_transaction_wakes_the_worker_once(monkeypatch, seen):
    calls = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, **_: calls.append(name))
    with transaction.atomic():
        note("a")
        with pytest.raises(TurnedBack):
            note_and_turn_back("lost")
        note("b")
        note("c")
    assert calls == ["jobs.tasks.run_jobs"]


@pytest.mark.django_db(transaction=True)
def test_a_wake_up_for_a_rolled_back_savepoint_does_not_stand_for_a_later_job(monkeypatch, seen):
    calls = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, **_: calls.append(name))
    with transaction.atomic():
        with pytest.raises(TurnedBack):
            note_and_turn_back("lost")
        note("kept")
    assert calls == ["jobs.tasks.run_jobs"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_loses_nothing(monkeypatch, seen):
    def down(name, **_):
        raise ConnectionError

    monkeypatch.setattr("celery.current_app.send_task", down)
    note("kept")
    assert run_waiting(NOON) == 1


KILLED_WORKER = """
import django, os, signal
django.setup()
from datetime import UTC, datetime
from jobs import kinds
from jobs.actions import run_next
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
kinds._handlers["test"] = lambda payload, progress: os.kill(os.getpid(), signal.SIGKILL)
run_next(at=datetime(2026, 3, 2, 12, tzinfo=UTC))
"""


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_is_run_when_its_lease_ends(seen):
    from django.db import connection

    note("survives")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    result = subprocess.run([sys.executable, "-c", KILLED_WORKER], env=environment)
    assert result.returncode == -signal.SIGKILL
    assert run_waiting(NOON + timedelta(seconds=119)) == 0
    assert run_waiting(NOON + timedelta(seconds=121)) == 1
    assert seen == [{"text": "survives"}]
