"""Who has left is out at once, and nobody can tell from outside."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from people.actions import withdraw_person
from people.groups import EXPERTS
from people.models import Person
from tests.scenes import hire

pytestmark = pytest.mark.django_db
PASSWORD = "three-grey-stones"


def last_day_passed(person):
    """As it is when the job that closes the sign-in has not run."""
    Person.objects.filter(pk=person.pk).update(last_day=timezone.localdate() - timedelta(days=1))


def sign_in_closed(person):
    Person.objects.filter(pk=person.pk).update(is_active=False)


def withdrawn(person):
    yesterday = timezone.localdate() - timedelta(days=1)
    withdraw_person(person, last_day=yesterday, reason="Moves on.", by=None, at=timezone.now())


LEAVE = pytest.mark.parametrize("leave", [last_day_passed, sign_in_closed, withdrawn])


@pytest.fixture
def ada(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one proves nothing here
    return hire("Ada", "Byron", password=PASSWORD, groups=[EXPERTS], since=timezone.localdate() - timedelta(days=9))


@LEAVE
@pytest.mark.parametrize("address", ["/", "/people/me/", "/admin/", "/learning/"])
def test_whoever_has_left_is_out_at_the_next_request(client, ada, leave, address):
    client.force_login(ada)
    assert client.get(address, follow=True).status_code == 200
    leave(ada)
    assert client.get(address)["Location"].startswith("/sign-in/")


@LEAVE
def test_whoever_has_left_cannot_come_in_again(client, ada, leave):
    leave(ada)
    client.post("/sign-in/", {"username": ada.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_on_the_last_day_one_still_works_here(client, ada):
    Person.objects.filter(pk=ada.pk).update(last_day=timezone.localdate())
    client.force_login(ada)
    assert client.get("/people/me/").url == f"/people/{ada.pk}/"


@LEAVE
def test_nobody_who_has_left_gets_a_link_and_nobody_can_tell(client, ada, leave, mailoutbox):
    leave(ada)
    gone = client.post("/password/forgotten/", {"email": ada.email}, follow=True)
    unknown = client.post("/password/forgotten/", {"email": "nobody@example.org"}, follow=True)
    assert mailoutbox == []
    assert [(one.status_code, one.redirect_chain, without_token(one)) for one in (gone,)] == [
        (unknown.status_code, unknown.redirect_chain, without_token(unknown))
    ]


@LEAVE
def test_a_link_that_was_sent_before_opens_no_door(client, ada, leave):
    uid, token = urlsafe_base64_encode(force_bytes(ada.pk)), default_token_generator.make_token(ada)
    leave(ada)
    form = client.get(reverse("password_reset_confirm", args=[uid, token]), follow=True)
    new = "another-grey-stone"
    client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new}, follow=True)
    client.post("/sign-in/", {"username": ada.username, "password": new})
    assert "_auth_user_id" not in client.session


@LEAVE
def test_a_wrong_password_and_a_closed_sign_in_look_the_same(client, ada, leave):
    leave(ada)
    answers = [
        without_token(client.post("/sign-in/", {"username": ada.username, "password": password}))
        for password in (PASSWORD, "wrong")
    ]
    assert answers[0] == answers[1]


def test_the_admin_has_no_password_reset_of_its_own(client, ada, mailoutbox):
    assert client.post("/admin/password_reset/", {"email": ada.email})["Location"].startswith("/sign-in/")
    client.force_login(ada)
    assert client.post("/admin/password_reset/", {"email": ada.email}).status_code == 404
    assert mailoutbox == []


@pytest.mark.parametrize(
    "away",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "https:elsewhere.example",
        "javascript:alert(1)",
        "\thttps://elsewhere.example",
        "http://testserver@elsewhere.example/",
    ],
)
def test_nobody_is_led_out_of_the_house_by_signing_in(client, ada, away):
    given = {"username": ada.username, "password": PASSWORD, "next": away}
    assert client.post("/sign-in/", given).url == "/"
    # Already signed in, by the address alone.
    assert client.get("/sign-in/", {"next": away}).url == "/"


def test_signing_in_changes_the_session(client, ada):
    client.get("/sign-in/")
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/sign-in/", {"username": ada.username, "password": PASSWORD})
    assert client.cookies["sessionid"].value != before


def without_token(response):
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", response.content.decode())
