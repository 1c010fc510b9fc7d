"""What is exported and imported again is the same: in an empty house, and in the one that it came from."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from knowledge.actions import draft_page, export_records, import_records, publish, withdraw_page
from knowledge.freezing import thawed
from knowledge.models import (
    ConsideredOption,
    DecisionRecord,
    Edition,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    LessonMark,
    LessonStep,
    NumberSeries,
    Process,
    ProcessRisk,
    Supersession,
    Why,
)
from knowledge.permissions import may_see
from people.groups import EXPERTS
from tests.knowledge.conftest import NOON, change, member
from tests.knowledge.exchange.emptying import copies
from tests.knowledge.exchange.test_format import TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_house(expert, process_owner):
    """What takes away whatever was done since; the people of before stay."""
    start = transaction.savepoint()
    return lambda: transaction.savepoint_rollback(start)


@pytest.fixture
def put(empty_house, expert, process_owner):
    def put(kind, title, **fields):
        page = draft_page(kind, title=title, by=expert, at=NOON, **fields)
        publish(page, by=process_owner, author=expert, at=NOON, **change())
        return page

    return put


@pytest.fixture
def house(put, expert):
    """A little of everything that one record may say of another."""
    care = put(Process, "Care", purpose="Keep.", inputs="a\r\nb", accountable=expert, risks=[ProcessRisk(risk="Rain")])
    put(Process, "Washing", part_of=care, feeds=[care])
    wet = put(LessonLearned, "Wet", what_happened="Rain.", whys=[Why(text="Open."), Why(text="Hot.", depth=1)])
    put(LessonLearned, "Another wet", what_happened="Again.", recurrence_of=wet)
    felt = put(DecisionRecord, "Felt", status="accepted", context="It is soft.")
    put(
        DecisionRecord,
        "Cork",
        status="accepted",
        context=f"[Felt](page:{felt.pk}) squeaks; `[code](page:999998)`, [nowhere](page:999999).",
        supersedes=[felt],
        options=[ConsideredOption(title="Cork", text=f"See [it](page:{felt.pk}).", is_chosen=True)],
        lesson_marks=[LessonMark(lesson=wet, mark="considered", because="It was wet.")],
    )
    put(KnowledgeBrief, "Straps", body="By hand,\r\nin water.", processes=[care], deputies=[expert], tags=["Strap"])
    return {page.title: page for page in KnowledgePage.objects.all()}


def imported(folder, by):
    outcome = import_records(folder, by=by, at=NOON)
    assert not outcome.failed, outcome.lines
    return outcome


def test_the_same_pages_stand_in_a_house_that_was_empty(house, tmp_path, expert, empty_house):
    export_records(tmp_path)
    before = copies()
    empty_house()
    outcome = imported(tmp_path, expert)
    assert outcome.imported == 7
    assert copies() == before
    assert Supersession.objects.standing().get().old.title == "Felt"
    assert [step.lesson.title for step in LessonStep.objects.all()] == ["Wet"]
    assert str(NumberSeries.objects.get(prefix="DEC")) == "DEC-0002"


def test_the_house_that_it_came_from_does_not_change(house, tmp_path, expert):
    export_records(tmp_path)
    outcome = imported(tmp_path, expert)
    assert (outcome.unchanged, outcome.imported) == (7, 0)
    assert Edition.objects.count() == 7


def test_an_edited_file_makes_one_new_edition(house, tmp_path, expert):
    export_records(tmp_path)
    (file,) = tmp_path.glob("briefs/*.md")
    link = next(tmp_path.glob("decisions/*felt.md")).name
    file.write_text(file.read_text() + f"\nNot in [felt](../decisions/{link}).\n")
    assert imported(tmp_path, expert).imported == 1
    edition = Edition.objects.get(number=2)
    assert edition.page_id == house["Straps"].pk
    assert edition.change_summary == f"Imported from briefs/{file.name}"
    body = KnowledgeBrief.objects.get().body
    assert body.endswith(f"Not in [felt](page:{house['Felt'].pk}).")
    assert imported(tmp_path, expert).unchanged == 7


def test_a_dry_run_says_what_would_happen_and_writes_nothing(house, tmp_path, expert, empty_house):
    export_records(tmp_path)
    assert import_records(tmp_path, by=expert, at=NOON, dry_run=True).unchanged == 7
    empty_house()
    assert import_records(tmp_path, by=expert, at=NOON, dry_run=True).imported == 7
    assert not KnowledgePage.objects.exists()


def test_the_same_house_is_the_same_bytes(house, tmp_path):
    for name in ("one", "two"):
        export_records(tmp_path / name)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("one", "two"))
    assert one == two
    assert len(one) == 8


def test_a_draft_is_not_exported(house, tmp_path, expert):
    brief = KnowledgeBrief.objects.get()
    brief.body = "Not yet."
    brief.save_revision(user=expert)
    draft_page(KnowledgeBrief, title="Secret", body="x", by=expert, at=NOON)
    export_records(tmp_path, section="briefs")
    (file,) = tmp_path.glob("*/*.md")
    assert "Not yet." not in file.read_text()


def test_exporting_again_updates_and_removes(house, tmp_path, process_owner):
    export_records(tmp_path)
    withdraw_page(LessonLearned.objects.get(title="Another wet"), reason="Wrong.", by=process_owner, at=NOON)
    export_records(tmp_path)
    assert len(list(tmp_path.glob("lessons/*.md"))) == 1
    assert len(list(tmp_path.glob("*/*.md"))) == 6


def test_what_no_export_wrote_is_left_alone(house, tmp_path):
    (tmp_path / "notes.md").write_text("Mine.")
    with pytest.raises(CommandError, match=r"holds notes\.md, which no export has written"):
        call_command("export_records", str(tmp_path), stderr=StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["notes.md"]


def test_the_report_says_what_is_left_out(house, tmp_path):
    report = tmp_path / "report.json"
    call_command("export_records", str(tmp_path / "out"), "--report", str(report), stdout=StringIO(), stderr=StringIO())
    told = json.loads(report.read_text())
    assert told["exported"] == len(told["records"]) == 7
    assert {"file", "number", "title", "notes"} == set(told["records"][0])
    assert any("readings" in note for note in told["notes"])


def restrict(page, *groups, kind="groups"):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    restriction.groups.set(groups)


def test_who_may_read_a_page_is_restored(house, tmp_path, expert, empty_house):
    restrict(house["Straps"], Group.objects.get(name=EXPERTS))
    export_records(tmp_path)
    empty_house()
    imported(tmp_path, expert)
    page, rosa = KnowledgeBrief.objects.get(), member("rosa")
    assert may_see(expert, page)
    assert not may_see(rosa, page)
    assert imported(tmp_path, expert).unchanged == 7


def test_a_page_of_a_group_that_is_not_here_is_for_administrators(administrator, house, tmp_path, expert, empty_house):
    group = Group.objects.create(name="Board")
    restrict(house["Straps"].get_parent(), group)
    export_records(tmp_path)
    empty_house()
    line = next(line for line in imported(tmp_path, expert).lines if line["title"] == "Straps")
    page = KnowledgeBrief.objects.get()
    assert may_see(administrator, page)
    assert not may_see(expert, page)
    assert "no group Board here" in line["notes"][0]


def test_an_import_closes_a_page_and_never_opens_one(house, tmp_path, expert):
    export_records(tmp_path / "open")
    restrict(house["Straps"], Group.objects.get(name=EXPERTS))
    imported(tmp_path / "open", expert)
    export_records(tmp_path / "closed")
    rosa = member("rosa")
    assert not may_see(rosa, house["Straps"])
    PageViewRestriction.objects.all().delete()
    imported(tmp_path / "closed", expert)
    assert not may_see(rosa, house["Straps"])


def test_what_stands_behind_a_password_stays_there(house, tmp_path):
    restrict(house["Straps"], kind="password")
    export = export_records(tmp_path)
    assert not (tmp_path / "briefs").exists()
    assert any(house["Straps"].number in note for note in export.notes)


@pytest.fixture
def picture(empty_house):
    data = BytesIO()
    Picture.new("RGB", (4, 4), "red").save(data, "png")
    return get_image_model().objects.create(title="Red", file=ContentFile(data.getvalue(), "red.png"))


def test_pictures_and_documents_come_along(put, picture, tmp_path, expert, empty_house):
    paper = get_document_model().objects.create(title="Paper", file=ContentFile(b"Text.", "paper.txt"))
    put(Process, "Red", body=f"![Red](image:{picture.pk}) and [paper](doc:{paper.pk})")
    export_records(tmp_path)
    assert imported(tmp_path, expert).unchanged == 1
    empty_house()
    imported(tmp_path, expert)
    red, sheet = get_image_model().objects.get(), get_document_model().objects.get()
    assert (red.title, sheet.title) == ("Red", "Paper")
    assert Process.objects.get().body == f"![Red](image:{red.pk}) and [paper](doc:{sheet.pk})"
    assert imported(tmp_path, expert).unchanged == 1


def test_a_number_that_is_taken_is_not_given_twice(put, tmp_path, expert, empty_house):
    put(KnowledgeBrief, "First", body="x")
    export_records(tmp_path)
    empty_house()
    put(KnowledgeBrief, "Another", body="y")
    (line,) = imported(tmp_path, expert).lines
    assert KnowledgeBrief.objects.get(title="First").number == "BRF-0002"
    assert "BRF-0001 is another’s here" in line["notes"][0]


def test_who_is_not_known_here_is_said_and_left_out(put, tmp_path, expert, empty_house):
    emma = member("emma")
    put(KnowledgeBrief, "First", body="x", accountable=emma, experts=[emma, expert])
    export_records(tmp_path)
    empty_house()
    (line,) = imported(tmp_path, expert).lines
    assert "emma: nobody here" in line["notes"][0]
    assert list(KnowledgeBrief.objects.get().experts.all()) == [expert]


def test_what_was_withdrawn_here_is_not_brought_back(house, tmp_path, process_owner):
    export_records(tmp_path)
    withdraw_page(house["Straps"].specific, reason="Wrong.", by=process_owner, at=NOON)
    outcome = import_records(tmp_path, by=process_owner, at=NOON)
    assert (outcome.failed, outcome.unchanged) == (1, 6)
    assert "withdrawn here" in next(line["problem"] for line in outcome.lines if line["problem"])


def test_a_file_that_cannot_be_read_fails_alone(house, tmp_path, expert, empty_house):
    export_records(tmp_path)
    (file,) = tmp_path.glob("briefs/*.md")
    file.write_text(file.read_text().replace("kind: brief", "kind: poem"))
    empty_house()
    outcome = import_records(tmp_path, by=expert, at=NOON)
    assert (outcome.failed, outcome.imported) == (1, 6)


MARKDOWN = ("context", "drivers", "outcome", "consequences", "confirmation", "more_information", "body")


class AnyText(TestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(TEXTS, min_size=len(MARKDOWN), max_size=len(MARKDOWN)), TEXTS)
    def test_any_text_comes_back_as_it_was(self, texts, makers):
        emil = member("emil")
        start = transaction.savepoint()
        fields = dict(zip(MARKDOWN, texts, strict=True)) | {"decision_makers": makers}
        page = draft_page(DecisionRecord, title="Any", by=emil, at=NOON, **fields)
        publish(page, by=emil, at=NOON, **change())
        with TemporaryDirectory() as folder:
            export_records(Path(folder))
            transaction.savepoint_rollback(start)
            imported(Path(folder), emil)
        again = DecisionRecord.objects.get()
        assert {name: getattr(again, name) for name in fields} == fields


def test_an_edition_of_what_came_back_says_so(house, tmp_path, expert, empty_house):
    export_records(tmp_path)
    empty_house()
    imported(tmp_path, expert)
    assert {thawed(edition)["number"] for edition in Edition.objects.all()} == {
        page.number for page in KnowledgePage.objects.all()
    }
