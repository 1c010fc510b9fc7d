import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competence.actions import define_competence, record_proof, require
from competence.gathering import gather
from competence.matrix import competences_asked, people_in_matrix, record_of, rows
from competence.models import Proof
from competence.obligations import obligations
from people.actions import correct_role_holding
from people.directory import with_places
from people.groups import HR
from people.models import Person
from tests.scenes import NOON, TODAY, hire, role_named

pytestmark = pytest.mark.django_db

JANUARY = date(2026, 1, 1)
LONG_AGO = date(2020, 1, 1)


def asked_for(name, *roles, months=None, since=JANUARY):
    competence = define_competence(name, validity_months=months, by=None, at=NOON)
    for role in roles:
        require(role_named(role), competence, since=since, by=None, at=NOON)
    return competence


def show(person, competence, on):
    reference = f"{competence} on {on}"
    return record_proof(
        person,
        competence,
        basis=Proof.Basis.COURSE,
        reference=reference,
        editions=[],
        on=on,
        by=None,
        at=NOON,
    )


def cells(on=TODAY, **chosen):
    """{(first name, competence): (word, why)} of the whole matrix."""
    people = people_in_matrix(Person.objects.all(), on=on, **chosen)
    return {
        (row.person.first_name, str(cell.competence)): (cell.word, cell.why)
        for row in rows(list(people), competences_asked(people, on=on, **chosen), on=on)
        for cell in row.cells
    }


@pytest.fixture
def line():
    """Two fitters and a tester; soldering is asked of fitters, safety of both."""
    soldering, safety = asked_for("Soldering", "Fitter", months=12), asked_for("Safety", "Fitter", "Tester")
    ada, ben = hire("Ada", role="Fitter", since=JANUARY), hire("Ben", role="Fitter", since=JANUARY)
    cleo = hire("Cleo", role="Tester", since=JANUARY, department="Testing")
    show(ada, soldering, date(2026, 1, 20))
    show(cleo, soldering, date(2026, 1, 20))
    return {"ada": ada, "ben": ben, "cleo": cleo, "soldering": soldering, "safety": safety}


def test_every_cell_has_its_state_and_its_reason(line):
    found = cells()
    assert {place: word for place, (word, _) in found.items()} == {
        ("Ada", "Soldering"): "Competent",
        ("Ben", "Soldering"): "Overdue",
        ("Cleo", "Soldering"): "Shown",
        ("Ada", "Safety"): "Overdue",
        ("Ben", "Safety"): "Overdue",
        ("Cleo", "Safety"): "Overdue",
    }
    assert all(why for _, why in found.values())
    assert "not required" in found["Cleo", "Soldering"][1]


def test_the_matrix_as_of_a_past_day_knows_nothing_of_what_came_later(line):
    assert {word for word, _ in cells(on=date(2026, 1, 19)).values()} == {"Due", ""}
    assert cells(on=date(2025, 12, 31)) == {}


def test_the_matrix_can_be_drawn_for_a_role(line):
    assert {name for name, _ in cells(role=role_named("Tester"))} == {"Cleo"}
    assert {competence for _, competence in cells(role=role_named("Tester"))} == {"Safety"}


def test_what_has_been_corrected_asks_for_nothing(line):
    correct_role_holding(
        line["ben"].holdings.get(), since=JANUARY, until=None, void=True, reason="wrong Ben", by=None, at=NOON
    )
    assert cells()["Ben", "Safety"][0] == ""


@pytest.mark.databases
def test_gathering_one_or_many_takes_three_queries(line, django_assert_num_queries):
    for people in ([line["ada"].pk], Person.objects.values("pk"), None):
        with django_assert_num_queries(3):
            gather(people, on=TODAY)


def test_gathering_some_is_gathering_all_and_picking_them_out(line):
    everyone = obligations(gather(on=TODAY), on=TODAY)
    ada = line["ada"].pk
    assert obligations(gather([ada], on=TODAY), on=TODAY) == tuple(one for one in everyone if one.person == ada)


def test_the_record_of_one_person_begins_with_what_is_most_urgent(line):
    assert [cell.word for cell in record_of(line["ada"], on=TODAY)] == ["Overdue", "Competent"]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200
        if response.streaming:
            list(response.streaming_content)
    return len(captured)


@pytest.mark.parametrize("name", ["competence:matrix", "competence:matrix-csv", "competence:list", "people:list"])
def test_the_pages_run_as_many_queries_for_many_as_for_few(client, line, name):
    client.force_login(hire("Hanna", groups=[HR]))
    few = queries_of(client, reverse(name))
    for number in range(10):
        person = hire(f"P{number}", role=f"Role {number}", since=JANUARY, department="Testing")
        show(person, asked_for(f"Skill {number}", f"Role {number}", "Fitter"), TODAY)
    assert queries_of(client, reverse(name)) == few <= 16


def test_a_competence_page_runs_as_many_queries_for_many_as_for_few(client, line):
    client.force_login(hire("Hanna", groups=[HR]))
    address = reverse("competence:competence", args=[line["safety"].pk])
    few = queries_of(client, address)
    for number in range(10):
        show(hire(f"P{number}", role=f"Role {number}"), line["safety"], LONG_AGO)
        require(role_named(f"Role {number}"), line["safety"], since=JANUARY, by=None, at=NOON)
    assert queries_of(client, address) == few


def test_the_file_holds_what_the_page_shows(client, line):
    client.force_login(hire("Hanna", groups=[HR]))
    response = client.get(reverse("competence:matrix-csv"), {"day": "2026-03-02"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(text.splitlines()))
    assert table[0] == ["Person", "Employee number", "Department", "Roles", "Safety", "Soldering"]
    by_name = {row[0].split()[0]: row for row in table[1:]}
    assert by_name["Ada"][3:] == ["Fitter", "Overdue was due 2026-01-31", "Competent until 2027-01-20"]
    assert by_name["Cleo"][2] == "Testing"
    assert 'filename="competence-matrix-2026-03-02.csv"' in response["Content-Disposition"]


def test_names_that_are_formulas_come_out_as_text(client, line):
    hire("=HYPERLINK(1)", role="Fitter", since=JANUARY)
    client.force_login(hire("Hanna", groups=[HR]))
    text = b"".join(client.get(reverse("competence:matrix-csv")).streaming_content).decode()
    assert "\r\n'=HYPERLINK" in text


def test_a_manager_sees_their_reports_of_today_whatever_the_day(client, line):
    boss = hire("Max", "Boss", since=LONG_AGO)
    mine = hire("Mia", role="Fitter", manager=boss, since=date(2026, 2, 1))
    client.force_login(boss)
    for day in ("", "2026-01-10", "2027-01-10"):
        page = client.get(reverse("competence:matrix"), {"day": day}).context["page"]
        assert {row.person for row in page} <= {mine, boss}


def test_hr_adds_a_competence_and_lets_a_role_ask_for_it_and_ends_that(client):
    client.force_login(hire("Hanna", groups=[HR]))
    page = client.post(
        reverse("competence:add"),
        {"name": "Soldering", "validity_months": "12", "renewal_window_days": "30"},
        follow=True,
    )
    competence = page.context["competence"]
    given = {"role": role_named("Fitter").pk, "since": "2026-03-02", "due_days": "14"}
    client.post(reverse("competence:require", args=[competence.pk]), given)
    requirement = competence.requirements.get()
    again = client.post(reverse("competence:require", args=[competence.pk]), given)
    assert "already asks for Soldering" in again.content.decode()
    client.post(
        reverse("competence:end-requirement", args=[requirement.pk]),
        {"until": "2026-12-31", "reason": "done by the robot"},
    )
    requirement.refresh_from_db()
    assert requirement.until == date(2026, 12, 31)


def test_a_holder_is_listed_once_with_the_proof_that_holds_longest(client, line):
    client.force_login(hire("Hanna", groups=[HR]))
    longer = show(line["ada"], line["soldering"], TODAY)
    page = client.get(reverse("competence:competence", args=[line["soldering"].pk])).context["page"]
    assert [proof for proof in page if proof.person == line["ada"]] == [longer]


def test_with_places_and_rows_agree_on_order(line):
    people = list(with_places(Person.objects.all(), on=TODAY))
    assert [row.person for row in rows(people, [line["safety"]], on=TODAY)] == people


def test_one_sees_on_the_own_page_what_is_asked_and_why(client, line):
    client.force_login(line["ben"])
    page = client.get(reverse("people:person", args=[line["ben"].pk])).content.decode()
    assert "not shown yet. The role Fitter (since 1 January 2026) asks for it." in page
