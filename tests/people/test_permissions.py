"""What the pages for people hold for each reader. Who gets which page stands in tests/security/test_matrix.py."""

from datetime import date

import pytest
from django.urls import reverse

from people.actions import appoint_administrator, report_to
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)

READERS = ("reader", "expert", "process owner", "manager", "hr", "auditor", "administrator")
EVERYONE = set(READERS)
STEER = {"hr", "administrator"}


@pytest.fixture
def house():
    """One of each reader, a report and a former report of the manager, and somebody else."""
    groups = {"expert": EXPERTS, "process owner": PROCESS_OWNERS, "hr": HR, "auditor": AUDITORS}
    people = {name: hire(name.title(), "Reader", groups=[groups[name]] if name in groups else []) for name in READERS}
    appoint_administrator(people["administrator"], by=None, at=NOON)
    people["report"] = hire("Rita", "Report", role="Fitter", manager=people["manager"], since=LONG_AGO)
    people["former report"] = hire("Fred", "Former", manager=people["manager"], since=LONG_AGO)
    report_to(people["former report"], people["hr"], since=date(2021, 1, 1), by=None, at=NOON)
    people["other"] = hire("Olga", "Other")
    return people


@pytest.mark.parametrize("reader", sorted(EVERYONE - STEER))
def test_whoever_gets_no_form_cannot_send_it_either(client, house, reader):
    client.force_login(house[reader])
    holding = house["report"].holdings.get()
    given = {"until": "2030-01-01", "reason": "because"}
    assert client.post(reverse("people:end-role", args=[holding.pk]), given).status_code == 403
    holding.refresh_from_db()
    assert holding.until is None


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("manager", {"report", "manager"}),
        ("hr", set(READERS) | {"report", "former report", "other"}),
        ("auditor", set(READERS) | {"report", "former report", "other"}),
    ],
)
def test_the_list_holds_those_whom_the_reader_may_see(client, house, reader, seen):
    client.force_login(house[reader])
    listed = {person.pk for person in client.get(reverse("people:list")).context["page"]}
    assert listed == {house[name].pk for name in seen}


def test_a_reader_who_sees_only_themselves_is_led_to_their_own_page(client, house):
    client.force_login(house["reader"])
    assert client.get(reverse("people:list")).url == reverse("people:person", args=[house["reader"].pk])
