import csv
from datetime import date, timedelta
from html import unescape
from importlib import import_module
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from competence.actions import define_competence, record_proof, require, take_part, waive
from competence.gathering import gather
from competence.matrix import competences_asked, people_in_matrix, record_of, rows
from competence.models import Proof
from competence.obligations import obligations
from knowledge.actions import draft_page, publish
from knowledge.models import Process
from people.actions import correct_role_holding, join_department, report_to, withdraw_person
from people.directory import with_places
from people.groups import HR
from people.models import Person
from tests.scenes import NOON, TODAY, department_named, hire, role_named

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
def test_gathering_one_or_many_takes_as_many_queries(line, django_assert_num_queries):
    for people in ([line["ada"].pk], Person.objects.values("pk"), None):
        with django_assert_num_queries(7):
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


@pytest.mark.parametrize(
    "name", ["competence:matrix", "competence:matrix-csv", "competence:matrix-xlsx", "competence:list", "people:list"]
)
def test_the_pages_run_as_many_queries_for_many_as_for_few(client, line, name):
    client.force_login(hire("Hanna", groups=[HR]))
    few = queries_of(client, reverse(name))
    for number in range(10):
        person = hire(f"P{number}", role=f"Role {number}", since=JANUARY, department="Testing")
        show(person, asked_for(f"Skill {number}", f"Role {number}", "Fitter"), TODAY)
    assert queries_of(client, reverse(name)) == few <= 30


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


def test_a_holder_is_listed_once_with_the_proof_that_holds_longest(client, line):
    client.force_login(hire("Hanna", groups=[HR]))
    longer = show(line["ada"], line["soldering"], TODAY)
    page = client.get(reverse("competence:competence", args=[line["soldering"].pk])).context["page"]
    assert [proof for proof in page if proof.person == line["ada"]] == [longer]


def test_whoever_has_left_holds_nothing_for_the_house(client, line):
    client.force_login(hire("Hanna", groups=[HR]))
    show(line["ada"], line["soldering"], TODAY)
    withdraw_person(line["ada"], last_day=timezone.localdate() - timedelta(days=1), reason="Moves.", by=None, at=NOON)
    page = client.get(reverse("competence:competence", args=[line["soldering"].pk])).context["page"]
    assert line["ada"] not in {proof.person for proof in page}


def test_with_places_and_rows_agree_on_order(line):
    people = list(with_places(Person.objects.all(), on=TODAY))
    assert [row.person for row in rows(people, [line["safety"]], on=TODAY)] == people


def test_one_sees_on_the_own_page_what_is_asked_and_why(client, line):
    client.force_login(line["ben"])
    page = client.get(reverse("people:person", args=[line["ben"].pk])).content.decode()
    assert "not shown yet. The role Fitter (since 1 January 2026) asks for it." in page


def test_the_workbook_holds_what_the_other_file_holds(client, line):
    hire("=HYPERLINK(1)", "Bell\x07", role="Fitter", since=JANUARY)
    client.force_login(hire("Hanna", groups=[HR]))
    chosen = {"day": "2026-03-02", "role": role_named("Fitter").pk}
    written = b"".join(client.get(reverse("competence:matrix-csv"), chosen).streaming_content).decode("utf-8-sig")
    book = load_workbook(BytesIO(b"".join(client.get(reverse("competence:matrix-xlsx"), chosen).streaming_content)))
    sheet, _ = book.worksheets
    titles, *table = sheet.iter_rows(values_only=True)
    plain, *lines = csv.reader(StringIO(written.replace("\x07", ""), newline=""))
    assert sheet.freeze_panes == "B2"
    assert [*titles[:4], *titles[4::2]] == plain
    assert len(table) == len(lines) == 3
    for row, same in zip(table, lines, strict=True):
        assert [value or "" for value in row[:4]] == same[:4]
        for word, day, said in zip(row[4::2], row[5::2], same[4:], strict=True):
            assert said.startswith(word or "")
            assert said.endswith(day.date().isoformat() if day else word or "")
    assert not any(cell.data_type == "f" for cells in sheet.iter_rows() for cell in cells)


def a_process(title, *, by):
    process = draft_page(Process, title=title, purpose="Build it", by=by, at=NOON)
    publish(process, by=by, at=NOON, change_summary="First.", training_impact="none", impact_reason="New.")
    return process


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"state": "overdue"}, {"Ada", "Ben", "Cleo"}),
        ({"state": "competent"}, {"Ada"}),
        ({"state": "waived"}, set()),
        ({"competence": "soldering"}, {"Ada", "Ben"}),
        ({"competence": "soldering", "state": "overdue"}, {"Ben"}),
        ({"process": "line"}, {"Ada", "Ben"}),
        ({"manager": "cleo"}, {"Ben"}),
        ({"department": "Testing"}, {"Cleo"}),
        ({"state": "nonsense"}, {"Ada", "Ben", "Cleo", "Hanna"}),
    ],
)
def test_the_page_shows_whom_one_chooses(client, line, chosen, expected):
    hanna = hire("Hanna", groups=[HR])
    process = a_process("Line", by=hanna)
    take_part(role_named("Fitter"), process, since=JANUARY, by=None, at=NOON)
    report_to(line["ben"], line["cleo"], since=JANUARY, by=None, at=NOON)
    meant = {"soldering": line["soldering"].pk, "line": process.pk, "cleo": line["cleo"].pk}
    meant["Testing"] = line["cleo"].memberships.get().department_id
    client.force_login(hanna)
    page = client.get(reverse("competence:matrix"), {name: meant.get(value, value) for name, value in chosen.items()})
    assert {row.person.first_name for row in page.context["page"]} == expected


def test_never_more_columns_than_a_screen_can_bear(client):
    hire("Ada", role="Fitter", since=JANUARY)
    for number in range(30):
        asked_for(f"Skill {number:02}", "Fitter")
    client.force_login(hire("Hanna", groups=[HR]))
    seen = []
    for number in (1, 2, 3):
        page = client.get(reverse("competence:matrix"), {"columns": number})
        seen += [str(one) for one in page.context["columns"]]
        assert len(page.context["columns"]) <= 12
    assert seen == [f"Skill {number:02}" for number in range(30)]


def test_the_legend_counts_everyone_and_not_the_page_alone(client):
    asked_for("Safety", "Fitter")
    for number in range(45):
        hire(f"P{number:02}", role="Fitter", since=JANUARY)
    client.force_login(hire("Hanna", groups=[HR]))
    page = client.get(reverse("competence:matrix"))
    assert len(page.context["page"]) == 40
    assert {word: number for word, _, number in page.context["legend"] if number} == {"Overdue": 45}


def test_of_very_many_the_legend_is_counted_after_the_page_is_shown(client, line, monkeypatch):
    monkeypatch.setattr(import_module("competence.views.matrix"), "COUNTED_AT_ONCE", 2)
    client.force_login(hire("Hanna", groups=[HR]))
    first = client.get(reverse("competence:matrix"))
    assert {number for _, _, number in first.context["legend"]} == {None}
    assert 'hx-get="?count=1"' in first.content.decode()
    then = client.get(reverse("competence:matrix"), {"count": 1}, headers={"HX-Request": "true"})
    assert {word: number for word, _, number in then.context["legend"] if number} == {"Overdue": 4, "Competent": 1}
    assert "<html" not in then.content.decode()


@pytest.mark.parametrize("by", ["department", "role"])
def test_from_afar_each_cell_is_a_share_of_those_who_are_asked(client, line, by):
    client.force_login(hire("Hanna", groups=[HR]))
    join_department(line["ada"], department_named("Line"), since=JANUARY, by=None, at=NOON)
    join_department(line["ben"], department_named("Line"), since=JANUARY, by=None, at=NOON)
    waive(
        line["ben"], line["safety"], since=JANUARY, until=date(2099, 1, 1), reason="works from home", by=None, at=NOON
    )
    page = client.get(reverse("competence:matrix"), {"view": "heat", "by": by, "day": "2026-03-02"}).context["page"]
    shares = {
        (str(row.group), str(one.competence)): (one.held, one.asked, one.tone)
        for row in page
        for one in row.shares
        if one
    }
    line_of, test_of = ("Line", "Testing") if by == "department" else ("Fitter", "Tester")
    assert shares == {
        (line_of, "Soldering"): (1, 2, "warn"),
        (line_of, "Safety"): (0, 1, "bad"),
        (test_of, "Safety"): (0, 1, "bad"),
    }


def test_a_team_begins_with_whoever_has_the_most_urgent_to_do(client, line):
    boss = hire("Max")
    for name in ("ada", "ben", "cleo"):
        report_to(line[name], boss, since=JANUARY, by=None, at=NOON)
    hire("Mia", manager=boss, since=JANUARY)
    show(line["cleo"], line["safety"], TODAY)
    client.force_login(boss)
    page = client.get(reverse("competence:team"))
    members = page.context["page"].object_list
    assert [member.person.first_name for member in members] == ["Ada", "Ben", "Cleo", "Mia"]
    assert [(len(member.open), member.held) for member in members] == [(1, 1), (2, 0), (0, 1), (0, 0)]
    assert all(cell.why in unescape(page.content.decode()) for member in members for cell in member.open)
    assert 'href="/competence/team/"' in client.get("/people/me/", follow=True).content.decode()
