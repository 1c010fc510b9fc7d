import re

import pytest
from django.contrib.auth import authenticate
from django.urls import reverse

from tests.scenes import hire

OLD, NEW = "stone on stone on stone", "four stones and a hill"


@pytest.fixture
def ada(db):
    return hire("Ada", "Byron", password=OLD)


def link_in(mail):
    return re.search(r"https?://[^/]+(/\S+)", mail.body)[1]


def test_a_forgotten_password_is_replaced_by_way_of_a_mail(client, ada, mailoutbox):
    client.post(reverse("password_reset"), {"email": ada.email})
    [mail] = mailoutbox
    assert mail.subject == "Your new password for Cairn"
    assert ada.username in mail.body
    form = client.get(link_in(mail), follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert authenticate(username=ada.username, password=NEW) == ada


def test_a_link_works_once(client, ada, mailoutbox):
    client.post(reverse("password_reset"), {"email": ada.email})
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    client.session.flush()
    assert b"This link no longer works" in client.get(link, follow=True).content


def test_nobody_learns_which_addresses_the_house_knows(client, ada, mailoutbox):
    known = client.post(reverse("password_reset"), {"email": ada.email}, follow=True)
    unknown = client.post(reverse("password_reset"), {"email": "nobody@example.org"}, follow=True)
    assert len(mailoutbox) == 1
    assert _without_token(known) == _without_token(unknown)


def test_a_password_is_changed_by_whoever_knows_the_old_one(client, ada):
    client.force_login(ada)
    wrong = client.post(
        reverse("password_change"), {"old_password": "guess", "new_password1": NEW, "new_password2": NEW}
    )
    assert b'aria-invalid="true"' in wrong.content
    right = client.post(
        reverse("password_change"), {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}, follow=True
    )
    assert b"Your password is changed" in right.content
    assert authenticate(username=ada.username, password=NEW) == ada


def test_a_field_names_its_help_and_its_error_to_a_screen_reader(client, ada):
    client.force_login(ada)
    html = client.post(reverse("password_change"), {}).content.decode()
    described = re.search(r'name="new_password1"[^>]*aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_new_password1_helptext", "id_new_password1_error"]
    assert all(f'id="{name}"' in html for name in described)


def test_a_stranger_sees_a_form_and_no_navigation(client, db):
    html = client.get(reverse("sign-in")).content.decode()
    assert "site-header" not in html
    assert 'name="username"' in html


def _without_token(response):
    return re.sub(r'X-CSRFToken": "\w+"', "", response.content.decode())
