"""What is kept from someone is told to them nowhere: not its title, its number or a word of it, by any address."""

import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from jobs.actions import run_waiting
from knowledge.actions import answer_suggestion, remind_owners
from knowledge.models import Edition
from tests.security.canary import CANARY, hide_something
from tests.security.house import open_a_house
from tests.security.test_matrix import names

LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
LOG = "/evidence/"
# Wagtail's own, in which those who write see the tree of pages; and what would end the visit.
LEFT_OUT = ("/admin/", "/sign-out/", "/static/", LOG)
# One of each right to look; whoever steers may see all, and the log tells those who audit it what was done.
LOOKING = ("reader", "expert", "process owner", "hr")


def open_a_house_that_hides_something():
    house = open_a_house()
    secret = hide_something(house.people)
    run_waiting(timezone.now())
    secret.letters = list(mail.outbox)
    return house, secret


@pytest.fixture
def told(once, settings, monkeypatch):
    # The words of a PDF are packed: what is looked at is what is printed.
    monkeypatch.setattr("knowledge.views.layout.as_pdf", lambda sheet: json.dumps(sheet.document).encode())
    return once(open_a_house_that_hides_something)


def starts(house, secret):
    """Every address that needs nothing, those of the matrix, and those of what is kept and what is linked to it."""
    for name in set(names()):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue
    for word in (CANARY[:-1], CANARY[:-1] + "z", "open", "brief", "lesson changed"):
        yield reverse("search:search", query={"q": word})
    for page in (*secret.open_pages.values(), secret.open_course, *secret.kept.values(), secret.course):
        yield page.url
        yield reverse("courses:questions", args=[page.pk])
        yield reverse("courses:write-question", args=[page.pk])
        yield reverse("knowledge:editions", args=[page.pk])
        yield reverse("knowledge:withdraw", args=[page.pk])
    for suggestion in secret.suggestions:
        yield reverse("knowledge:suggestion", args=[suggestion.pk])
    pages = [page.pk for page in (*secret.kept.values(), *secret.open_pages.values())]
    for edition in Edition.objects.filter(page__in=pages):
        yield from (reverse(f"knowledge:{name}", args=[edition.pk]) for name in ("edition", "pdf", "suggest"))
    yield reverse("knowledge:page", args=[secret.kept["lesson"].pk])


def crawled(client, first):
    """(address, answer) of everything that can be reached by looking."""
    waiting, known = [*first], set()
    while waiting:
        address = waiting.pop()
        place = urlsplit(address)
        # One of each kind of question about a list, but each search.
        key = place.path, tuple(re.findall(r"q=[^&]*|(?:^|&)\w+", place.query))
        if key in known or place.netloc or place.path.startswith(LEFT_OUT):
            continue
        known.add(key)
        response = client.get(address)
        yield address, response
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and html:
            links = LINK.findall(response.content.decode())
            waiting += [link.replace("&amp;", "&") for link in links if link[0] == "/"]


def said_by(address, response):
    """All that the answer tells beyond what was asked."""
    text = unquote(response.headers.get("Location", "")) + str(dict(response.headers))
    text += "" if response.streaming else response.content.decode(errors="replace")
    return text.lower().replace(address.lower(), "")


def leaks_in(secret, said, where):
    found = [re.search(f".{{0,60}}{word}.{{0,30}}", said) for word in secret.words]
    return [(where, " ".join(match[0].split())) for match in found if match]


@pytest.mark.parametrize("reader", LOOKING)
def test_what_is_kept_from_someone_is_told_nowhere(told, quiet, reader):
    house, secret = told
    client = Client()
    client.force_login(house.people[reader])
    leaks, seen = [], set()
    for address, response in crawled(client, starts(house, secret)):
        seen.add(response.status_code)
        leaks += leaks_in(secret, said_by(address, response), address)
    assert not leaks, "\n".join(map(str, leaks))
    assert seen >= {200, 302, 404}


def test_the_word_is_seen_where_it_may_be(told):
    """Or else nothing was looked for."""
    house, secret = told
    client = Client()
    client.force_login(house.people["administrator"])
    for page in (*secret.kept.values(), secret.course, secret.open_pages["brief"]):
        assert CANARY in client.get(page.url).content.decode(), page.title


def test_a_word_of_it_finds_no_more_than_one_that_nobody_wrote(told):
    house, _ = told
    client = Client()
    client.force_login(house.people["reader"])
    answers = [
        re.sub(r"[\w-]{40,}", "", client.get(reverse("search:search", query={"q": word})).content.decode())
        for word in (CANARY, "ocelotwvb")
    ]
    assert answers[0].replace(CANARY, "ocelotwvb") == answers[1]


def test_a_link_in_a_text_leads_on_only_who_may_see(told):
    house, secret = told
    address = reverse("knowledge:page", args=[secret.kept["brief"].pk])
    client = Client()
    for reader, status in (("reader", 404), ("administrator", 302)):
        client.force_login(house.people[reader])
        assert address in client.get(secret.open_pages["brief"].url).content.decode()
        assert client.get(address).status_code == status


def test_nor_does_a_letter_tell_it(told):
    house, secret = told
    told_by = {"by": house.people["administrator"], "at": timezone.now()}
    answer_suggestion(secret.suggestions[0], "declined", words="No.", **told_by)
    remind_owners(on=timezone.localdate(), at=timezone.now())
    run_waiting(timezone.now())
    steering = house.people["administrator"].email
    letters = [one for one in [*secret.letters, *mail.outbox] if one.to != [steering]]
    for one in letters:
        bodies = "".join(str(part) for part, _ in one.alternatives)
        said = f"{one.subject} {one.body} {bodies} {one.extra_headers}".lower()
        assert leaks_in(secret, said, one.to) == []
    kinds = {one.subject.split()[0] for one in letters}
    assert kinds == {"What", "Your", "To"}
