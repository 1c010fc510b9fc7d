from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from knowledge.actions import draft_page, publish
from knowledge.models import DecisionRecord, HomePage, KnowledgeBrief, LessonLearned, Process, Why
from tests.knowledge.conftest import NOON, change

KINDS = {
    Process: {"purpose": "Returns.", "body": "Steps."},
    KnowledgeBrief: {"summary": "Short.", "body": "Words."},
    DecisionRecord: {
        "body": "So.",
        "status": "accepted",
        "decided_on": date(2026, 1, 5),
        "decision_makers": "Ana",
    },
    LessonLearned: {"what_happened": "It broke.", "root_cause": "Cold press.", "corrective_action": "Warm it."},
}


def live(kind, title, expert, **fields):
    page = draft_page(kind, title=title, by=expert, at=NOON, **KINDS[kind], **fields)
    publish(page, by=expert, at=NOON, **change())
    return page


def many(expert, count):
    process = live(Process, f"Returns {count}", expert)
    for kind in (KnowledgeBrief, DecisionRecord, LessonLearned):
        for number in range(count):
            live(kind, f"Page {count} {number}", expert, processes=[process], tags=[f"t{number}"], experts=[expert])
    return process


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_what_it_is_and_who_answers_for_it(signed_in, kind, expert):
    process = live(Process, "Shipping", expert)
    page = live(kind, "On one page", expert, accountable=expert, experts=[expert], tags=["seal"], processes=[process])
    text = signed_in.get(page.url).content.decode()
    for said in (page.number, "Edition 1", "2 March 2026", "Emil Aster", "seal", "Shipping", "All editions"):
        assert said in text
    assert ">Edit<" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_in_reader_costs_few_queries(signed_in, kind, expert, django_assert_max_num_queries):
    process = live(Process, "Shipping", expert)
    page = live(kind, "On one page", expert, accountable=expert, experts=[expert], tags=["seal"], processes=[process])
    signed_in.get(page.url)
    # Of a brief: whether it is still true takes one, what it is linked to two. The others ask for more of their own.
    with django_assert_max_num_queries({Process: 23, KnowledgeBrief: 15}.get(kind, 17)):
        assert signed_in.get(page.url).status_code == 200


@pytest.mark.parametrize("path", ["/", "/processes/", "/briefs/", "/decisions/", "/lessons/"])
def test_a_list_costs_the_same_with_few_pages_and_many(signed_in, path, expert, django_assert_num_queries):
    many(expert, 2)
    signed_in.get(path)
    with django_assert_num_queries(_queries(signed_in, path)):
        signed_in.get(path)
    few = _queries(signed_in, path)
    many(expert, 6)
    assert _queries(signed_in, path) == few


def test_a_process_costs_the_same_whatever_is_linked_to_it(signed_in, expert):
    few, more = many(expert, 2), many(expert, 6)
    assert _queries(signed_in, few.url) == _queries(signed_in, more.url)


def test_a_draft_is_not_there_for_readers(signed_in, brief):
    assert signed_in.get(brief.url).status_code == 404


def test_what_is_written_after_publication_is_not_shown(signed_in, expert):
    page = live(KnowledgeBrief, "Stable", expert)
    page.body = "Not yet."
    page.save_revision(user=expert)
    text = signed_in.get(page.url).content.decode()
    assert "Words." in text
    assert "Not yet." not in text


def test_a_private_page_is_shown_to_its_group_alone(signed_in, reader, expert):
    process = live(Process, "Shipping", expert)
    page = live(KnowledgeBrief, "Salaries", expert, processes=[process])
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    board = Group.objects.create(name="Board")
    restriction.groups.add(board)
    assert signed_in.get(page.url).status_code in (302, 403)
    for path in ("/", "/briefs/", process.url):
        assert "Salaries" not in signed_in.get(path).content.decode()
    reader.groups.add(board)
    assert signed_in.get(page.url).status_code == 200
    for path in ("/", "/briefs/", process.url):
        assert "Salaries" in signed_in.get(path).content.decode()


def test_supersession_is_shown_on_both_sides(signed_in, expert):
    old = live(DecisionRecord, "Ship by air", expert)
    new = live(DecisionRecord, "Ship by rail", expert, supersedes=[old])
    assert "Superseded by" in signed_in.get(old.url).content.decode()
    assert new.number in signed_in.get(old.url).content.decode()
    assert old.number in signed_in.get(new.url).content.decode()


def test_a_lesson_shows_its_whys_in_their_order(signed_in, expert):
    page = draft_page(LessonLearned, title="Seals", by=expert, at=NOON, **KINDS[LessonLearned])
    page.whys = [Why(text="The press was cold.", sort_order=0), Why(text="Nobody looked.", sort_order=1)]
    publish(page, by=expert, at=NOON, **change())
    text = signed_in.get(page.url).content.decode()
    assert text.index("The press was cold.") < text.index("Nobody looked.")


@pytest.mark.parametrize(
    ("query", "shown"), [("?tag=t1", {"1"}), ("?process=returns-3", {"0", "1", "2"}), ("?tag=none", set())]
)
def test_a_section_is_filtered(signed_in, expert, query, shown):
    many(expert, 3)
    many(expert, 0)
    text = signed_in.get(f"/briefs/{query}").content.decode()
    assert {number for number in "012" if f"Page 3 {number}" in text} == shown


def test_decisions_are_filtered_by_status(signed_in, expert):
    live(DecisionRecord, "Taken", expert)
    assert "Taken" in signed_in.get("/decisions/?status=accepted").content.decode()
    assert "Taken" not in signed_in.get("/decisions/?status=rejected").content.decode()


def test_a_long_section_has_pages(signed_in, expert):
    many(expert, 31)
    assert "Page 1 of 2" in signed_in.get("/briefs/").content.decode()
    assert "Page 31 30" in signed_in.get("/briefs/?page=2").content.decode()


def test_those_who_may_write_find_edit(client, expert):
    page = live(KnowledgeBrief, "Words", expert)
    client.force_login(expert)
    assert ">Edit<" in client.get(page.url).content.decode()


def test_the_home_page_tells_what_is_new(signed_in, expert):
    live(KnowledgeBrief, "Newest of all", expert)
    assert "Newest of all" in signed_in.get("/").content.decode()
    assert HomePage.objects.count() == 1


def _queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


HARM = '<script>alert(1)</script><img src=x onerror="alert(1)">'
TEXTS = {
    Process: ["purpose", "body"],
    KnowledgeBrief: ["summary", "body"],
    DecisionRecord: ["decision_makers", "body"],
    LessonLearned: ["what_happened", "impact", "root_cause", "correction", "corrective_action"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_that_someone_wrote_can_run(client, process_owner, kind):
    client.force_login(process_owner)
    harmless, harmful = (_with_text(kind, words, process_owner) for words in ("Words", HARM))
    section = f"/{kind.shelf}/"
    for path in ("{0.url}", "/", section, "/editions/{1.pk}/", "/editions/of/{0.pk}/", "/editions/of/{0.pk}/withdraw/"):
        harmless_html, html = (
            BeautifulSoup(client.get(path.format(page, page.editions.get())).content, "html.parser")
            for page in (harmless, harmful)
        )
        assert len(html.find_all("script")) == len(harmless_html.find_all("script"))
        assert not html.find_all(onerror=True)
        assert not html.find_all("img", src=True)


def _with_text(kind, words, person):
    fields = KINDS[kind] | dict.fromkeys(TEXTS[kind], words)
    page = draft_page(kind, title=words, by=person, at=NOON, tags=[words.replace(",", "")], **fields)
    if kind is LessonLearned:
        page.whys = [Why(text=words, sort_order=0)]
    said = {"change_summary": words, "training_impact": "none", "impact_reason": words}
    publish(page, by=person, at=NOON, **said)
    return page


def test_an_empty_section_says_so_and_offers_no_filters(signed_in):
    text = signed_in.get("/briefs/").content.decode()
    assert "Nothing here yet" in text
    assert 'name="process"' not in text
    assert "Choose other filters" in signed_in.get("/briefs/?tag=none").content.decode()


def test_an_empty_house_tells_its_administrator_what_comes_first(client, administrator, reader):
    client.force_login(administrator)
    assert "First steps" in client.get("/").content.decode()
    client.force_login(reader)
    assert "First steps" not in client.get("/").content.decode()
