import json
import os
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.models import Entry
from knowledge.actions import draft_page, import_records, publish, withdraw_page
from knowledge.importing import Kind
from knowledge.models import DecisionRecord, Edition, KnowledgeBrief, KnowledgePage, LessonLearned, Process

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DECISIONS = Path(settings.BASE_DIR).parent / "shared" / "data" / "dev" / "decisions"

CORK = """# 1. Use cork

Date: 2024-05-01

## Status

Accepted

## Context

Plastic squeaks.

## Decision

Cork.
"""
FELT = CORK.replace("1. Use cork", "2. Use felt").replace("Cork.", "Felt.")
STRAPS = "# Washing straps\n\nBy hand, in cold water.\n"
LEAK = "# Post-mortem: the leak\n\n## Impact\n\nWet.\n\n## Root cause\n\nA seal.\n\n## Timeline\n\nFast.\n"


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "adr/0001-use-cork.md": CORK,
        "adr/0002-use-felt.md": FELT,
        "adr/template.md": "# Title\n\nFill in.\n",
        "handbook/straps.md": STRAPS,
        "incidents/2024-02-03-leak.md": LEAK,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def bring_in(folder, **options):
    return import_records(folder, **{"by": None, "at": NOON, **options})


@pytest.mark.databases
@pytest.mark.django_db
def test_each_record_becomes_a_published_page_of_its_kind(folder):
    outcome = bring_in(folder)
    assert (outcome.imported, outcome.unchanged, outcome.failed) == (4, 0, 1)
    cork = DecisionRecord.objects.get(title="Use cork")
    assert (cork.live, cork.status, str(cork.decided_on)) == (True, "accepted", "2024-05-01")
    assert cork.body == CORK.partition("\n\n")[2]
    assert KnowledgeBrief.objects.get().body == STRAPS.partition("\n\n")[2]
    assert str(LessonLearned.objects.get().happened_on) == "2024-02-03"
    edition = Edition.objects.get(page=cork)
    assert (edition.change_summary, edition.training_impact) == ("Imported from adr/0001-use-cork.md", "none")
    assert (edition.author, edition.published_at) == (None, NOON)
    # It was never a draft, so what it was published from is all there is.
    assert [revision.pk for revision in cork.revisions.all()] == [edition.revision_id]


@pytest.mark.django_db
def test_the_report_has_one_line_for_each_file(folder):
    report = bring_in(folder).as_report()
    assert report["imported"] + report["unchanged"] + report["failed"] == len(report["records"]) == 5
    cork, _, template, *_ = report["records"]
    page = DecisionRecord.objects.get(title="Use cork")
    assert cork == {
        "file": "adr/0001-use-cork.md",
        "kind": "decision",
        "number": 1,
        "title": "Use cork",
        "status": "accepted",
        "date": "2024-05-01",
        "supersedes": [],
        "superseded_by": [],
        "dangling": [],
        "url": page.url,
        "problem": None,
    }
    assert (template["kind"], template["url"]) == (None, None)
    assert "template" in template["problem"]


@pytest.mark.databases
@pytest.mark.django_db
def test_importing_twice_changes_nothing(folder):
    bring_in(folder)
    before = (KnowledgePage.objects.count(), Edition.objects.count(), Entry.objects.count())
    again = bring_in(folder, at=NOON + timedelta(days=1))
    assert (again.imported, again.unchanged, again.failed) == (0, 4, 1)
    assert (KnowledgePage.objects.count(), Edition.objects.count(), Entry.objects.count()) == before


@pytest.mark.django_db
def test_a_file_that_changed_is_a_new_edition_of_the_same_page(folder):
    bring_in(folder)
    (folder / "adr/0001-use-cork.md").write_text(CORK.replace("Accepted", "Rejected"))
    again = bring_in(folder, at=NOON + timedelta(days=1))
    assert (again.imported, again.unchanged) == (1, 3)
    cork = DecisionRecord.objects.get(title="Use cork")
    assert cork.status == "rejected"
    assert [edition.number for edition in cork.editions.order_by("number")] == [1, 2]


@pytest.mark.django_db
def test_two_folders_of_the_same_names_are_two_sets_of_pages(folder, tmp_path_factory):
    bring_in(folder)
    other = tmp_path_factory.mktemp("other")
    (other / "adr").mkdir()
    (other / "adr/0001-use-cork.md").write_text(CORK)
    assert bring_in(other).imported == 1
    assert DecisionRecord.objects.filter(title="Use cork").count() == 2


@pytest.mark.databases
@pytest.mark.django_db
def test_a_record_that_cannot_be_published_leaves_nothing_and_the_others_come_in(folder, monkeypatch):
    def refuse_felt(page, **details):
        edition = publish(page, **details)
        if page.title == "Use felt":
            raise RuntimeError("the log is full")
        return edition

    # The package's attribute of the same name is the function.
    monkeypatch.setattr(import_module("knowledge.actions.import_records"), "publish", refuse_felt)
    outcome = bring_in(folder)
    assert (outcome.imported, outcome.failed) == (3, 2)
    felt = next(line for line in outcome.lines if line["file"].endswith("felt.md"))
    assert "the log is full" in felt["problem"]
    assert not KnowledgePage.objects.filter(title="Use felt").exists()
    assert not Edition.objects.filter(title="Use felt").exists()


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_and_says_the_same(folder):
    dry = bring_in(folder, dry_run=True)
    assert not KnowledgePage.objects.exists()
    real = bring_in(folder)
    assert [{**line, "url": None} for line in real.lines] == dry.lines


@pytest.mark.django_db
def test_a_page_that_was_withdrawn_is_not_brought_back(folder):
    bring_in(folder)
    withdraw_page(DecisionRecord.objects.get(title="Use cork"), reason="Wrong.", by=None, at=NOON)
    (folder / "adr/0001-use-cork.md").write_text(CORK.replace("squeaks", "creaks"))
    again = bring_in(folder)
    assert (again.imported, again.unchanged, again.failed) == (0, 3, 2)
    assert not DecisionRecord.objects.get(title="Use cork").live


@pytest.mark.django_db
def test_a_page_does_not_change_its_kind(folder):
    bring_in(folder)
    (folder / "handbook/straps.md").write_text(STRAPS + "\nAnd dry them.\n")
    outcome = bring_in(folder, kind=Kind.LESSON)
    told = next(line for line in outcome.lines if line["file"].endswith("straps.md"))
    assert "imported as the brief BRF-" in told["problem"]


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["!!!", "状態", "x" * 400, "<script>alert(1)</script>"])
def test_any_title_makes_a_page(tmp_path, title):
    (tmp_path / "a.md").write_text(f"# {title}\n\nSome words.\n")
    assert bring_in(tmp_path).imported == 1


@pytest.mark.django_db
def test_a_file_name_that_is_no_text_is_still_reported(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text(STRAPS)
    except OSError as error:
        pytest.skip(f"this file system takes no such name: {error}")
    assert json.dumps(bring_in(tmp_path).as_report()).encode("utf-8")


@pytest.mark.django_db
def test_the_command_links_a_process_writes_the_report_and_shows_progress(folder):
    process = draft_page(Process, title="Design", by=None, at=NOON)
    publish(process, by=None, at=NOON, change_summary="New.", training_impact="read")
    report, out, err = folder / "report.json", StringIO(), StringIO()
    call_command("import_records", folder, process=process.slug, report=report, stdout=out, stderr=err)
    assert json.loads(report.read_text())["imported"] == 4
    assert [page.title for page in DecisionRecord.objects.get(title="Use cork").processes.all()] == ["Design"]
    assert "5 of 5 files" in err.getvalue()
    assert out.getvalue().startswith("4 imported, 0 unchanged, 1 not imported of 5 files.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"report": Path("/nowhere/r.json")}, "report cannot be written"),
        ({"by": "nobody"}, "user name nobody"),
        ({"process": "nothing"}, "slug nothing"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_done(folder, options, told):
    with pytest.raises(CommandError, match=told) as caught:
        call_command("import_records", folder, **options)
    assert caught.value.returncode == 2
    assert not KnowledgePage.objects.filter(source__startswith=str(folder)).exists()


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="does not exist") as caught:
        call_command("import_records", tmp_path / "nowhere")
    assert caught.value.returncode == 2


@pytest.mark.django_db
def test_a_record_costs_few_queries_and_one_that_is_known_none(folder, django_assert_max_num_queries):
    bring_in(folder)
    for number in range(3, 13):
        (folder / f"adr/00{number:02}-more.md").write_text(CORK.replace("1. Use cork", f"{number}. More {number}"))
    with CaptureQueriesContext(connection) as asked:
        assert bring_in(folder).imported == 10
    assert len(asked) < 10 * 110
    # Nothing is new: what is known already is asked for at once, whatever its number.
    with django_assert_max_num_queries(20):
        bring_in(folder)


@pytest.mark.django_db
@pytest.mark.skipif(not DECISIONS.is_dir(), reason=f"{DECISIONS} is not here")
def test_a_folder_that_no_one_here_wrote_comes_in_whole():
    folder = DECISIONS / "alphagov__content-publisher"
    outcome = bring_in(folder)
    assert outcome.imported == DecisionRecord.objects.live().count() == 16
    assert bring_in(folder).unchanged == 16
