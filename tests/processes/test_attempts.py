"""A quiz on a server that dies: what was saved stays, and what nobody submits is graded all the same."""

import http.client
import os
import re
import signal
import sys
import urllib.parse

import pytest

from tests.processes.houses import free_port, new_var, run_python, running, wait_until

pytestmark = [pytest.mark.django_db(transaction=True)]

SETTING = """
from django.utils import timezone
from datetime import timedelta
from django.contrib.sessions.backends.db import SessionStore
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from tests.courses.quiz_scenes import *
from tests.scenes import hire
now = timezone.now()
course, person = a_course(questions=6, at=now, minutes=5), hire()
attempt = an_attempt(course, person, at=now - timedelta(minutes={ago}))
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session.save()
print(attempt.pk, settings.SESSION_COOKIE_NAME, session.session_key, *attempt.asked.values_list("pk", flat=True))
"""
ANSWERS = """
from courses.models import Attempt, AttemptQuestion
print(*("".join(map(str, asked.answer.get("chosen", "-"))) for asked in AttemptQuestion.objects.order_by("position")))
"""
GRADED = """
from django.utils import timezone
from courses.models import Attempt
from jobs.actions import run_waiting
run_waiting(timezone.now())
attempt = Attempt.objects.get()
print(attempt.graded_at is not None, attempt.submitted_at == attempt.deadline, attempt.points, attempt.passed)
"""


def serve(port):
    return [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().read() and True
    except OSError:
        return False


class Sitting:
    """Someone at their browser, signed in."""

    def __init__(self, port, cookie):
        self.port, self.cookie, self.token = port, cookie, ""

    def ask(self, method, path, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookies = f"{self.cookie}; csrftoken={self.token}"
        headers = {"Cookie": cookies, "X-CSRFToken": self.token, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urllib.parse.urlencode(fields), headers)
        response = connection.getresponse()
        if found := re.search(r"csrftoken=(\w+)", response.headers.get("Set-Cookie", "")):
            self.token = found[1]
        return response.status, response.read().decode()


def test_a_server_that_is_killed_between_answers_loses_none_of_them(tmp_path):
    var = new_var(tmp_path / "var")
    run_python(var, "from django.core.management import call_command; call_command('collectstatic', interactive=False)")
    attempt, name, key, *asked = run_python(var, SETTING.format(ago=0)).split()
    said = {}
    for turn in range(2):
        port = free_port()
        with running(serve(port), var) as server:
            wait_until(lambda port=port: answers(port))
            sitting = Sitting(port, f"{name}={key}")
            assert sitting.ask("GET", f"/learning/attempts/{attempt}/")[0] == 200
            for pk in asked[turn * 3 : turn * 3 + 3]:
                status, html = sitting.ask("POST", f"/learning/answers/{pk}/", **{f"question-{pk}": "1"})
                assert (status, "Saved at" in html) == (200, True)
                said[pk] = "1"
            os.kill(server.pid, signal.SIGKILL)
        assert run_python(var, ANSWERS).split() == [said.get(pk, "-") for pk in asked]


def test_an_attempt_whose_time_is_over_is_graded_though_nobody_comes_back(tmp_path):
    """By the job that was written with its start: no browser and no server takes part."""
    var = new_var(tmp_path / "var")
    run_python(
        var, SETTING.format(ago=20) + "save(attempt.asked.first(), {'chosen': [0]}, by=person, at=attempt.started_at)"
    )
    assert run_python(var, GRADED).split() == ["True", "True", "1", "False"]
