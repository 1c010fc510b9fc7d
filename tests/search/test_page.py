"""The search page: finds what this person may see, says what it is, and asks the database no more for more results."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from jobs.models import Job
from knowledge.models import DecisionRecord, KnowledgeBrief, LessonLearned
from people.groups import EXPERTS
from search.actions import forget_queries, record_query
from search.models import QueryLog
from search.tasks import look_after_index
from tests.search.conftest import NOON, member, work

URL = "/search/"


@pytest.fixture
def ask(client, reader):
    client.force_login(reader)

    def ask(text, person=None, **more):
        if person:
            client.force_login(person)
        return client.get(URL, {"q": text, **more})

    return ask


def found(response):
    return [str(result.page.title) for result in response.context["found"].results]


def restrict(page, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(groups)
    return restriction


def test_the_page_is_where_the_header_looks_for_it(ask):
    assert reverse("search:search") == URL
    html = ask("").content.decode()
    assert "What are you looking for?" in html
    assert QueryLog.objects.count() == 0


def test_strangers_are_sent_to_sign_in(client, house):
    assert client.get(URL, {"q": "seal"}).status_code == 302


def test_a_result_shows_its_number_kind_tags_and_the_marked_words(ask, write):
    brief = write("Cracked seals", "Scrap **each** seal that has a crack.", tags=["returns", "sealing"])
    html = ask("seal").content.decode()
    assert f"{brief.number} ·" in html
    assert "Cracked <mark>seals</mark>" in html
    assert "Scrap each <mark>seal</mark> that has a crack." in html
    assert '<li class="tag">returns</li>' in html
    assert f'href="{brief.url}"' in html


def test_what_people_wrote_is_never_markup(ask, write):
    write("<b>Seals</b>", "<script>alert('seal')</script>")
    html = ask('<i>seal</i> "').content.decode()
    assert "<script>alert" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<mark>seal</mark>" in html


def test_results_are_counted_and_chosen_by_kind(ask, write):
    write("Seal one", "Pressed.")
    write("Seal two", "Pressed.")
    write("Seal decision", "Pressed.", kind=DecisionRecord)
    write("Seal lesson", what_happened="Pressed.", kind=LessonLearned)
    response = ask("seal")
    kinds = {kind.label: (kind.name, kind.count) for kind in response.context["found"].kinds}
    assert kinds["knowledge.knowledgebrief"] == ("Briefs", 2)
    assert kinds["knowledge.decisionrecord"][1] == kinds["knowledge.lessonlearned"][1] == 1
    chosen = ask("seal", kind="knowledge.decisionrecord")
    assert found(chosen) == ["Seal decision"]
    assert chosen.context["found"].count == 4
    assert len(found(ask("seal", kind="no.such.kind"))) == 4


def test_a_kind_holds_what_its_count_says(ask, write):
    for number in range(5):
        write(f"Seal crack {number}", "Both words.")
    write("Seal decision", "One word.", kind=DecisionRecord)
    write("Seal crack decision", "Both words.", kind=DecisionRecord)
    counts = {kind.label: kind.count for kind in ask("seal crack").context["found"].kinds}
    for label, count in counts.items():
        assert ask("seal crack", kind=label).context["found"].sheet.paginator.count == count


def test_drafts_never_show(ask, write, administrator):
    write("Secret seals", "Nobody knows.", live=False)
    assert found(ask("seal")) == []
    assert found(ask("seal", administrator)) == []


def test_what_a_live_page_will_say_is_not_found_before_it_says_it(ask, write):
    page = write("Seals", "Pressed cold.")
    page.body = "Pressed hot."
    page.save_revision()
    work()
    assert found(ask("hot")) == []
    assert found(ask("cold")) == ["Seals"]


def test_a_restricted_page_shows_to_its_group_alone(ask, write, reader, administrator):
    write("Open seals", "Pressed.")
    page = write("Closed seals", "Pressed.")
    restrict(page, Group.objects.get(name=EXPERTS))
    expert = member("emil", EXPERTS)
    assert found(ask("seal", reader)) == ["Open seals"]
    assert set(found(ask("seal", expert))) == {"Open seals", "Closed seals"}
    assert set(found(ask("seal", administrator))) == {"Open seals", "Closed seals"}


def test_a_restriction_holds_for_all_below(ask, write, reader):
    page = write("Seals", "Pressed.")
    restrict(page.get_parent(), Group.objects.get(name=EXPERTS))
    response = ask("seal", reader)
    assert found(response) == []
    assert response.context["found"].kinds == []


def test_nothing_tells_that_a_restricted_page_is_there(ask, write, reader):
    """Neither a count, nor a guess at a mistyped word, nor whether results for some of the words follow."""
    for number in range(6):
        restrict(write(f"Zeppelin seal {number}", "Pressed."), Group.objects.get(name=EXPERTS))
    assert ask("zepelin", reader).context["better"] is None
    assert ask("zepelin", member("emil", EXPERTS)).context["better"] == "zeppelin"
    write("Zeppelins", "Nothing else.")
    write("Seals", "Nothing else.")
    assert set(found(ask("zeppelin seal", reader))) == {"Zeppelins", "Seals"}


def test_a_password_opens_a_page_for_the_session_that_gave_it(ask, write, client):
    page = write("Seals", "Pressed.")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="seal"
    )
    assert found(ask("seal")) == []
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()
    assert found(client.get(URL, {"q": "seal"})) == ["Seals"]


def test_a_mistyped_title_word_is_asked_about(ask, write):
    write("Chargers", "Plugged in.")
    html = ask("chargrs").content.decode()
    assert "Did you mean" in html
    assert '<a href="?q=chargers">chargers</a>' in html


def test_words_between_quotation_marks_stand_side_by_side(ask, write):
    write("Seals", "Press the seal twice.")
    write("Twice", "The seal is never pressed twice in a day.")
    assert found(ask('"press the seal"')) == ["Seals"]


def test_there_is_a_page_for_each_ten(ask, write):
    for number in range(23):
        write(f"Seal {number}", "Pressed.")
    pages = [found(ask("seal", page=number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 3]
    assert len({title for page in pages for title in page}) == 23
    assert found(ask("seal", page="seven")) == pages[0]
    assert found(ask("seal", page=99)) == pages[2]
    assert "Page 2 of 3" in ask("seal", page=2).content.decode()


def test_the_queries_do_not_grow_with_the_results(ask, write):
    kinds = [KnowledgeBrief, DecisionRecord]
    for number in range(6):
        write(f"Seal {number}", "Pressed.", kind=kinds[number % 2], tags=["few"])
    restrict(write("Closed", "Pressed."), Group.objects.get(name=EXPERTS))
    ask("seal")
    with CaptureQueriesContext(connection) as few:
        assert len(found(ask("seal"))) == 6
    for number in range(30):
        write(f"More seal {number}", "Pressed.", kind=kinds[number % 2], tags=["few", f"tag {number}"])
    restrict(write("Closed too", "Pressed."), Group.objects.get(name=EXPERTS))
    with CaptureQueriesContext(connection) as many:
        assert len(found(ask("seal"))) == 10
    assert len(many) == len(few) <= 25


def test_what_was_searched_is_kept_without_who_searched(ask, write):
    write("Seals", "Pressed.")
    ask("seal")
    ask("zebra")
    ask("seal", kind="knowledge.knowledgebrief")
    ask("seal", page=1)
    assert list(QueryLog.objects.order_by("pk").values_list("text", "results")) == [("seal", 1), ("zebra", 0)]
    assert {field.name for field in QueryLog._meta.get_fields()} == {"id", "text", "results", "at"}


def test_what_was_searched_is_forgotten_after_a_year(db):
    record_query("old", results=0, at=NOON.replace(year=2024))
    record_query("new", results=0, at=NOON)
    assert forget_queries(at=NOON) == 1
    assert QueryLog.objects.get().text == "new"


def test_the_index_is_looked_after_once_a_day(write):
    write("Seals", "Pressed.")
    page = KnowledgeBrief.objects.get()
    KnowledgeBrief.objects.filter(pk=page.pk).update(body="Pressed hot.")
    look_after_index()
    look_after_index()
    assert Job.objects.filter(kind="search.reconcile").count() == 1
    work()
    assert [page.title for page in Page.objects.live().search("hot")] == ["Seals"]


@pytest.mark.parametrize(
    "text", ["\x00", "   ", "a" * 5000, '"', "'", "tag:", "*", 'x:y "', "🦭", "-", "AND OR NOT", "%00"]
)
def test_no_text_breaks_the_page(ask, house, text):
    assert ask(text).status_code == 200


def test_a_broken_index_is_said_plainly(ask, write, index):
    write("Seals", "Pressed.")
    for file in next(index.glob("v*")).glob("*.toc"):
        file.write_bytes(b"torn")
    response = ask("seal")
    assert response.status_code == 503
    assert "cannot answer just now" in response.content.decode()
    call_command("update_index", verbosity=0)
    assert found(ask("seal")) == ["Seals"]


def test_the_admin_finds_drafts_by_the_start_of_a_word(client, write, administrator):
    write("Secret seals", "Nobody knows.", live=False)
    write("Open seals", "Everybody knows.")
    client.force_login(administrator)
    html = client.get("/admin/pages/search/", {"q": "sea"}).content.decode()
    assert "Secret seals" in html
    assert "Open seals" in html
    assert "Secret seals" not in client.get("/admin/pages/search/", {"q": "zebra"}).content.decode()


def test_the_admin_lists_what_a_section_holds_by_its_words(client, write, administrator):
    page = write("Secret seals", "Nobody knows.", live=False)
    write("Boxes", "Folded.")
    client.force_login(administrator)
    html = client.get(f"/admin/pages/{page.get_parent().pk}/", {"q": "seal"}).content.decode()
    assert "Secret seals" in html
    assert "Boxes" not in html


def test_the_chooser_and_the_documents_search_on_it(client, write, administrator):
    write("Secret seals", "Nobody knows.")
    client.force_login(administrator)
    html = client.get("/admin/choose-page/search/", {"q": "seal"}).content.decode()
    assert "Secret seals" in html
    assert client.get("/admin/documents/", {"q": "drawing"}).status_code == 200
    assert client.get("/admin/images/", {"q": "drawing"}).status_code == 200
