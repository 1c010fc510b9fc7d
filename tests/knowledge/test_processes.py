"""The page of a process, the map of all, and the small picture of what a page is linked to."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from competence.actions import define_competence, end_requirement, require
from courses.actions import add_course
from knowledge.actions import draft_page, publish
from knowledge.models import (
    Citation,
    DecisionRecord,
    KnowledgeBrief,
    LessonLearned,
    Process,
    ProcessMeasure,
    ProcessRisk,
)
from tests.knowledge.conftest import NOON, change, member
from tests.scenes import role_named

SIPOC = {
    "suppliers": "Buyers\nMakers",
    "inputs": "Cells",
    "steps": "Prepare\n\n  Assemble\nTest",
    "outputs": "Bands",
    "customers": "Shops",
}
MAP = "/knowledge/map/"


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def live(kind, title, by, **fields):
    if kind is LessonLearned:
        fields.setdefault("what_happened", "It broke.")
    page = draft_page(kind, title=title, by=by, at=NOON, **fields)
    publish(page, by=by, at=NOON, **change())
    return page


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def part(html, heading):
    return html.find(id=heading).find_parent(["section", "div"])


def keep_from_others(*pages):
    board = Group.objects.create(name="Board")
    for page in pages:
        PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(board)
    return board


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def house_of(expert, size):
    """A process in the middle of `size` others and as many pages of each kind."""
    process = live(Process, f"Build {size}", expert, **SIPOC)
    for at in range(size):
        live(Process, f"Part {size} {at}", expert, part_of=process)
        live(Process, f"Before {size} {at}", expert, feeds=[process])
        told = {"processes": [process], "experts": [member(f"e{size}x{at}")]}
        brief = live(KnowledgeBrief, f"Brief {size} {at}", expert, body="Words.", **told)
        live(DecisionRecord, f"Decision {size} {at}", expert, status="accepted", **told)
        live(LessonLearned, f"Lesson {size} {at}", expert, **told)
        Citation.objects.create(citing=process, cited=brief)
    return process


def test_the_five_parts_stand_in_their_order_and_the_steps_are_numbered(signed_in, expert):
    figure = part(read(signed_in, live(Process, "Build", expert, **SIPOC).url), "sipoc")
    assert [words(heading) for heading in figure.find_all("h3")] == [
        "Suppliers",
        "Inputs",
        "Steps",
        "Outputs",
        "Customers",
    ]
    assert [words(step) for step in figure.select("ol.chain > li")] == ["Prepare", "Assemble", "Test"]
    assert [words(item) for item in figure.select_one("ol.sipoc > li").select("li")] == ["Buyers", "Makers"]


def test_a_process_that_says_none_of_the_five_shows_no_empty_figure(signed_in, expert):
    assert read(signed_in, live(Process, "Build", expert).url).find(id="sipoc") is None


def test_a_risk_without_a_control_is_named_so(signed_in, expert):
    process = draft_page(Process, title="Build", by=expert, at=NOON)
    process.risks = [ProcessRisk(risk="Sparks", control="Straps"), ProcessRisk(risk="Hurry")]
    process.measures = [ProcessMeasure(name="Yield", target="97 %", how="By station")]
    publish(process, by=expert, at=NOON, **change())
    html = read(signed_in, process.url)
    rows = [words(row) for row in part(html, "risks").select("tbody tr")]
    assert rows == ["Sparks Straps", "Hurry ✕ No control yet"]
    assert "2 risks , ✕ 1 without a control" in words(part(html, "glance-risks"))
    assert words(part(html, "measures").select_one("tbody")) == "Yield 97 % By station"


def test_owner_and_deputies_are_named_at_the_top(signed_in, expert, process_owner):
    process = live(Process, "Build", expert, accountable=expert, deputies=[process_owner])
    assert words(read(signed_in, process.url).select_one(".answers-for-it")) == (
        "Emil Aster answers for it; in their place Petra Aster"
    )
    assert "Nobody answers for it yet" in words(read(signed_in, live(Process, "Ship", expert).url))


def test_decisions_in_force_stand_apart_from_the_others(signed_in, expert):
    process = live(Process, "Build", expert)
    old = live(DecisionRecord, "By air", expert, status="accepted", processes=[process])
    live(DecisionRecord, "By rail", expert, status="accepted", processes=[process], supersedes=[old])
    live(DecisionRecord, "By boat", expert, status="proposed", processes=[process])
    html = read(signed_in, process.url)
    known = part(html, "known-decisions")
    assert "By rail" in words(known)
    assert "By air" not in words(known)
    folded = html.select_one("section[aria-labelledby=known] > details")
    assert words(folded.summary) == "2 decisions not in force"
    assert "By air – Superseded" in words(folded)
    assert "By boat → Proposed" in words(folded)


def test_a_lesson_says_how_far_it_has_come(signed_in, expert):
    process = live(Process, "Build", expert)
    live(LessonLearned, "Swollen", expert, processes=[process])
    assert "Swollen – Not validated yet" in words(part(read(signed_in, process.url), "known-lessons"))


def test_the_first_ten_are_shown_and_a_way_to_all(signed_in, expert):
    process = live(Process, "Build", expert)
    for at in range(12):
        live(KnowledgeBrief, f"Brief {at}", expert, body="Words.", processes=[process])
    known = part(read(signed_in, process.url), "known-briefs")
    assert len(known.select("li")) == 10
    assert "Briefs 12" in words(known)
    address = known.find("a", string="All briefs of this process")["href"]
    assert len(read(signed_in, address).select(".entries > li")) == 12


def test_those_who_know_it_are_named_with_their_pages_and_who_left_is_not(signed_in, expert):
    process, gone = live(Process, "Build", expert, experts=[expert]), member("gone")
    live(KnowledgeBrief, "Straps", expert, body="Words.", processes=[process], experts=[expert, gone])
    gone.is_active = False
    gone.save()
    assert words(part(read(signed_in, process.url), "knowers")) == (
        "Who knows it Emil Aster expert of 2 pages: Straps , Build"
    )


def test_what_is_beside_it_is_named(signed_in, expert):
    whole, after = live(Process, "Whole", expert), live(Process, "After", expert)
    process = live(Process, "Build", expert, part_of=whole, feeds=[after])
    live(Process, "Inside", expert, part_of=process)
    live(Process, "Before", expert, feeds=[process])
    assert words(part(read(signed_in, process.url), "around").dl) == (
        "Part of Whole Made of Inside Fed by Before Feeds After"
    )


def test_roles_are_those_that_ask_today_for_what_its_pages_teach(signed_in, expert):
    process = live(Process, "Build", expert)
    brief = live(KnowledgeBrief, "Straps", expert, body="Words.", processes=[process])
    taught = define_competence("Handling straps", by=None, at=NOON)
    add_course(title="Straps", teaches=taught, readings=[brief], by=expert, at=NOON)
    assert "No role asks for what 1 course on it teaches." in words(part(read(signed_in, process.url), "glance-roles"))
    requirement = require(role_named("Packer"), taught, since=date(2026, 1, 5), by=None, at=NOON)
    assert "Packer Handling straps" in words(part(read(signed_in, process.url), "glance-roles"))
    end_requirement(requirement, until=date(2026, 1, 6), reason="Moved.", by=None, at=NOON)
    assert "Packer" not in words(part(read(signed_in, process.url), "glance-roles"))


def test_what_a_reader_may_not_see_is_in_no_list_count_or_picture(signed_in, expert, reader):
    process = live(Process, "Build", expert)
    secret = live(Process, "Secret line", expert, feeds=[process])
    brief = live(KnowledgeBrief, "Salaries", expert, body="Words.", processes=[process], experts=[member("hidden")])
    board = keep_from_others(secret, brief)
    for address in (process.url, MAP):
        html = read(signed_in, address)
        assert not any(word in words(html) for word in ("Secret", "Salaries", "Hidden", "1 brief"))
        assert not html.select(f'[aria-label*="Secret"], [aria-label*="Salaries"], [href="{secret.url}"]')
    reader.groups.add(board)
    assert "Salaries" in words(read(signed_in, process.url))
    assert "Secret line" in words(read(signed_in, MAP))


def test_a_process_cannot_be_part_of_itself_or_of_its_own_part(expert):
    whole = live(Process, "Whole", expert)
    inner = live(Process, "Inner", expert, part_of=live(Process, "Middle", expert, part_of=whole))
    whole.part_of = inner
    with pytest.raises(ValidationError, match="“Inner” is itself inside this process"):
        publish(whole, by=expert, at=NOON, **change())
    whole.part_of = whole
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        whole.full_clean()


def test_the_form_says_so_beside_the_field(expert):
    whole = live(Process, "Whole", expert)
    inner = live(Process, "Inner", expert, part_of=whole)
    form = Process.get_edit_handler().get_form_class()
    data = {"title": "Whole", "slug": "whole", "part_of": inner.pk, "review_months": 12}
    for formset in ("measures", "risks", "comments"):
        data |= {f"{formset}-TOTAL_FORMS": 0, f"{formset}-INITIAL_FORMS": 0}
    bound = form(data, instance=whole, parent_page=whole.get_parent(), for_user=expert)
    assert not bound.is_valid()
    assert bound.errors["part_of"] == ["“Inner” is itself inside this process. Choose another, or none."]


def test_the_map_leads_to_each_process_in_words_that_say_all_that_it_shows(signed_in, expert):
    process = live(Process, "Build", expert, accountable=expert)
    live(Process, "Assemble", expert, part_of=process)
    live(Process, "Buy", expert, feeds=[process])
    live(KnowledgeBrief, "Straps", expert, body="Words.", processes=[process])
    html = read(signed_in, MAP)
    box = html.find("a", id=f"process-{process.pk}")
    assert box["href"] == process.url
    assert box["aria-label"] == (f"{process.number} Build. Owner: Emil Aster. 1 brief, 0 decisions in force, 0 lessons")
    assert len(html.select("svg a.picture__box")) == 3
    assert len(html.select("path.picture__line")) == 1
    assert words(html.select_one("main details > ul > li > ul")).startswith("PRO-0002, Assemble")
    assert "feeds Build" in words(html.select_one("main details"))
    assert not html.select("main [style]")


def test_an_empty_house_has_an_empty_map(signed_in):
    assert "No process yet" in words(read(signed_in, MAP))


def test_the_processes_lead_to_their_map(signed_in, expert):
    live(Process, "Build", expert, feeds=[live(Process, "Ship", expert)])
    for address in ("/processes/", "/processes/build/"):
        assert any(link["href"].startswith(MAP) for link in read(signed_in, address).find_all("a"))


@pytest.mark.parametrize("address", [MAP, "/processes/build-{}/", "/briefs/brief-{}-0/"])
def test_nothing_costs_more_where_more_is_linked(signed_in, expert, address):
    house_of(expert, 2)
    few = queries(signed_in, address.format(2))
    house_of(expert, 7)
    assert queries(signed_in, address.format(7)) == few


def picture_of(client, page):
    """The list beside the picture, of which both drawings hold as many links."""
    section = part(read(client, page.url), "links")
    said = [words(item) for item in section.select("details li")]
    assert [len(drawing.select("a")) for drawing in section.select("svg[role=group]")] == [len(said)] * 2
    return said


def test_each_page_shows_what_it_is_linked_to(signed_in, expert):
    process = live(Process, "Build", expert)
    old = live(DecisionRecord, "By air", expert, status="accepted")
    new = live(DecisionRecord, "By rail", expert, status="accepted", supersedes=[old], processes=[process])
    brief = live(KnowledgeBrief, "Straps", expert, body=f"As {new.number} says.")
    first = live(LessonLearned, "Swollen", expert)
    again = live(LessonLearned, "Swollen again", expert, recurrence_of=first)
    assert picture_of(signed_in, new) == [
        f"Belongs to: {process.number}, Build process",
        f"Supersedes: {old.number}, By air decision",
        f"Cited in: {brief.number}, Straps brief",
    ]
    assert picture_of(signed_in, old) == [f"Superseded by: {new.number}, By rail decision"]
    assert picture_of(signed_in, brief) == [f"Cites: {new.number}, By rail decision"]
    assert picture_of(signed_in, first) == [f"Happened again in: {again.number}, Swollen again lesson"]
    assert picture_of(signed_in, again) == [f"Repeats: {first.number}, Swollen lesson"]
    assert picture_of(signed_in, process) == [f"Has: {new.number}, By rail decision"]


def test_where_nothing_is_linked_nothing_is_drawn(signed_in, expert):
    page = live(KnowledgeBrief, "Alone", expert, body="Words.")
    assert read(signed_in, page.url).find(id="links") is None


def test_of_many_links_a_few_of_each_kind_are_drawn_and_the_others_counted(signed_in, expert):
    process = house_of(expert, 6)
    section = part(read(signed_in, process.url), "links")
    for picture in section.select("svg[role=group]"):
        assert len(picture.select("a")) == 12
    assert "And 18 more." in words(section)
    labels = [link["aria-label"].split(":")[0] for link in section.select(".picture--wide a")]
    assert {"Fed by", "Has as a part"} <= set(labels)
