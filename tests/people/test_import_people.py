"""People from another system's CSV: rules as tables, the histories, and a public set of 10,000."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from evidence.models import Listing
from people.actions import withdraw_person
from people.actions.import_people import import_people
from people.importing import read_table
from people.importing.days import order_of
from people.importing.histories import Span, plan_history
from people.models import DepartmentMembership, JobRole, Person, ReportingLine, RoleHolding
from tests.scenes import NOON, TODAY, hire, hold

PUBLIC = Path(__file__).parents[3] / "shared/data/dev/people"

PEOPLE = """employee_number,given_name,family_name,email,department,job_title,manager_number,started_on,left_on
100,Marta,Lindqvist,marta@example.org,Assembly,Head,,2020-01-01,
101,Ada,Byron,ada@example.org,Assembly,Fitter,100,2024-05-01,
102,Ben,Berg,,Testing,Tester,100,2023-02-01,2025-06-30
"""


def bring_in(text, on=TODAY, **how):
    return import_people(read_table(text.encode()), on=on, by=None, at=NOON, **how)


def counts(outcome):
    return outcome.created, outcome.changed, outcome.unchanged, outcome.failed


def roles_of(number):
    holdings = RoleHolding.objects.standing().filter(person__employee_number=number).order_by("since")
    return [(holding.role.name, str(holding.since), holding.until and str(holding.until)) for holding in holdings]


@pytest.mark.django_db
def test_people_come_with_their_place_title_and_manager_as_dated_facts():
    assert counts(bring_in(PEOPLE)) == (3, 0, 0, 0)
    ada = Person.objects.get(employee_number="101")
    assert (str(ada), ada.email, ada.has_usable_password()) == ("Ada Byron", "ada@example.org", False)
    assert roles_of("101") == [("Fitter", "2024-05-01", None)]
    assert ReportingLine.objects.get(person=ada).manager.last_name == "Lindqvist"
    assert Listing.objects.filter(kind="people.role_granted").count() == 3


@pytest.mark.django_db
def test_who_had_left_comes_with_a_last_day_and_no_sign_in():
    bring_in(PEOPLE)
    ben = Person.objects.get(employee_number="102")
    assert (ben.last_day, ben.is_active) == (date(2025, 6, 30), False)
    assert roles_of("102") == [("Tester", "2023-02-01", "2025-06-30")]


@pytest.mark.django_db
def test_a_second_import_changes_nothing():
    bring_in(PEOPLE)
    entries = Listing.objects.count()
    assert counts(bring_in(PEOPLE)) == (0, 0, 3, 0)
    assert Listing.objects.count() == entries


@pytest.mark.django_db
def test_another_title_begins_on_the_day_of_the_file_and_the_last_ends_before_it():
    bring_in(PEOPLE)
    hold(Person.objects.get(employee_number="101"), "First aider", since=TODAY)
    assert counts(bring_in(PEOPLE.replace("Fitter", "Tester"))) == (0, 1, 2, 0)
    assert roles_of("101") == [
        ("Fitter", "2024-05-01", "2026-03-01"),
        ("First aider", "2026-03-02", None),  # given here, and none of the other system's business
        ("Tester", "2026-03-02", None),
    ]


@pytest.mark.django_db
def test_a_title_that_changes_twice_on_a_day_is_corrected():
    bring_in(PEOPLE)
    bring_in(PEOPLE.replace("Fitter", "Tester"))
    bring_in(PEOPLE.replace("Fitter", "Welder"))
    assert roles_of("101") == [("Fitter", "2024-05-01", "2026-03-01"), ("Welder", "2026-03-02", None)]


@pytest.mark.django_db
def test_whoever_leaves_is_withdrawn_and_stays_so():
    bring_in(PEOPLE)
    left = PEOPLE.replace("100,2024-05-01,", "100,2024-05-01,2026-03-31")
    assert counts(bring_in(left)) == (0, 1, 2, 0)
    assert roles_of("101") == [("Fitter", "2024-05-01", "2026-03-31")]
    assert counts(bring_in(left)) == (0, 0, 3, 0)


@pytest.mark.django_db
def test_names_are_changed_without_a_trace_of_the_old_one_in_the_log():
    bring_in(PEOPLE)
    assert counts(bring_in(PEOPLE.replace("Byron", "Lovelace"))) == (0, 1, 2, 0)
    assert str(Person.objects.get(employee_number="101")) == "Ada Lovelace"
    assert Listing.objects.filter(kind="people.person_changed").count() == 1


PROBLEMS = [
    ("nobody twice", PEOPLE + "101,Ada,Twin,,,,,,\n", (5, "employee_number", "101", "Line 3 is about the same")),
    ("no name", PEOPLE + "103,,Solo,,,,,,\n", (5, "given_name", "", "must not be empty")),
    ("an unknown manager", PEOPLE + "103,Eva,Solo,,,,999,,\n", (5, "manager_number", "999", "Nobody here and no row")),
    ("one's own manager", PEOPLE + "103,Eva,Solo,,,,103,,\n", (5, "manager_number", "103", "their own manager")),
    ("no such day", PEOPLE + "103,Eva,Solo,,,,,2026-02-30,\n", (5, "started_on", "2026-02-30", "no such day")),
    ("no day at all", PEOPLE + "103,Eva,Solo,,,,,soon,\n", (5, "started_on", "soon", "This is no day")),
    ("a day in which order", PEOPLE + "103,Eva,Solo,,,,,3/4/2026,\n", (5, "started_on", "3/4/2026", "the day first")),
    ("left before they came", PEOPLE + "9,E,S,,,,,2026-02-01,2026-01-01\n", (5, "left_on", "2026-01-01", "before")),
    ("no address", PEOPLE + "103,Eva,Solo,nowhere,,,,,\n", (5, "email", "nowhere", "no e-mail address")),
    ("too many cells", PEOPLE + "103,Eva,Solo,,,,,,,more\n", (5, "", "103,Eva,Solo,,,,,,,more", "more cells")),
    ("too long", PEOPLE + f"{'9' * 41},Eva,Solo,,,,,,\n", (5, "employee_number", "9" * 41, "longer than 40")),
    ("no columns", "a,b\n1,2\n", (1, "", "a, b", "must name the columns")),
    ("no first line", "\n" + PEOPLE, (1, "", "", "must name the columns")),
    ("an empty file", "", (1, "", "", "is empty")),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "problem"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_each_problem_is_named_and_then_nothing_is_written(text, problem):
    outcome = bring_in(text)
    found = [vars(one) for one in outcome.problems]
    line, column, value, reason = problem
    assert [(one["line"], one["column"], one["value"]) for one in found] == [(line, column, value)]
    assert reason in found[0]["reason"]
    assert counts(outcome) == (0, 0, 0, 1)
    assert not Person.objects.exists()
    assert not JobRole.objects.exists()


@pytest.mark.django_db
def test_by_best_effort_only_the_rows_with_problems_are_left_out():
    outcome = bring_in(PEOPLE + "103,Eva,Solo,,,,999,,\n", best_effort=True)
    assert counts(outcome) == (3, 0, 0, 1)
    assert Person.objects.count() == 3


@pytest.mark.django_db
def test_by_best_effort_nobody_comes_who_reports_to_someone_left_out():
    lines = "105,Fay,Fern,,,,104,,\n104,Dan,Dahl,,,,103,,\n103,Eva,Solo,,,,999,,\n"
    outcome = bring_in(PEOPLE + lines, best_effort=True)
    assert counts(outcome) == (3, 0, 0, 3)
    reasons = {problem.line: problem.reason for problem in outcome.problems}
    assert "their own row has a problem" in reasons[5]
    assert "their own row has a problem" in reasons[6]
    assert "Nobody here and no row" in reasons[7]


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_the_length_of_a_piece_makes_no_difference(monkeypatch, at_once):
    monkeypatch.setattr("people.comparing.AT_ONCE", at_once)
    head, *rows = PEOPLE.replace("100,Marta,Lindqvist,marta@example.org,Assembly,Head,,2020-01-01,", "").split()
    boss = "100,Marta,Lindqvist,marta@example.org,Assembly,Head,,2020-01-01,2026-03-31"
    text = "\n".join([head, *rows, boss])  # she leaves, and comes after those who report to her
    assert counts(bring_in(text)) == (3, 0, 0, 0)
    lines = ReportingLine.objects.standing().order_by("person__employee_number")
    assert [(line.manager.employee_number, line.until) for line in lines] == [
        ("100", date(2026, 3, 31)),
        ("100", date(2025, 6, 30)),
    ]
    assert counts(bring_in(head + "\n" + boss)) == (0, 0, 1, 0)


@pytest.mark.django_db
def test_an_import_that_is_cut_off_leaves_nothing_and_is_begun_anew():
    def cut_off(done, total):
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(PEOPLE, progress=cut_off)
    assert not Person.objects.exists()
    assert not JobRole.objects.exists()
    assert counts(bring_in(PEOPLE)) == (3, 0, 0, 0)


@pytest.mark.django_db
def test_a_dry_run_tells_the_same_and_writes_nothing():
    assert counts(bring_in(PEOPLE, dry_run=True)) == (3, 0, 0, 0)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_last_day_that_contradicts_the_one_here_is_a_problem():
    ada = hire(since=date(2024, 5, 1))
    Person.objects.filter(pk=ada.pk).update(employee_number="101")
    withdraw_person(ada, last_day=TODAY, reason="retires", by=None, at=NOON)
    outcome = bring_in("employee_number,given_name,family_name,left_on\n101,Ada,Byron,\n")
    assert "a last day is set once" in outcome.problems[0].reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("\ufeffPersonnel No;First name;Surname\n7;Zoë;Åström\n", "7"),
        ('Personalnummer, Vorname, Nachname\n"7", "Zoë", "Åström"\n', "7"),
        ("staff id\tgiven-name\tfamily_name\tshoe size\n7\tZoë\tÅström\t42\n", "7"),
        ("id,x\nemployee_number,given_name,family_name\n7,Zoë,Åström\n", None),
        ('employee_number,given_name,family_name\n\n7,"Zoë","Åström"\n\n', "7"),
    ],
    ids=[
        "semicolons and a mark",
        "a space before the quote",
        "tabs and a column of no use",
        "two heads",
        "blank lines",
    ],
)
def test_columns_are_found_by_what_others_call_them(text, number):
    table = read_table(text.encode())
    assert [row.values["employee_number"] for row in table.rows()] == ([number] if number else [])


def test_a_file_in_another_encoding_is_read():
    text = "employee_number,given_name,family_name\n7,Zoë,Åström\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert next(read_table(text.encode(encoding)).rows()).values["family_name"] == "Åström"


def test_a_cell_of_several_lines_does_not_shift_the_lines_of_problems():
    text = 'employee_number,given_name,family_name,note\n1,"A\nB",C,\n2,,D,\n'
    assert [problem.line for row in read_table(text.encode()).rows() for problem in row.problems] == [4]


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["31/12/2026", "3/4/2026"], "day first"),
        (["12/31/2026", "3/4/2026"], "month first"),
        (["3.4.2026"], "day first"),
        (["3/4/2026"], ""),
        (["31/12/2026", "12/31/2026"], ""),
        (["2026-12-31"], ""),
    ],
)
def test_the_order_of_days_is_told_by_the_whole_column(values, order):
    assert order_of(values) == order


HISTORY = """employee_number,job_title,from,until
101,Trainee,2024-05-01,2025-01-01
101,Fitter,2025-01-01,
"""


@pytest.mark.django_db
def test_a_history_takes_the_place_of_what_was_known_roughly():
    bring_in(PEOPLE)
    assert counts(bring_in(HISTORY)) == (1, 1, 0, 0)
    assert roles_of("101") == [("Trainee", "2024-05-01", "2024-12-31"), ("Fitter", "2025-01-01", None)]
    assert counts(bring_in(HISTORY)) == (0, 0, 2, 0)
    assert counts(bring_in(PEOPLE)) == (0, 0, 3, 0)


@pytest.mark.django_db
def test_a_history_leaves_alone_what_was_given_here():
    bring_in(PEOPLE)
    hold(Person.objects.get(employee_number="101"), "First aider", since=date(2024, 6, 1))
    bring_in(HISTORY)
    assert ("First aider", "2024-06-01", None) in roles_of("101")


@pytest.mark.django_db
def test_departments_have_histories_too():
    bring_in(PEOPLE)
    text = "employee_number,department,from,until\n101,Testing,2024-05-01,2025-01-01\n101,Assembly,2025-01-01,\n"
    assert counts(bring_in(text)) == (1, 1, 0, 0)
    for on, expected in ((date(2024, 12, 31), "Testing"), (date(2025, 1, 1), "Assembly")):
        membership = DepartmentMembership.objects.on(on).get(person__employee_number="101")
        assert membership.department.name == expected


@pytest.mark.django_db
def test_a_history_of_someone_who_is_not_here_is_a_problem():
    outcome = bring_in(HISTORY)
    assert [problem.line for problem in outcome.problems] == [2, 3]
    assert "Import the people first" in outcome.problems[0].reason


days = st.integers(0, 300).map(lambda number: date.fromordinal(date(2026, 1, 1).toordinal() + number))


@st.composite
def careers(draw):
    """Titles one after another, as another system keeps them: each ends when the next begins."""
    bounds = sorted(draw(st.sets(days, min_size=2, max_size=6)))
    names = draw(st.lists(st.sampled_from("ABC"), min_size=len(bounds) - 1, max_size=len(bounds) - 1))
    last = draw(st.booleans())
    spans = [Span(name, *ends) for name, ends in zip(names, pairwise(bounds), strict=True)]
    if last:
        spans[-1] = Span(spans[-1].name, spans[-1].since, None)
    return list(enumerate(spans, start=2))


def after(plan, here):
    gone = {rewrite.instead_of.id for rewrite in plan.rewrites.values() if rewrite.instead_of}
    gone |= {span.id for span in plan.void}
    kept = [span for span in here if span.id not in gone]
    new = [
        Span(rewrite.span.name, rewrite.span.since, rewrite.span.until, id=1000 + line)
        for line, rewrite in plan.rewrites.items()
    ]
    return kept + new


@given(careers(), careers())
def test_whatever_was_known_before_a_history_read_twice_changes_nothing_the_second_time(first, second):
    here = after(plan_history(first, []), [])
    once = after(plan_history(second, here), here)
    again = plan_history(second, once)
    assert not again.rewrites
    assert not again.void
    assert sorted(again.unchanged) == [line for line, _ in second]


@given(careers())
def test_of_one_career_no_day_has_two_titles(career):
    spans = [rewrite.span for rewrite in plan_history(career, []).rewrites.values()]
    ordered = sorted(spans, key=lambda span: span.since)
    assert all(one.until and one.until < other.since for one, other in pairwise(ordered))


@pytest.mark.django_db
def test_the_command_writes_a_report_and_the_rows_to_be_mended(tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE + "103,Eva,=cmd(),,,,999,,\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("import_people", str(file), report=tmp_path / "report.json")
    assert not Person.objects.exists()
    call_command("import_people", str(file), best_effort=True, report=tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert {name: report[name] for name in ("created", "changed", "unchanged", "failed")} == {
        "created": 3,
        "changed": 0,
        "unchanged": 0,
        "failed": 1,
    }
    assert set(report["problems"][0]) == {"line", "column", "value", "reason"}
    failed = (tmp_path / "people.csv.failed.csv").read_text()
    assert "What is wrong" in failed
    assert "'=cmd()" in failed
    assert "line 5" in capsys.readouterr().out


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_people", str(tmp_path / "nowhere.csv"))


@pytest.mark.django_db
def test_many_cost_as_many_queries_as_a_few():
    def queries(first, last):
        rows = "".join(f"{number},N{number},P,,Assembly,Fitter,100,2024-05-01,\n" for number in range(first, last))
        with CaptureQueriesContext(connection) as captured:
            bring_in(PEOPLE.splitlines()[0] + "\n" + rows)
        return len(captured)

    bring_in(PEOPLE)
    assert queries(1000, 1300) <= queries(2000, 2010) + 12  # SQLite takes so many values a statement


def some_of(lines, numbers):
    """The head, and the lines of these people: all ten thousand take a minute, and no other way."""
    return b"".join([lines[0], *(line for line in lines[1:] if line.split(b",")[0] in numbers)])


@pytest.mark.django_db
@pytest.mark.skipif(not PUBLIC.is_dir(), reason=f"{PUBLIC} is not here")
def test_a_public_set_comes_in_whole_and_a_second_time_changes_nothing():
    files = {name: (PUBLIC / f"{name}.csv").read_bytes() for name in ("people", "job_titles", "departments")}
    lines = {name: data.splitlines(keepends=True) for name, data in files.items()}
    managers = {line.split(b",")[5] for line in lines["people"][1:]}
    numbers = managers | {line.split(b",")[0] for line in lines["people"][1:] if line.split(b",")[0].endswith(b"7")}
    read = {name: some_of(some, numbers) for name, some in lines.items()}
    rows = {name: data.count(b"\n") - 1 for name, data in read.items()}
    assert rows["people"] > 1000
    for data in read.values():
        assert import_people(read_table(data), on=TODAY, by=None, at=NOON).failed == 0
    assert Person.objects.count() == rows["people"]
    assert RoleHolding.objects.standing().count() == rows["job_titles"]
    assert DepartmentMembership.objects.standing().count() == rows["departments"]
    for name, data in read.items():
        assert counts(import_people(read_table(data), on=TODAY, by=None, at=NOON)) == (0, 0, rows[name], 0)
