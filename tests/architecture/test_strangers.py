"""Strangers are answered by sign-in, password reset, secret calendars and static files alone: asked of each address."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db

OPEN = {
    "/sign-in/",
    "/password/forgotten/",
    "/password/forgotten/sent/",
    "/password/new/1/1/",
    "/password/new/done/",
    "/admin/jsi18n/",
    "/calendar/1.ics",
    "/certificates/",
    "/certificates/1/",
}


def addresses(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + _example(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield "/" + route


def _example(pattern) -> str:
    """An address that a route or a regular expression fits: every part that may differ is 1."""
    text = str(pattern)
    text = re.sub(r"<[^>]+>", "1", text) if "(" not in text else re.sub(r"\((?:[^()]|\([^()]*\))*\)\??", "1", text)
    return re.sub(r"[\^$\\?*+]|\\Z", "", text)


ADDRESSES = sorted(set(addresses()))


def test_there_are_addresses_to_ask():
    assert len(ADDRESSES) > 150
    assert set(ADDRESSES) >= OPEN


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in_from_everywhere_else(client, method):
    answered = []
    for address in ADDRESSES:
        response = getattr(client, method)(address)
        to_sign_in = response.status_code == 302 and response["Location"].startswith("/sign-in/")
        if not to_sign_in and address not in OPEN:
            answered.append((address, response.status_code))
    assert answered == []


def test_no_address_beside_them_answers(client):
    for address in ("/nothing-here/", "/media/x.png", "/admin/login/", "/.git/config", "/manage.py"):
        assert client.get(address)["Location"].startswith("/sign-in/")
