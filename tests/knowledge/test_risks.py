"""Knowledge at risk: what is found of a page, who sees it, and what is kept of it as evidence (ISO 9001 7.1.6)."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from competence.actions import define_competence
from courses.actions import add_course, write_question
from evidence.models import Entry, Opening
from knowledge.actions import acknowledge, assess_risks, draft_page, publish
from knowledge.drawing.trend import HEIGHT, WIDTH, draw_trend
from knowledge.models import DecisionRecord, KnowledgeBrief, Process, RiskAssessment, Supersession
from knowledge.risk_history import trend_words
from knowledge.risk_register import registers
from knowledge.risks import AT_PAGE, EDIT, HAND_OVER, Act, Expert, Kind, Known, Search, attributed, findings, words_of
from people.actions import withdraw_person
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from search.actions import record_query
from tests.courses.quiz_scenes import a_choice
from tests.knowledge.conftest import NOON, change, member
from tests.knowledge.crowd import stand_beside

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
ADA, BEN = Expert(1, "Ada"), Expert(2, "Ben")
ADA_LEAVES, ADA_LEFT = Expert(1, "Ada", date(2026, 6, 30)), Expert(1, "Ada", date(2026, 2, 28))
ADA_LEAVES_TODAY, BEN_LEAVES = Expert(1, "Ada", TODAY), Expert(2, "Ben", date(2026, 6, 30))
ADA_CLOSED = Expert(1, "Ada", is_active=False)
WRITE_ONE = Act("Write a question on it", "courses:write-question", 9)

# What is so of a page on 2 March 2026 | what is found
OF_A_PAGE = [
    ({}, []),
    ({"experts": [ADA]}, [(Kind.SINGLE, "One person alone is named as its expert.", "Ada", EDIT, 7)]),
    ({"experts": []}, [(Kind.SINGLE, "Nobody is named as its expert.", "", EDIT, 7)]),
    (
        {"experts": [ADA_LEAVES, BEN]},
        [(Kind.LEAVING, "An expert of it leaves on 30 June 2026.", "Ada", EDIT, 7)],
    ),
    (
        {"experts": [ADA_LEAVES, BEN_LEAVES]},
        [
            (Kind.LEAVING, "An expert of it leaves on 30 June 2026.", "Ada", HAND_OVER, 1),
            (Kind.LEAVING, "An expert of it leaves on 30 June 2026.", "Ben", HAND_OVER, 2),
        ],
    ),
    (
        {"experts": [ADA_LEAVES_TODAY]},  # and works till the evening
        [
            (Kind.LEAVING, "An expert of it leaves on 2 March 2026.", "Ada", HAND_OVER, 1),
            (Kind.SINGLE, "One person alone is named as its expert.", "Ada", EDIT, 7),
        ],
    ),
    (
        {"experts": [ADA_LEFT, BEN]},
        [
            (Kind.LEAVING, "Someone who has left is still named as its expert.", "Ada", EDIT, 7),
            (Kind.SINGLE, "One person alone is named as its expert.", "Ben", EDIT, 7),
        ],
    ),
    (
        {"experts": [ADA_CLOSED]},
        [
            (Kind.LEAVING, "Someone who has left is still named as its expert.", "Ada", HAND_OVER, 1),
            (Kind.SINGLE, "No expert of it works here any more.", "", EDIT, 7),
        ],
    ),
    ({"review_due": TODAY}, []),
    ({"review_due": TODAY - DAY}, [(Kind.OVERDUE, "It was to be looked at by 1 March 2026.", "", AT_PAGE, 7)]),
    ({"untested": WRITE_ONE}, [(Kind.UNTESTED, "No question tests it.", "", "courses:write-question", 9)]),
    ({"is_acknowledged": False, "asked_to_be_read": TODAY - 29 * DAY}, []),
    (
        {"is_acknowledged": False, "asked_to_be_read": TODAY - 30 * DAY},
        [(Kind.UNREAD, "Since 31 January 2026 nobody but its author has acknowledged it.", "", AT_PAGE, 7)],
    ),
    ({"is_acknowledged": True, "asked_to_be_read": TODAY - 900 * DAY}, []),
]
SOUND = {
    "pk": 7,
    "experts": [ADA, BEN],
    "review_due": TODAY + DAY,
    "asked_to_be_read": TODAY - 100 * DAY,
    "is_acknowledged": True,
}


@pytest.mark.parametrize(("so", "expected"), OF_A_PAGE)
def test_what_is_found_of_a_page(so, expected):
    found = findings(Known(**SOUND | so), on=TODAY)
    assert [(it.kind, it.words, it.who, it.act.to, it.act.pk) for it in found] == expected


def test_words_that_are_kept_name_nobody():
    worst = SOUND | {
        "experts": [ADA_LEAVES],
        "is_acknowledged": False,
        "review_due": TODAY - DAY,
        "untested": WRITE_ONE,
    }
    found = findings(Known(**worst), on=TODAY)
    assert {it.kind for it in found} == set(Kind)
    assert not any("Ada" in it.words for it in found)


# What was searched for | the words of a process | does it belong there
BELONGS = [
    ("strap seals", "Returns strap", True),
    ("Straps", "strap", True),
    ("boss", "bos", False),  # no plural
    ("how to and the", "How the house works", False),
    ("be", "Be a guest", False),  # too short to say anything
    ("RÜCKGABE", "rückgabe", True),
]


@pytest.mark.parametrize(("text", "words", "belongs"), BELONGS)
def test_where_a_search_in_vain_belongs(text, words, belongs):
    search = Search(text, 1, TODAY)
    assert attributed([search], {1: words_of(words)}) == (({1: [search]}, []) if belongs else ({1: []}, [search]))


@given(st.lists(st.text(max_size=30)), st.dictionaries(st.integers(1, 5), st.text(max_size=30).map(words_of)))
def test_no_search_in_vain_is_lost(texts, processes):
    searches = [Search(text, 1, TODAY) for text in texts]
    by_process, of_none = attributed(searches, processes)
    assert {*of_none, *(search for theirs in by_process.values() for search in theirs)} == set(searches)


@pytest.mark.parametrize(
    ("counts", "words"),
    [([], ""), ([4], ""), ([4, 4], "As many as on 28 February"), ([4, 6], "2 more than on 28 February"),
     ([9, 6, 5], "1 fewer than on 28 February")],
)  # fmt: skip
def test_a_trend_in_words(counts, words):
    days = [date(2026, 1, 31), date(2026, 2, 28), TODAY][-len(counts) :]
    assert trend_words(list(zip(days, counts, strict=bool(counts)))) == words


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1)), st.floats(0, 1)), unique_by=lambda point: point[0]))
def test_a_trend_stays_within_its_picture(points):
    drawn = draw_trend(sorted(points))
    if len(points) < 2:
        assert drawn is None
    else:
        numbers = [float(each) for pair in drawn.path[1:].split("L") for each in pair.split()]
        assert all(0 <= x <= WIDTH for x in numbers[::2])
        assert all(0 <= y <= HEIGHT for y in numbers[1::2])


# In a house.


def live(kind, title, *, by=None, at=NOON, **fields):
    page = draft_page(kind, title=title, by=by, at=at, **fields)
    publish(page, by=by, at=at, **change())
    return page


@pytest.fixture
def returns(db):
    return live(Process, "Returns")


def a_brief(process, title="Seals", **fields):
    return live(KnowledgeBrief, title, body="Look at it.", processes=[process], **fields)


def found_of(process, *, reader=None, on=TODAY):
    found, _ = registers(Process.objects.live(), reader, on=on)
    one = next(one for one in found if one.process.pk == process.pk)
    return {each.page.title: {it.kind for it in each.findings} for each in one.at_risk}


def keep_to_board(page):
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(
        Group.objects.create(name="Board")
    )


def test_a_page_is_at_risk_until_each_thing_is_seen_to(returns, process_owner):
    page = a_brief(returns, experts=[member("ann"), member("bo")], review_months=1)
    later = TODAY + 40 * DAY
    assert found_of(returns) == {"Seals": {Kind.UNTESTED}}
    assert found_of(returns, on=later) == {"Seals": {Kind.UNTESTED, Kind.OVERDUE, Kind.UNREAD}}
    acknowledge(page.editions.get(), by=process_owner, at=NOON + DAY)
    assert found_of(returns, on=later) == {"Seals": {Kind.UNTESTED, Kind.OVERDUE}}
    ask_about(page, by=process_owner)
    assert found_of(returns) == {}


def ask_about(page, *, by):
    competence = define_competence("Sealing", by=by, at=NOON)
    course = add_course(title="Sealing", teaches=competence, readings=[page], by=by, at=NOON)
    write_question(a_choice(stem="Which seal?"), course=course, tests=page, by=by, at=NOON)


def test_what_its_author_acknowledged_is_unread(returns, expert):
    page = a_brief(returns, by=expert)
    acknowledge(page.editions.get(), by=expert, at=NOON)
    assert Kind.UNREAD in found_of(returns, on=TODAY + 30 * DAY)["Seals"]


@pytest.mark.parametrize(("impact", "unread"), [("none", False), ("read", True)])
def test_what_was_read_stays_read_until_a_change_asks_again(returns, reader, impact, unread):
    page = a_brief(returns)
    acknowledge(page.editions.get(), by=reader, at=NOON)
    again = {**change(impact=impact), "impact_reason": "A comma." if impact == "none" else ""}
    publish(KnowledgeBrief.objects.get(pk=page.pk), by=None, at=NOON + DAY, **again)
    assert (Kind.UNREAD in found_of(returns, on=TODAY + 40 * DAY)["Seals"]) == unread


def test_an_expert_who_leaves_puts_the_page_at_risk(returns):
    ann, bo = member("ann"), member("bo")
    a_brief(returns, experts=[ann, bo])
    withdraw_person(ann, last_day=TODAY + 9 * DAY, reason="retires", by=None, at=NOON)
    assert found_of(returns)["Seals"] == {Kind.UNTESTED, Kind.LEAVING}
    assert found_of(returns, on=TODAY + 10 * DAY)["Seals"] == {Kind.UNTESTED, Kind.LEAVING, Kind.SINGLE}


@pytest.mark.parametrize(("group", "is_told"), [(EXPERTS, False), (PROCESS_OWNERS, True), (HR, True), (AUDITORS, True)])
def test_who_leaves_is_told_to_those_who_may_know(returns, group, is_told):
    ann = member("ann")
    a_brief(returns, experts=[ann, member("bo")])
    withdraw_person(ann, last_day=TODAY + 9 * DAY, reason="retires", by=None, at=NOON)
    assert (Kind.LEAVING in found_of(returns, reader=member("ida", group))["Seals"]) == is_told


def test_a_superseded_decision_is_no_longer_at_risk(returns):
    old, new = (live(DecisionRecord, title, status="accepted", processes=[returns]) for title in ("Air", "Rail"))
    assert set(found_of(returns)) == {"Air", "Rail"}
    Supersession.objects.create(old=old, new=new, edition=new.editions.get(), at=NOON)
    assert set(found_of(returns)) == {"Rail"}


def test_the_number_counts_what_the_reader_may_see(returns, expert):
    a_brief(returns)
    keep_to_board(a_brief(returns, "Layoffs"))
    assert set(found_of(returns)) == {"Seals", "Layoffs"}
    assert set(found_of(returns, reader=expert)) == {"Seals"}


def test_searches_in_vain_stand_with_their_process_until_they_find_something(returns):
    a_brief(returns, tags=["strap"])
    for text, results in [("strap length", 0), ("Strap Length", 0), ("zebra", 0), ("seal", 0), ("SEAL", 1)]:
        record_query(text, results=results, at=NOON - DAY)
    record_query("seal", results=1, at=NOON)
    record_query("ancient strap", results=0, at=NOON - 91 * DAY)
    (one,), of_none = registers(Process.objects.live(), None, on=TODAY)
    assert one.searches == [Search("strap length", 2, TODAY - DAY)]
    assert of_none == [Search("zebra", 1, TODAY - DAY)]


def test_a_large_house_costs_no_more_queries_than_a_small_one(returns, expert):
    page = a_brief(returns, experts=[expert], tags=["strap"])
    stand_beside(page, 4)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            found, _ = registers(Process.objects.live(), expert, on=TODAY)
        return len(asked), sum(one.pages for one in found)

    queries()  # what the reader may is asked once
    few, pages = queries()
    assert pages == 5
    for number in range(9):
        a_brief(live(Process, f"Process {number}"), f"Page {number}", experts=[expert])
    stand_beside(page, 36)
    assert queries() == (few, 50)


# What is kept.


@pytest.mark.databases
def test_each_process_is_assessed_once_a_day(returns):
    a_brief(returns)
    (made,) = assess_risks(on=TODAY, by=None, at=NOON)
    assert (made.process, made.on, made.pages, made.at_risk) == (returns, TODAY, 1, 1)
    assert {(each["finding"], each["words"]) for each in made.findings} == {
        ("single", "Nobody is named as its expert."),
        ("untested", "No question tests it."),
    }
    assert assess_risks(on=TODAY, by=None, at=NOON + timedelta(hours=1)) == []
    assert len(assess_risks(on=TODAY + DAY, by=None, at=NOON + DAY)) == 1
    assert RiskAssessment.objects.count() == 2


def test_the_first_assessment_of_a_month_is_evidence(returns):
    a_brief(returns)
    for days in (0, 1, 29, 30):  # 2, 3 and 31 March, and 1 April
        assess_risks(on=TODAY + days * DAY, by=None, at=NOON + days * DAY)
    number = returns.number
    keys = Entry.objects.filter(key__startswith="knowledge.risks_assessed").values_list("key", flat=True)
    assert set(keys) == {f"knowledge.risks_assessed:{number}:2026-03", f"knowledge.risks_assessed:{number}:2026-04"}
    entry = Entry.objects.get(pk=f"knowledge.risks_assessed:{number}:2026-03")
    assert Opening.objects.get(entry=entry, field__startswith="facet.process").value == number


def test_on_most_days_many_processes_are_assessed_in_as_many_queries_as_few(returns):
    a_brief(returns)

    def queries(days):
        with CaptureQueriesContext(connection) as asked:
            assess_risks(on=TODAY + days * DAY, by=None, at=NOON + days * DAY)
        return len(asked)

    queries(0)
    few = queries(1)
    for number in range(9):
        a_brief(live(Process, f"Process {number}"), f"Page {number}")
    queries(2)
    assert queries(3) == few


# The pages.


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def words_in(response):
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def of(process, name="risks-of"):
    return reverse(f"knowledge:{name}", args=[process.pk])


WAYS = {
    EXPERTS: {"Name an expert", "Have a course read it"},
    PROCESS_OWNERS: {"Name an expert", "Have a course read it"},
    HR: set(),
    AUDITORS: set(),
}


@pytest.mark.parametrize("group", WAYS)
def test_each_reader_sees_the_list_and_what_they_can_do(client, returns, at_noon, group):
    a_brief(returns)
    client.force_login(member("ida", group))
    response = client.get(of(returns))
    assert "1 of 1 page at risk" in words_in(response)
    links = BeautifulSoup(response.content, "html.parser").select(".entries li > p:last-child > a")
    assert {link.find(string=True) for link in links} == WAYS[group]


def test_a_reader_is_shown_neither_the_pages_nor_the_ways_to_them(client, returns, reader):
    client.force_login(reader)
    for address in (
        reverse("knowledge:risks"),
        reverse("knowledge:risks-csv"),
        of(returns),
        of(returns, "risks-of-csv"),
    ):
        assert client.get(address).status_code == 403
    for address in ("/processes/", returns.url):
        assert "/knowledge/risks/" not in client.get(address).content.decode()


def test_the_shelf_and_the_page_of_a_process_lead_to_them(client, returns, expert, at_noon):
    client.force_login(expert)
    assert reverse("knowledge:risks") in client.get("/processes/").content.decode()
    response = client.get(returns.url)
    assert f'<a href="{of(returns)}">No page yet' in response.content.decode()


def test_a_process_that_one_may_not_see_is_not_there(client, returns, expert):
    keep_to_board(returns)
    client.force_login(expert)
    assert client.get(of(returns)).status_code == 403
    assert client.get(of(returns, "risks-of-csv")).status_code == 403
    assert returns.title not in words_in(client.get(reverse("knowledge:risks")))


def test_the_worst_process_comes_first_and_says_what_weighs_most(client, returns, expert, at_noon):
    live(Process, "Assembly")
    a_brief(returns)
    record_query("zebra", results=0, at=NOON - DAY)
    client.force_login(expert)
    words = words_in(client.get(reverse("knowledge:risks")))
    assert words.index("Returns") < words.index("Assembly")
    assert "Most of all: single expert, 1 page" in words
    assert "“zebra” 1 time, last on 1 March 2026" in words


def test_the_year_is_a_line_that_can_be_read_out(client, returns, expert, at_noon):
    a_brief(returns, at=NOON - 90 * DAY)
    for days in (62, 33, 32, 1):
        assess_risks(on=TODAY - days * DAY, by=None, at=NOON - days * DAY)
    client.force_login(expert)
    for address in (reverse("knowledge:risks"), of(returns)):
        html = BeautifulSoup(client.get(address).content, "html.parser")
        assert html.find("svg", class_="trend")["aria-label"] == (
            "Returns: pages at risk 30 December 2025 1 of 1, 29 January 2026 1 of 1, 1 March 2026 1 of 1"
        )
        assert not html.select("main [style]")


def rows_of(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_both_lists_as_tables_in_which_nothing_is_a_formula(client, returns, expert, at_noon):
    a_brief(returns, "=1+1")
    record_query("=returns", results=0, at=NOON - DAY)
    client.force_login(expert)
    (row,) = rows_of(client.get(reverse("knowledge:risks-csv")))
    assert (row["Process"], row["Pages"], row["At risk"], row["Single expert"]) == ("Returns", "1", "1", "1")
    rows = rows_of(client.get(of(returns, "risks-of-csv")))
    assert [(row["Page"], row["Finding"]) for row in rows] == [
        ("'=1+1", "Single expert"),
        ("'=1+1", "Untested"),
        ("'=returns", "Searched for and not found"),
    ]


def test_the_pages_cost_no_more_where_more_is_found(client, returns, expert, at_noon):
    page = a_brief(returns, tags=["strap"])
    client.force_login(expert)

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = [reverse("knowledge:risks"), of(returns), returns.url]
    assess_risks(on=TODAY, by=None, at=NOON)
    few = [queries(address) for address in addresses]
    for number in range(9):
        a_brief(live(Process, f"Process {number}"), f"Page {number}")
    stand_beside(page, 40)
    assess_risks(on=TODAY - DAY, by=None, at=NOON)
    assert [queries(address) for address in addresses] == few
