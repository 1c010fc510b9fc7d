"""How Cairn answers, whatever is asked: methods, tokens, headers, cookies and errors."""

import json
import os
import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse

from courses.models import Attempt
from people.models import Person
from tests.security.house import NOTHING
from tests.security.test_matrix import NEVER, ROWS

SECRET = "SECRET-OF-THE-TRACE"


def test_nothing_is_sent_without_a_token(house, quiet):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.people["administrator"])
    for each in ROWS:
        if each.send is NEVER or each.name.startswith("wagtail"):
            continue
        address = reverse(each.name, args=each.arguments(house, "administrator"))
        assert client.post(address).status_code == 403, each.name


def test_no_state_is_changed_by_looking(house, quiet):
    """What is only sent refuses to be looked at; the matrix says which addresses those are."""
    client = Client()
    client.force_login(house.people["administrator"])
    for each in ROWS:
        if each.look is NEVER:
            for method in ("get", "put", "delete", "patch"):
                address = reverse(each.name, args=each.arguments(house, "administrator"))
                assert getattr(client, method)(address).status_code == 405, (each.name, method)


def test_every_page_has_its_policy_and_is_taken_for_what_it_is(house, quiet):
    client = Client()
    for reader in (None, "administrator"):
        if reader:
            client.force_login(house.people[reader])
        for each in ROWS:
            response = client.get(reverse(each.name, args=each.arguments(house, "administrator")))
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy or "sandbox" in policy or "default-src 'none'" in policy, each.name
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "same-origin"
            assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_what_is_about_people_is_not_kept_by_a_browser(house):
    client = Client()
    client.force_login(house.people["administrator"])
    private = [
        each
        for each in ROWS
        if each.look is not NEVER
        and each.name.startswith(
            ("evidence:", "courses:attempt", "courses:result", "people:person", "competence:matrix")
        )
    ]
    assert len(private) > 10
    for each in private:
        address = reverse(each.name, args=each.arguments(house, "administrator"))
        response = client.get(address)
        if response.status_code == 200:
            assert "no-store" in response.headers["Cache-Control"], each.name


def test_a_document_is_never_run_in_the_house(house, client):
    client.force_login(house.people["reader"])
    response = client.get(reverse("wagtaildocs_serve", args=[house.document.pk, house.document.filename]))
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_an_error_says_nothing_of_the_inside(house, quiet, monkeypatch):
    def fail(self):
        secret = SECRET
        raise RuntimeError(secret)

    client = Client(raise_request_exception=False)
    client.force_login(house.people["administrator"])
    monkeypatch.setattr(Person, "get_full_name", fail)
    failed = 0
    for each in ROWS:
        if each.look is not NEVER:
            response = client.get(reverse(each.name, args=each.arguments(house, "administrator")))
            if response.status_code == 500:
                failed += 1
                said = response.content.decode() + str(dict(response.headers))
                assert not [word for word in (SECRET, "Traceback", "RuntimeError", "/site-packages/") if word in said]
    assert failed > 10


def test_who_cannot_be_asked_for_is_refused(house, quiet, monkeypatch):
    """Where the rights cannot be read, nobody has any."""

    def fail(self):
        raise RuntimeError(SECRET)

    client = Client(raise_request_exception=False)
    client.force_login(house.people["auditor"])
    monkeypatch.setattr(Person, "group_names", property(fail))
    assert client.get(reverse("people:person", args=[house.people["other"].pk])).status_code == 500


def test_cookies_go_by_https_alone_and_no_script_reads_them(tmp_path):
    names = [f"{cookie}_COOKIE_{what}" for cookie in ("SESSION", "CSRF") for what in ("SECURE", "HTTPONLY", "SAMESITE")]
    names += ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    script = (
        f"import json; from django.conf import settings; print(json.dumps([getattr(settings, n) for n in {names}]))"
    )
    environment = {**os.environ, "CAIRN_HTTPS": "yes", "CAIRN_VAR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    have = dict(zip(names, json.loads(run.stdout), strict=True))
    assert [have[name] for name in names[:6]] == [True, True, "Lax"] * 2
    assert have["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert have["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert (have["DEBUG"], have["SECURE_SSL_REDIRECT"]) == (False, True)
    assert have["SECURE_HSTS_SECONDS"] >= timedelta(days=365).total_seconds()


def test_no_field_is_changed_that_no_form_asks_for(house, client):
    reader, other = house.people["reader"], house.people["other"]
    attempt = house.open["reader"]
    client.force_login(reader)
    forged = {
        "person": other.pk,
        "points": 2,
        "points_possible": 2,
        "passed": "true",
        "submitted_at": "2020-01-01",
        "started_at": "2020-01-01",
        "pass_percent": 1,
        "is_superuser": "on",
        "is_staff": "on",
        "groups": "HR",
        "at": "2020-01-01",
        "by": other.pk,
    }
    client.post(reverse("courses:submit", args=[attempt.pk]), forged)
    attempt = Attempt.objects.get(pk=attempt.pk)
    assert (attempt.person, attempt.points, attempt.passed, attempt.pass_percent) == (reader, 0, False, 80)
    assert attempt.submitted_at.year > 2020
    edition = house.briefs["published"].editions.get()
    client.post(reverse("knowledge:opened", args=[edition.pk]), forged)
    reading = edition.readings.get(kind="opened")
    assert reading.person == reader
    assert reading.at.year > 2020
    client.force_login(house.people["hr"])
    given = {"first_name": "Eve", "last_name": "New", "username": "eve.new", "since": "2026-03-02"}
    client.post(reverse("people:add"), forged | given)
    eve = Person.objects.get(username="eve.new")
    assert (eve.is_superuser, eve.is_staff, eve.groups.exists()) == (False, False, False)
    assert not eve.has_usable_password()


def test_an_answer_is_to_the_question_that_was_asked(house, client):
    reader = house.people["reader"]
    client.force_login(reader)
    first, second = house.open["reader"].asked.all()
    response = client.post(reverse("courses:save-answer", args=[first.pk]), {f"question-{second.pk}": 0})
    assert response.status_code == 409
    foreign = house.open["other"].asked.first()
    client.post(
        reverse("courses:submit", args=[house.open["reader"].pk]),
        {f"question-{foreign.pk}": 0},
    )
    for asked in (first, foreign):
        asked.refresh_from_db()
        assert asked.answer == {}
    assert Attempt.objects.get(pk=house.open["reader"].pk).submitted_at is None


def test_a_question_is_written_in_its_own_course_alone(house, client):
    client.force_login(house.people["expert"])
    question = house.courses["restricted"].questions.first()
    address = reverse("courses:write-question", args=[house.courses["done"].pk, question.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"stem": "x"}).status_code == 404


def test_another_s_entry_and_no_entry_look_the_same(house, client):
    client.force_login(house.people["reader"])
    answers = [
        client.get(reverse("evidence:entry", args=[house.entry("reader", whose)])) for whose in ("other", "nobody")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    for name in ("attempt", "result"):
        for pk in (NOTHING, house.open["other"].pk):
            assert client.get(reverse(f"courses:{name}", args=[pk])).status_code == 403


def test_what_is_kept_from_someone_is_named_nowhere(house, client):
    """A restricted page or course, a draft and what was withdrawn: by title, in lists, searches and other pages."""
    client.force_login(house.people["reader"])
    competences = [reverse("competence:competence", args=[each.teaches_id]) for each in house.courses.values()]
    addresses = ["/", "/briefs/", "/courses/", "/learning/", "/search/?q=HIDDEN-WORD", "/search/?q=Lithium"]
    hidden = [house.briefs[name].title for name in ("draft", "restricted", "withdrawn")]
    hidden += [house.courses[name].title for name in ("draft", "restricted")]
    for address in [*addresses, *competences, house.briefs["published"].url]:
        html = client.get(address).content.decode()
        assert [title for title in hidden if f">{title}<" in html] == [], address
    assert f">{house.briefs['published'].title}<" in client.get("/briefs/").content.decode()
