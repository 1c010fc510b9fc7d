"""The index follows the database: by jobs, after the commit, and however badly a worker ends."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, Fuzzy, Not, Phrase, PlainText
from wagtail.documents.models import Document
from wagtail.models import Page

from jobs.actions import run_next, run_waiting
from jobs.models import Job
from knowledge.models import DecisionRecord, KnowledgeBrief, LessonLearned
from search.actions import reconcile_index
from search.engine.folder import IndexBroken, IndexBusy
from search.engine.writing import Index, Rebuilder, writing
from tests.search.conftest import work


def titles(query, pages=None, **options):
    pages = Page.objects.live() if pages is None else pages
    return [page.title for page in pages.search(query, **options)]


def an_index() -> Index:
    return get_search_backend().get_index_for_model(Page)


def test_words_are_found_in_any_form(write):
    write("Running the drop test", "Batteries are charged first.")
    assert titles("run") == titles("battery charging") == ["Running the drop test"]


def test_a_title_counts_more_than_a_mention(write):
    write("Packing", "The charger is packed last, and the box is closed.")
    write("Charger", "It is tested before it leaves the house.")
    assert titles("charger") == ["Charger", "Packing"]


def test_a_document_number_is_found_whole_and_first(write):
    write("Clauses", "We follow QP-7.1.6 here.")
    write("Numbers", "Part 7 of QP, page 1, line 6, and QP 1.6.7 too.")
    assert titles("QP-7.1.6") == ["Clauses"]
    brief = write("Chargers", "Nothing else.")
    write("Other", f"See {brief.number} for more.")
    assert titles(brief.number.lower()) == ["Chargers", "Other"]


@pytest.mark.databases
def test_pages_with_all_words_come_first_and_those_with_some_follow(write):
    write("Seals", "A seal is pressed.")
    write("Cracked seals", "A seal with a crack is scrapped.")
    write("Cracks", "A crack is drawn in the log.")
    assert titles("seal crack")[0] == "Cracked seals"
    assert set(titles("seal crack")) == {"Seals", "Cracked seals", "Cracks"}
    assert titles("seal crack", operator="and") == ["Cracked seals"]


def test_enough_pages_with_all_words_are_followed_by_none(write):
    for number in range(5):
        write(f"Crack {number}", "A seal is pressed.")
    write("Seals", "Nothing broke.")
    assert len(titles("seal crack")) == 5


def test_a_word_that_is_left_out_of_texts_is_still_a_word_of_titles(write):
    write("IT", "Whom to ask.")
    assert titles("it") == ["IT"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Phrase("press the seal"), {"Seals"}),
        (Phrase("seal press"), set()),
        (Fuzzy("chargre"), {"Chargers"}),
        (PlainText("seal") | PlainText("charger"), {"Seals", "Chargers"}),
        (PlainText("press") & ~PlainText("charger"), {"Seals"}),
        (PlainText("seal") | Not(PlainText("press")), {"Cairn", "Seals"}),
        (MATCH_ALL & PlainText("charger"), {"Chargers"}),
    ],
)
def test_queries_of_every_kind(write, house, query, found):
    write("Seals", "Press the seal.")
    write("Chargers", "Press the button of the charger.")
    assert set(titles(query, Page.objects.filter(depth__in=[2, 4]))) == found


@pytest.mark.databases
def test_each_kind_of_page_searches_its_own(write):
    write("Seal brief", "Seals.")
    write("Seal decision", "Seals.", kind=DecisionRecord)
    write("Seal lesson", what_happened="A seal broke.", kind=LessonLearned)
    assert titles("seal", KnowledgeBrief.objects.live()) == ["Seal brief"]
    assert titles("seal", DecisionRecord.objects.live()) == ["Seal decision"]
    assert titles("seal", LessonLearned.objects.live()) == ["Seal lesson"]
    assert len(titles("seal")) == 3


def test_the_start_of_a_word_is_completed(write):
    write("Charging", "x")
    write("Change", "x")
    assert [page.title for page in Page.objects.autocomplete("charg")] == ["Charging"]
    assert {page.title for page in Page.objects.autocomplete("cha")} == {"Charging", "Change"}


def test_a_search_can_name_its_fields(write):
    write("Seals", "A charger.")
    assert titles("charger", Page.objects.live(), fields=["title"]) == []
    assert titles("seal", Page.objects.live(), fields=["title"]) == ["Seals"]


def test_what_is_written_anew_is_found_by_its_new_words_alone(write):
    page = write("Seals", "Pressed cold.")
    page.body = "Pressed hot."
    page.save()
    assert titles("cold") == ["Seals"], "the index is behind until the worker has run"
    work()
    assert titles("cold") == []
    assert titles("hot") == ["Seals"]


@pytest.mark.databases
def test_nothing_is_indexed_of_what_is_rolled_back(write):
    page = write("Seals", "Pressed cold.")
    page.body = "Pressed hot."
    with transaction.atomic():
        page.save()
        transaction.set_rollback(True)
    assert work() == 0
    assert titles("hot") == []


@pytest.mark.databases
def test_an_index_that_is_behind_shows_nothing_that_the_query_does_not_hold(write):
    page = write("Seals", "Pressed.")
    Page.objects.filter(pk=page.pk).update(live=False)
    results = Page.objects.live().search("seal")
    assert list(results) == []
    assert results.count() == 0
    assert results.facet("content_type_id") == {}


@pytest.mark.databases
def test_a_deletion_touches_the_index_in_a_job_alone(write):
    page = write("Seals", "Pressed.")
    key = f"wagtailcore.page:{page.pk}"
    with transaction.atomic():
        an_index().delete_item(page)
        transaction.set_rollback(True)
    assert work() == 0
    assert key in get_search_backend().held_digests()
    an_index().delete_item(page)
    assert key in get_search_backend().held_digests()
    assert work() == 1
    assert key in get_search_backend().held_digests(), "the page is still there, so it is held"


def test_a_deleted_document_leaves_the_index(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    document = Document.objects.create(title="Drawing of the seal", file=ContentFile(b"x", name="seal.txt"))
    work()
    assert [found.title for found in Document.objects.search("drawing")] == ["Drawing of the seal"]
    key = f"wagtaildocs.document:{document.pk}"
    assert key in get_search_backend().held_digests()
    document.delete()
    work()
    assert key not in get_search_backend().held_digests()
    assert not Job.objects.exclude(problem="").exists()


def test_a_task_whose_object_is_gone_is_done(house):
    document = Document.objects.create(title="Drawing", file="none.txt")
    Document.objects.filter(pk=document.pk)._raw_delete("default")
    work()
    assert not Job.objects.filter(finished_at=None).exists()
    assert not Job.objects.exclude(problem="").exists()


@pytest.mark.databases
def test_saving_twice_before_the_worker_comes_is_one_job(write):
    page = write("Seals", "Pressed.")
    page.save()
    page.save()
    task = "modelsearch.tasks.insert_or_update_object_task"
    assert Job.objects.filter(finished_at=None, payload__task=task).count() == 1


@pytest.mark.databases
def test_an_update_left_by_a_crashed_worker_is_found_again(write):
    page = write("Seals", "Pressed cold.")
    page.body = "Pressed hot."
    page.save()
    now = timezone.now()
    # Taken by a worker that was killed: claimed, and never finished.
    Job.objects.filter(finished_at=None).update(claimed_at=now, claimed_until=now + timedelta(minutes=2), tries=1)
    assert run_next(at=now) is None
    assert titles("hot") == []
    run_waiting(now + timedelta(minutes=3))
    assert titles("hot") == ["Seals"]


def test_update_index_builds_it_anew_and_shows_its_progress(write):
    write("Seals", "Pressed.")
    before = an_index().folder.current()
    out = StringIO()
    call_command("update_index", stdout=out)
    assert "knowledge.KnowledgeBrief" in out.getvalue()
    assert "." in out.getvalue().split("knowledge.KnowledgeBrief")[1]
    assert titles("seal") == ["Seals"]
    assert an_index().folder.current() != before
    assert not before.exists()


@pytest.mark.databases
def test_what_is_written_during_a_rebuild_is_in_the_new_index(write):
    page = write("Seals", "Pressed cold.")
    index = an_index()
    rebuilder = Rebuilder(index)
    building = rebuilder.start()
    building.add_items(KnowledgeBrief, list(KnowledgeBrief.objects.all()))
    page.body = "Pressed hot."
    page.save()
    work()
    assert titles("hot") == ["Seals"], "searches go on meanwhile"
    rebuilder.finish()
    assert titles("hot") == ["Seals"]
    assert titles("cold") == []


def test_a_second_rebuild_is_refused_while_one_runs(write):
    write("Seals", "Pressed.")
    first = Rebuilder(an_index())
    first.start()
    with pytest.raises(IndexBusy):
        Rebuilder(an_index()).start()
    first.finish()
    assert titles("seal") == []


def test_a_rebuild_that_was_killed_leaves_no_trace(write, index):
    write("Seals", "Pressed.")
    killed = Rebuilder(an_index())
    killed.start()
    killed._held.close()  # what the system does to the locks of a killed process
    write("Chargers", "Plugged.")
    assert titles("charger") == ["Chargers"]
    assert not (index / "changed").exists()
    call_command("update_index", verbosity=0)
    assert len(list(index.glob("v*"))) == 1
    assert set(titles("seal charger")) == {"Seals", "Chargers"}


@pytest.mark.databases
def test_reconciling_mends_what_is_missing_changed_or_too_much(write):
    changed = write("Seals", "Pressed cold.")
    write("Chargers", "Plugged.")
    reconcile_index()  # the pages that every house has
    KnowledgeBrief.objects.filter(pk=changed.pk).update(body="Pressed hot.")
    an_index().forget([f"wagtailcore.page:{KnowledgeBrief.objects.get(title='Chargers').pk}"])
    with writing(an_index().folder) as writer:
        writer.update_document(key="wagtailcore.page:99999", row=b"knowledge.knowledgebrief 0 wagtailcore.page:99999")
    found = reconcile_index()
    assert (found.missing, found.changed, found.surplus) == (1, 1, 1)
    assert titles("hot") == ["Seals"]
    assert titles("charger") == ["Chargers"]
    again = reconcile_index()
    assert (again.missing, again.changed, again.surplus) == (0, 0, 0)
    assert again.looked_at == found.looked_at > 3


def test_reconciling_tells_what_it_did(write):
    write("Seals", "Pressed.")
    call_command("reconcile_index", stdout=StringIO())
    out = StringIO()
    call_command("reconcile_index", stdout=out)
    assert "0 were missing, 0 had changed, 0 were no longer there" in out.getvalue()


def test_an_index_that_cannot_be_read_says_so_and_is_mended(write):
    write("Seals", "Pressed.")
    for file in an_index().folder.current().glob("*.toc"):
        file.write_bytes(b"torn")
    with pytest.raises(IndexBroken, match="update_index"):
        titles("seal")
    reconcile_index()
    assert titles("seal") == ["Seals"]


def test_nothing_is_found_where_nothing_was_ever_written(house, index):
    assert titles("seal") == []
    assert not (index / "current").exists()


@pytest.mark.databases
def test_many_results_are_paged_counted_and_sorted_like_few(write, monkeypatch):
    for number in range(12):
        write(f"Seal {number}", "Pressed.")
    few = [page.pk for page in Page.objects.live().search("seal")]
    monkeypatch.setattr("search.engine.results.MOST_NAMED", 3)
    results = Page.objects.live().search("seal")
    assert [page.pk for page in results] == few
    assert [page.pk for page in results[4:8]] == few[4:8]
    assert results.count() == 12
    assert sum(results.facet("content_type_id").values()) == 12
