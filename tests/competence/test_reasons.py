"""The matrix as a list: one line for each competence that is asked of someone, or that they hold, and why."""

import csv
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from competence import export
from competence.actions import define_competence, record_proof, require, waive
from competence.models import Proof
from people.actions import record_leave
from people.groups import HR
from tests.scenes import NOON, TODAY, hire, role_named

pytestmark = pytest.mark.django_db

JANUARY = date(2026, 1, 1)
LATER = TODAY + timedelta(days=60)
TOLD = {"by": None, "at": NOON}
ADDRESS = "competence:matrix-csv"


def show(person, competence, on):
    given = {"basis": Proof.Basis.COURSE, "reference": f"{competence} on {on}", "editions": []}
    return record_proof(person, competence, on=on, **given, **TOLD)


def asked_of_fitters(name):
    competence = define_competence(name, validity_months=12, **TOLD)
    require(role_named("Fitter"), competence, since=JANUARY, **TOLD)
    return competence


@pytest.fixture
def soldering():
    return asked_of_fitters("Soldering")


@pytest.fixture
def people(soldering):
    """Each stands otherwise; only Cleo is asked for nothing, and shows what nobody is asked for as well."""
    rigging = define_competence("Rigging", **TOLD)
    define_competence("Unheard of", **TOLD)
    names = {name: hire(name, role="Fitter", since=JANUARY) for name in ("Ada", "Ben", "Dan", "Eve")}
    names["Cleo"] = hire("Cleo", role="Tester", since=JANUARY, department="Testing")
    show(names["Ada"], soldering, date(2026, 1, 20))
    show(names["Cleo"], soldering, date(2026, 1, 20))
    show(names["Cleo"], rigging, date(2026, 1, 20))
    waive(names["Dan"], soldering, since=JANUARY, until=LATER, reason="Works from home.", **TOLD)
    record_leave(names["Eve"], since=date(2026, 1, 10), until=LATER, **TOLD)
    return names


@pytest.fixture
def lines(client, people):
    """What HR downloads of a day, by first name and competence."""
    client.force_login(hire("Hanna", groups=[HR]))

    def of(**chosen):
        response = client.get(reverse(ADDRESS), {"form": "reasons", "day": TODAY.isoformat(), **chosen})
        assert f'"competence-reasons-{TODAY}.csv"' in response["Content-Disposition"]
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        titles, *table = csv.reader(StringIO(text, newline=""))
        assert titles[:3] == ["Person", "Employee number", "Department"]
        assert titles[3:] == ["Competence", "State", "Due", "Until", "Reason"]
        found = {(row[0].split()[0], row[3]): row for row in table}
        assert len(found) == len(table)
        return found

    return of


def test_each_line_says_state_days_and_reason(lines):
    assert {place: row[4:] for place, row in lines().items() if place[0] != "Cleo"} == {
        ("Ada", "Soldering"): [
            "Competent",
            "2027-01-20",
            "2027-01-20",
            "Shown on 20 January 2026 and holds until 20 January 2027. "
            "The role Fitter (since 1 January 2026) asks for it.",
        ],
        ("Ben", "Soldering"): [
            "Overdue",
            "2026-01-31",
            "",
            "Was due by 31 January 2026: not shown yet. The role Fitter (since 1 January 2026) asks for it.",
        ],
        ("Dan", "Soldering"): [
            "Waived",
            "",
            "2026-05-01",
            "Waived until 1 May 2026, because Works from home. The role Fitter (since 1 January 2026) asks for it.",
        ],
        ("Eve", "Soldering"): [
            "On leave",
            "2026-05-23",
            "",
            "On leave until 1 May 2026, and not asked for meanwhile: not shown yet. Due by 23 May 2026. "
            "The role Fitter (since 1 January 2026) asks for it.",
        ],
    }


def test_what_is_held_though_not_asked_for_has_its_line(lines):
    found = {place[1]: row[2:] for place, row in lines().items() if place[0] == "Cleo"}
    assert set(found) == {"Soldering", "Rigging"}
    why = "but not required: nothing that they do on this day asks for it."
    assert found["Soldering"] == [
        *("Testing", "Soldering", "Shown", "", "2027-01-20"),
        f"Shown on 20 January 2026 and holds until 20 January 2027, {why}",
    ]
    assert found["Rigging"] == [
        *("Testing", "Rigging", "Shown", "", ""),
        f"Shown on 20 January 2026 and does not end, {why}",
    ]


def test_it_is_of_whom_and_of_what_one_chooses(lines, soldering):
    assert {name for name, _ in lines(role=role_named("Fitter").pk)} == {"Ada", "Ben", "Dan", "Eve"}
    assert set(lines(state="waived")) == {("Dan", "Soldering")}
    assert {competence for _, competence in lines(competence=soldering.pk)} == {"Soldering"}


def test_the_workbook_has_the_same_lines_on_as_many_sheets_as_they_need(client, lines, monkeypatch):
    monkeypatch.setattr(export, "LINES_A_SHEET", 4)
    hire("=HYPERLINK(1)", "Bell", role="Fitter", since=JANUARY)
    response = client.get(reverse("competence:matrix-xlsx"), {"day": TODAY.isoformat()})
    _, *sheets = load_workbook(BytesIO(b"".join(response.streaming_content))).worksheets
    assert [(sheet.title, sheet.max_row) for sheet in sheets] == [("Reasons 1", 5), ("Reasons 2", 4)]
    listed = [row for sheet in sheets for row in list(sheet.iter_rows(values_only=True))[1:]]
    assert [list(map(in_csv, row)) for row in listed] == list(lines().values())
    assert not any(cell.data_type == "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)


def in_csv(value):
    return value.date().isoformat() if isinstance(value, datetime) else value or ""


def test_a_manager_downloads_their_own_people_and_others_nothing(client, people):
    boss = hire("Max")
    hire("Mia", role="Fitter", manager=boss, since=JANUARY)
    for reader, seen in ((people["Ben"], None), (boss, {"Mia Byron"})):
        client.force_login(reader)
        response = client.get(reverse(ADDRESS), {"form": "reasons"})
        assert (response.status_code == 403) is (seen is None)
        if seen:
            text = b"".join(response.streaming_content).decode("utf-8-sig")
            assert {row[0] for row in list(csv.reader(text.splitlines()))[1:]} == seen


def test_it_is_linked_with_what_was_chosen(client, people):
    client.force_login(hire("Hanna", groups=[HR]))
    page = client.get(reverse("competence:matrix"), {"state": "overdue", "page": 1}).content.decode()
    assert f'href="{reverse(ADDRESS)}?state=overdue&amp;form=reasons">CSV with reasons</a>' in page


def test_it_runs_as_many_queries_for_many_as_for_few(client, people):
    client.force_login(hire("Hanna", groups=[HR]))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            lines = list(client.get(reverse(ADDRESS), {"form": "reasons"}).streaming_content)
        return len(captured), len(lines)

    few, short = queries()
    for number in range(10):
        person = hire(f"P{number}", role="Fitter", since=JANUARY, department="Testing")
        show(person, asked_of_fitters(f"Skill {number}"), TODAY)
    many, long = queries()
    assert many == few <= 30
    assert long > short + 100
