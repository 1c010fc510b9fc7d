from urllib.parse import urlencode

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from jobs.actions import run_waiting
from people.actions import appoint_administrator, invite
from people.context_processors import may as offer_may
from people.groups import AUDITORS, EXPERTS, GROUPS, HR, PROCESS_OWNERS, make_groups
from people.models import Person
from people.permissions import May
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db

STRANGERS_MAY = [
    "/sign-in/",
    "/password/forgotten/",
    "/password/forgotten/sent/",
    "/password/new/done/",
    "/admin/jsi18n/",
]
STRANGERS_MAY_NOT = [
    "/",
    "/people/",
    "/people/1/",
    "/admin/",
    "/admin/login/",
    "/admin/pages/",
    "/evidence/",
    "/no/such/page/",
    "/password/",
    "/documents/1/secret.pdf",
]


@pytest.mark.parametrize("address", STRANGERS_MAY)
def test_strangers_can_sign_in_and_ask_for_a_new_password(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", STRANGERS_MAY_NOT)
def test_everything_else_asks_for_a_sign_in_and_says_no_more(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url == f"/sign-in/?{urlencode({'next': address})}"


def test_one_comes_back_to_the_page_with_its_query(client):
    assert client.get("/people/?q=ada&page=2").url == "/sign-in/?next=%2Fpeople%2F%3Fq%3Dada%26page%3D2"


@pytest.mark.parametrize(
    ("headers", "back"),
    [
        ({"referer": "http://testserver/learning/?x=1"}, "%2Flearning%2F%3Fx%3D1"),
        ({"referer": "https://elsewhere.example/learning/"}, "%2F"),
        ({}, "%2F"),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page_and_nowhere_else(client, headers, back):
    response = client.post("/people/add/", headers=headers)
    assert (response.status_code, response.url) == (302, f"/sign-in/?next={back}")


def test_a_fragment_asked_for_too_late_moves_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/learning/"}
    response = client.get("/people/", headers=headers)
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/sign-in/?next=%2Flearning%2F"


def test_whoever_has_left_is_a_stranger(client):
    ada = hire()
    client.force_login(ada)
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.get(reverse("people:me")).status_code == 302
    assert "/sign-in/" in client.get(reverse("people:me")).url


def test_one_signs_in_and_comes_to_the_page_that_was_asked_for(client):
    ada = hire(password="three-grey-stones")
    given = {"username": ada.username, "password": "three-grey-stones", "next": "/people/me/"}
    assert client.post("/sign-in/", given).url == "/people/me/"


def test_one_is_not_led_elsewhere_after_signing_in(client):
    ada = hire(password="three-grey-stones")
    given = {"username": ada.username, "password": "three-grey-stones", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", given).url == "/"


def test_an_invitation_lets_one_choose_a_password(client):
    ada = hire()
    invite(ada, by=None, at=NOON)
    run_waiting(timezone.now())
    (letter,) = [one for one in mail.outbox if one.to == [ada.email]]
    link = next(line for line in letter.body.splitlines() if "/password/new/" in line)
    form = client.get(link[link.index("/password/new/") :], follow=True)
    chosen = {"new_password1": "three-grey-stones", "new_password2": "three-grey-stones"}
    client.post(form.redirect_chain[-1][0], chosen)
    assert client.login(username=ada.username, password="three-grey-stones")


def test_whose_invitation_has_expired_can_ask_for_a_new_password(client):
    ada = hire()
    client.post("/password/forgotten/", {"email": ada.email})
    assert [letter.to for letter in mail.outbox] == [[ada.email]]


@pytest.mark.databases
def test_the_groups_come_back_and_lose_nothing():
    for _ in range(2):
        make_groups("default")
    ada = hire(groups=GROUPS)
    assert ada.group_names == {EXPERTS, PROCESS_OWNERS, HR, AUDITORS}
    assert ada.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("group", "permissions"),
    [
        (EXPERTS, {"wagtailadmin.access_admin"}),
        (PROCESS_OWNERS, {"wagtailadmin.access_admin"}),
        (HR, {"evidence.view_entry"}),
        (
            AUDITORS,
            {"evidence.view_entry", "evidence.view_checkpoint", "evidence.view_sample", "evidence.add_sample"},
        ),
    ],
)
def test_a_fresh_database_gives_each_group_its_permissions(group, permissions):
    assert permissions <= hire(groups=[group]).get_all_permissions()


@pytest.mark.parametrize(
    ("groups", "may"),
    [
        ([], set()),
        ([EXPERTS], {"write"}),
        ([PROCESS_OWNERS], {"write"}),
        ([HR], {"manage_people", "see_everyone", "see_matrix"}),
        ([AUDITORS], {"audit", "see_everyone", "see_matrix"}),
        ("manager", {"see_matrix"}),
        ("administrator", {"write", "manage_people", "see_everyone", "see_matrix", "audit", "administer"}),
        ("left", set()),
    ],
)
def test_what_each_reader_may(groups, may):
    ada = hire(groups=groups if isinstance(groups, list) else [])
    if groups == "manager":
        hire("Ben", "Berg", manager=ada, since=NOON.date())
    if groups == "administrator":
        appoint_administrator(ada, by=None, at=NOON)
    if groups == "left":
        ada = hire(groups=GROUPS)
        ada.is_active = False
    asked = ("write", "manage_people", "see_everyone", "see_matrix", "audit", "administer")
    assert {name for name in asked if getattr(May(ada), name)} == may


def test_a_page_that_does_not_ask_what_one_may_costs_no_query(django_assert_num_queries, rf):
    request = rf.get("/")
    request.user = hire()
    with django_assert_num_queries(0):
        context = offer_may(request)
    with django_assert_num_queries(2):  # the groups, and whether someone reports to them
        for _ in range(3):
            assert not context["may"].see_matrix
            assert not context["may"].audit


def test_the_admin_is_closed_to_those_who_are_signed_in_and_may_not_enter(client):
    client.force_login(hire(groups=[HR]))
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 2
