"""A worker that is killed between the mail and the commit: nothing is lost, and what is sent twice says so."""

import email
import os
import signal
from datetime import date, timedelta

import pytest
from django.core.mail.backends.filebased import EmailBackend
from django.db import connections
from django.utils import timezone

from competence.actions import define_competence, remind, require
from competence.models import Reminder
from jobs.actions import run_waiting
from jobs.models import Job
from tests.scenes import NOON, hire, role_named

DEADLY, PLAIN = f"{__name__}.KilledAfterSending", "django.core.mail.backends.filebased.EmailBackend"


class KilledAfterSending(EmailBackend):
    def send_messages(self, messages):
        super().send_messages(messages)
        os.kill(os.getpid(), signal.SIGKILL)


def killed_while_working(at):
    """In a process of its own, as a worker is. Whether it was killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            run_waiting(at)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_a_mail_is_sent_again_under_the_same_name_and_never_lost(settings, tmp_path):
    settings.EMAIL_FILE_PATH, settings.EMAIL_BACKEND = str(tmp_path), DEADLY
    soldering = define_competence("Soldering", by=None, at=NOON)
    require(role_named("Fitter"), soldering, since=date(2026, 1, 1), due_days=30, by=None, at=NOON)
    hire(role="Fitter", since=timezone.localdate())
    Job.objects.all().delete()  # of what is asked here, only the mail
    now = timezone.now()
    assert remind(on=timezone.localdate(), at=now) == 1
    assert killed_while_working(now)
    assert Reminder.objects.filter(settled_at=None).count() == 1
    settings.EMAIL_BACKEND = PLAIN
    run_waiting(now + timedelta(minutes=5))  # its lease is over
    sent = [email.message_from_bytes(file.read_bytes().split(b"\n" + b"-" * 20)[0]) for file in tmp_path.iterdir()]
    assert len(sent) == 2
    assert len({letter["Message-ID"] for letter in sent}) == 1
    assert not Reminder.objects.filter(settled_at=None).exists()
    run_waiting(now + timedelta(minutes=10))
    assert len(list(tmp_path.iterdir())) == 2
