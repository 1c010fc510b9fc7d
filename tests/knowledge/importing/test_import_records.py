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
from knowledge.models import (
    DecisionRecord,
    Edition,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    Process,
    Supersession,
)
from people.actions import add_person

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
    # Its status and date stand in fields, and no field would say them otherwise.
    assert (cork.context, cork.outcome, cork.body) == ("Plastic squeaks.", "Cork.", "")
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
        "notes": ["Its number there, 1, is not its number here."],
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


OLD = CORK.replace("1. Use cork", "3. Use paper").replace("Accepted", "Superseded by [Use cork](0001-use-cork.md)")


@pytest.mark.databases
@pytest.mark.django_db
def test_what_takes_the_place_of_another_is_published_after_it_and_says_so(folder):
    (folder / "adr/0003-use-paper.md").write_text(OLD)
    bring_in(folder)
    cork, paper = (DecisionRecord.objects.get(title=title) for title in ("Use cork", "Use paper"))
    assert list(cork.supersedes.all()) == [paper]
    assert list(Supersession.objects.values_list("old", "new")) == [(paper.pk, cork.pk)]
    assert cork.editions.count() == paper.editions.count() == 1
    assert bring_in(folder).imported == 0


@pytest.mark.django_db
def test_an_older_record_that_says_only_now_what_replaced_it_is_believed(folder):
    (folder / "adr/0003-use-paper.md").write_text(OLD.replace("Superseded by [Use cork](0001-use-cork.md)", "Accepted"))
    bring_in(folder)
    cork = DecisionRecord.objects.get(title="Use cork")
    cork.context = "Plastic squeaks, and worse."
    publish(cork, by=None, at=NOON, change_summary="More.", training_impact="read")
    (folder / "adr/0003-use-paper.md").write_text(OLD)
    assert bring_in(folder, at=NOON + timedelta(days=1)).imported == 2
    cork.refresh_from_db()
    assert (Supersession.objects.get().new, cork.context) == (cork, "Plastic squeaks, and worse.")


@pytest.mark.django_db
def test_two_that_replace_each_other_come_in_and_one_is_believed(tmp_path):
    for number, other in ((1, 2), (2, 1)):
        text = CORK.replace("1. Use cork", f"{number}. Use {number}")
        (tmp_path / f"000{number}-a.md").write_text(text.replace("Plastic", f"Supersedes ADR-{other}. Plastic"))
    outcome = bring_in(tmp_path)
    assert (outcome.imported, Supersession.objects.count()) == (2, 1)
    assert any("in a circle" in note for line in outcome.lines for note in line["notes"])


@pytest.mark.django_db
def test_links_between_records_lead_to_their_pages_whichever_comes_first(folder):
    linking = (
        "\n\nSee [felt](0002-use-felt.md#decision), [why][straps], [gone](0009-gone.md), `[x](0002-use-felt.md)`.\n"
    )
    linking += "\n[straps]: ../handbook/straps.md\n"
    (folder / "adr/0001-use-cork.md").write_text(CORK + linking)
    report = bring_in(folder)
    felt, straps = DecisionRecord.objects.get(title="Use felt"), KnowledgeBrief.objects.get()
    outcome = DecisionRecord.objects.get(title="Use cork").outcome
    assert f"[felt](page:{felt.pk})" in outcome
    assert f"[straps]: page:{straps.pk}" in outcome
    assert "`[x](0002-use-felt.md)`" in outcome
    line = report.lines[0]
    assert "0009-gone.md" in " ".join(line["notes"])
    assert "Links to a place in another record lead to the record as a whole." in line["notes"]
    assert felt.editions.count() == straps.editions.count() == 1


class Killed(BaseException):
    pass


@pytest.mark.django_db
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_an_import_that_was_killed_is_gone_on_with(folder, after):
    (folder / "adr/0001-use-cork.md").write_text(CORK + "\nSee [straps](../handbook/straps.md).\n")

    def kill(done, total):
        if done > after:
            raise Killed

    with pytest.raises(Killed):
        bring_in(folder, progress=kill)
    done = dict(Edition.objects.values_list("title", "pk"))
    again = bring_in(folder)
    assert (again.imported + again.unchanged, again.unchanged) == (4, len(done))
    assert Edition.objects.count() == KnowledgePage.objects.live().count() == KnowledgePage.objects.count() == 4
    assert done.items() <= dict(Edition.objects.values_list("title", "pk")).items()


@pytest.mark.django_db
def test_a_page_placed_for_a_link_goes_again_if_it_cannot_be_published(folder, monkeypatch):
    (folder / "adr/0001-use-cork.md").write_text(CORK + "\nSee [felt](0002-use-felt.md).\n")

    def refuse_felt(page, **details):
        if page.title == "Use felt":
            raise RuntimeError("the log is full")
        return publish(page, **details)

    monkeypatch.setattr(import_module("knowledge.actions.import_records"), "publish", refuse_felt)
    assert bring_in(folder).failed == 2
    assert not KnowledgePage.objects.filter(title="Use felt").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("owner", ["rosa", "@Rosa", "Rosa Aster <rosa@example.org>", "rosa aster"])
def test_a_handbook_has_its_owner_and_interval_where_they_are_known_here(tmp_path, owner):
    add_person("rosa", first_name="Rosa", last_name="Aster", email="rosa@example.org", by=None, at=NOON)
    (tmp_path / "a.md").write_text(f"---\nowner: '{owner}'\nreview_in: 6 months\n---\n# Straps\n\nWash them.\n")
    (tmp_path / "b.md").write_text("---\nowner: '#team'\n---\n# Caps\n\nWash them.\n")
    report = bring_in(tmp_path)
    straps = KnowledgeBrief.objects.get(title="Straps")
    assert (straps.accountable.username, straps.review_months) == ("rosa", 6)
    assert "Its owner, “#team”, is nobody here, so it has none." in report.lines[1]["notes"]


@pytest.mark.django_db
def test_each_row_of_a_table_of_lessons_is_a_lesson(tmp_path):
    (tmp_path / "lessons.csv").write_text(
        "\ufeffLesson ID,Title,Abstract,Root cause,Recommendation(s),Date Occurred,Phase\n"
        '7,The leak,"It leaked,\nbadly.",A seal.,Check seals.,6/19/2018,Test\n'
        "8,The squeak,It squeaked.,,,,\n9,,No title.,,,,\n"
    )
    outcome = bring_in(tmp_path)
    assert (outcome.imported, outcome.failed) == (2, 1)
    leak = LessonLearned.objects.get(title="The leak")
    assert (str(leak.happened_on), leak.root_cause) == ("2018-06-19", "A seal.")
    assert "Check seals." in leak.corrective_action
    assert "- **Phase:** Test" in leak.what_happened
    assert [line["file"] for line in outcome.lines] == ["lessons.csv#7", "lessons.csv#8", "lessons.csv#9"]
    assert bring_in(tmp_path).unchanged == 2


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
