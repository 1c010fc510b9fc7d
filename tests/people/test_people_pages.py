from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.actions import add_department, correct_role_holding, end_role, withdraw_person
from people.groups import HR
from people.models import Person, RoleHolding
from tests.scenes import NOON, TODAY, department_named, hire, hold, role_named

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def hr(client):
    person = hire("Hanna", "Reuter", groups=[HR])
    client.force_login(person)
    return person


def listed(client, **wanted):
    return [str(person) for person in client.get(reverse("people:list"), wanted).context["page"]]


def test_people_are_found_by_words_department_and_role(client, hr):
    add_department("Plant", by=None, at=NOON)
    add_department("Assembly", parent=department_named("Plant"), by=None, at=NOON)
    hire("Ada", "Byron", role="Fitter", department="Assembly", since=LONG_AGO)
    hire("Ben", "Berg", role="Tester", department="Testing", since=LONG_AGO)
    assert listed(client, q="byr ada") == ["Ada Byron"]
    assert listed(client, q="byr ben") == []
    assert listed(client, department=department_named("Plant").pk) == ["Ada Byron"]  # and what belongs to it
    assert listed(client, role=role_named("Tester").pk) == ["Ben Berg"]
    assert listed(client, role="nonsense") == ["Ben Berg", "Ada Byron", "Hanna Reuter"]


def test_whoever_has_left_is_listed_only_when_asked_for(client, hr):
    ada = hire()
    withdraw_person(ada, last_day=LONG_AGO, reason="retired", by=hr, at=NOON)
    assert listed(client) == ["Hanna Reuter"]
    assert listed(client, left="on") == ["Ada Byron", "Hanna Reuter"]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_runs_as_many_queries_for_many_as_for_few(client, hr):
    hire("Ada", "Byron", role="Fitter", department="Assembly", manager=hr, since=LONG_AGO)
    few = queries_of(client, reverse("people:list"))
    for number in range(12):
        hire(f"P{number}", "Byron", role=f"Role {number}", department="Testing", manager=hr, since=LONG_AGO)
    assert queries_of(client, reverse("people:list")) == few <= 16


def test_a_person_page_runs_as_many_queries_for_a_long_history(client, hr):
    ada = hire(role="Fitter", department="Assembly", manager=hr, since=LONG_AGO)
    address = reverse("people:person", args=[ada.pk])
    few = queries_of(client, address)
    for number in range(8):
        holding = hold(ada, f"Role {number}", since=LONG_AGO)
        correct_role_holding(holding, since=LONG_AGO, until=TODAY, reason="typo", by=hr, at=NOON)
        hire(f"P{number}", "Byron", manager=ada)
    assert queries_of(client, address) == few


def test_hr_adds_a_person_with_role_department_and_manager_in_one_form(client, hr):
    given = {
        "first_name": "Ada",
        "last_name": "Byron",
        "username": "ada",
        "email": "ada@example.org",
        "since": "2026-03-02",
        "role": role_named("Fitter").pk,
        "department": department_named("Assembly").pk,
        "manager": hr.pk,
    }
    response = client.post(reverse("people:add"), given, follow=True)
    ada = Person.objects.get(username="ada")
    assert response.redirect_chain[-1][0] == reverse("people:person", args=[ada.pk])
    assert RoleHolding.objects.on(TODAY).get(person=ada).recorded_by == hr
    assert "gets a mail with a link" in response.content.decode()


def test_a_refusal_leaves_nothing_half_done(client, hr):
    given = {
        "first_name": "Ada",
        "last_name": "Byron",
        "username": "ada",
        "email": "ada@example.org",
        "since": "2026-03-02",
        "employee_number": "7",
    }
    hire("Ben", "Berg")
    Person.objects.filter(first_name="Ben").update(employee_number="7")
    response = client.post(reverse("people:add"), given)
    assert "Someone already has the employee number 7" in response.content.decode()
    assert not Person.objects.filter(username="ada").exists()


def test_hr_gives_and_ends_a_role_and_a_second_end_is_refused_with_a_sentence(client, hr):
    ada = hire()
    address = reverse("people:grant-role", args=[ada.pk])
    client.post(address, {"role": role_named("Fitter").pk, "since": "2026-03-02"})
    holding = RoleHolding.objects.get(person=ada)
    ending = reverse("people:end-role", args=[holding.pk])
    page = client.post(ending, {"until": "2026-03-31", "reason": "moves to testing"}, follow=True)
    assert "until 31 March 2026" in page.content.decode()
    again = client.post(ending, {"until": "2026-04-30", "reason": "once more"})
    assert "already ends on 31 March 2026" in again.content.decode()


def test_what_people_wrote_is_shown_as_text(client, hr):
    ada = hire("<script>alert(1)</script>", "Byron", role="<b>Fitter</b>")
    end_role(ada.holdings.get(), until=TODAY, by=hr, at=NOON, reason="<img src=x>")
    page = client.get(reverse("people:person", args=[ada.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<b>Fitter" not in page
    assert "<img src=x" not in page


def test_a_person_page_tells_what_was_corrected_and_why(client, hr):
    ada = hire()
    holding = hold(ada, "Fitter", since=LONG_AGO)
    correct_role_holding(holding, since=TODAY, until=None, reason="typed the wrong year", by=hr, at=NOON)
    page = client.get(reverse("people:person", args=[ada.pk])).content.decode()
    assert "Fitter from 1 January 2020" in page
    assert "was really Fitter from 2 March 2026" in page
    assert "typed the wrong year" in page


def test_an_administrator_sets_what_someone_may_do(client):
    admin = hire("Alma", "Amt")
    Person.objects.filter(pk=admin.pk).update(is_superuser=True)
    client.force_login(admin)
    ada = hire()
    address = reverse("people:groups", args=[ada.pk])
    client.post(address, {"groups": ["HR", "Experts"]})
    assert Person.objects.get(pk=ada.pk).group_names == {"HR", "Experts"}
    client.post(address, {"groups": ["Experts"]})
    assert Person.objects.get(pk=ada.pk).group_names == {"Experts"}


@pytest.mark.parametrize(
    ("name", "of_whom", "leads_to"),
    [
        ("wagtailusers_users:add", False, "people:add"),
        ("wagtailusers_users:edit", True, "people:person"),
        ("wagtailusers_users:delete", True, "people:person"),
    ],
)
def test_the_admin_leads_to_the_pages_that_leave_an_entry(client, name, of_whom, leads_to):
    admin, ada = hire("Alma", "Amt"), hire()
    Person.objects.filter(pk=admin.pk).update(is_superuser=True)
    client.force_login(admin)
    arguments = [ada.pk] if of_whom else []
    for send in (client.get, client.post):
        assert send(reverse(name, args=arguments)).url == reverse(leads_to, args=arguments)
    assert Person.objects.filter(pk=ada.pk).exists()


def test_the_admin_changes_nobody_in_bulk(client):
    admin, ada = hire("Alma", "Amt"), hire()
    Person.objects.filter(pk=admin.pk).update(is_superuser=True)
    client.force_login(admin)
    address = reverse("wagtail_bulk_action", args=["people", "person", "delete"])
    assert client.post(f"{address}?id={ada.pk}").url == reverse("people:list")
    assert Person.objects.filter(pk=ada.pk).exists()
