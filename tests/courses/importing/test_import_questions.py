"""Questions come into the bank once, with what changes in their files; nothing of another question is touched."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.actions import import_questions, withdraw_question, write_question
from courses.exporting import write
from courses.importing import read_file
from courses.kinds import SingleChoice, TrueFalse
from courses.models import Question, QuestionVersion
from courses.transfer import carried
from evidence.models import Entry
from tests.courses.quiz_scenes import a_choice
from tests.scenes import NOON

pytestmark = pytest.mark.django_db

GIFT = """$CATEGORY: Fire/Doors

// [id:q-1] [tag:fire]
::First::Which?{=a ~b}

::Second::Is it?{T}

::Broken::What?{~a ~b}

Unnamed?{F}
"""


@pytest.fixture
def file(tmp_path):
    return a_file(tmp_path / "quiz.gift", GIFT)


def a_file(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def bring_in(path, **how):
    return import_questions(path, by=None, at=NOON, **how)


def counts(outcome):
    return outcome.imported, outcome.unchanged, outcome.failed


def named(name):
    return Question.objects.get(name=name)


def versions_of(question):
    return [version.says.stem for version in question.versions.order_by("number")]


def test_questions_come_into_the_bank_with_all_that_their_file_says_of_them(file):
    outcome = bring_in(file)
    first = named("First")
    assert counts(outcome) == (3, 0, 1)
    assert (first.course, first.category, first.external_id) == (None, "Fire/Doors", "q-1")
    assert list(first.tags.names()) == ["fire"]
    assert isinstance(first.versions.get().says, SingleChoice)
    assert Question.objects.get(name="").versions.get().says == TrueFalse(stem="Unnamed?", is_true=False)


def test_the_report_accounts_for_each_question_and_each_file(file, tmp_path):
    a_file(tmp_path / "notes.md", "# Notes")
    report = bring_in(tmp_path).as_report()
    assert (report["imported"], report["unchanged"], report["failed"], report["not_read"]) == (3, 0, 1, 1)
    notes, quiz = report["files"]
    assert (notes["file"], notes["format"], notes["questions"]) == ("notes.md", None, 0)
    assert (quiz["file"], quiz["format"], quiz["questions"], quiz["imported"]) == ("quiz.gift", "gift", 4, 3)
    (problem,) = quiz["problems"]
    assert (problem["question"], problem["line"]) == ("Broken", 8)
    assert problem["reason"] == "No answer is right. Give at least one of them a share above 0 %."


def test_a_second_import_changes_nothing(file):
    bring_in(file)
    before = QuestionVersion.objects.count(), Entry.objects.count()
    assert counts(bring_in(file)) == (0, 3, 1)
    assert counts(bring_in(file.parent)) == (0, 3, 1)
    assert (QuestionVersion.objects.count(), Entry.objects.count()) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(file):
    told = bring_in(file, dry_run=True)
    assert not Question.objects.exists()
    assert told == bring_in(file)


def test_what_has_changed_in_the_file_is_another_version(file):
    bring_in(file)
    file.write_text(GIFT.replace("Which?", "Which one?").replace("Is it?", "Is it so?"), encoding="utf-8")
    assert counts(bring_in(file)) == (2, 1, 1)
    assert versions_of(named("First")) == ["Which?", "Which one?"]
    assert versions_of(named("Second")) == ["Is it?", "Is it so?"]


def test_another_category_or_other_tags_make_no_version(file):
    bring_in(file)
    file.write_text(
        GIFT.replace("Fire/Doors\n\n// [id:q-1] [tag:fire]", "Gates\n\n// [id:q-1] [tag:a]"), encoding="utf-8"
    )
    bring_in(file)
    first = named("First")
    assert (first.category, list(first.tags.names()), versions_of(first)) == ("Gates", ["a"], ["Which?"])


def test_what_was_changed_here_stays_while_the_file_does_not_change(file):
    bring_in(file)
    write_question(a_choice(stem="Ours?"), question=named("First"), by=None, at=NOON)
    assert counts(bring_in(file)) == (0, 3, 1)
    assert versions_of(named("First")) == ["Which?", "Ours?"]


def test_files_whose_questions_have_the_same_names_do_not_meet(tmp_path):
    for folder in ("one", "two"):
        a_file(tmp_path / folder / "quiz.gift", f"::Q1::Which of {folder}?{{T}}\n\n::Q1::Again?{{F}}")
    assert counts(bring_in(tmp_path)) == (4, 0, 0)
    assert counts(bring_in(tmp_path / "two" / "quiz.gift")) == (0, 2, 0)
    assert counts(bring_in(tmp_path)) == (0, 4, 0)


def test_of_two_questions_with_one_identifier_the_second_is_named(tmp_path):
    file = a_file(tmp_path / "quiz.gift", "// [id:7]\n::A::Q?{T}\n\n// [id:7]\n::B::R?{F}")
    outcome = bring_in(file)
    assert counts(outcome) == (1, 0, 1)
    assert outcome.files[0]["problems"][0]["reason"].startswith("Its identifier, 7, is that of a question before it.")


def test_a_question_that_was_withdrawn_stays_so(file):
    bring_in(file)
    withdraw_question(named("First"), reason="Too easy.", by=None, at=NOON)
    file.write_text(GIFT.replace("Which?", "Which one?"), encoding="utf-8")
    outcome = bring_in(file)
    assert counts(outcome) == (0, 2, 2)
    assert "It has been withdrawn here" in outcome.files[0]["problems"][0]["reason"]


def test_drafts_are_asked_by_no_quiz(file):
    bring_in(file, is_draft=True)
    assert not QuestionVersion.objects.ready().exists()
    assert counts(bring_in(file, is_draft=True)) == (0, 3, 1)


def test_what_is_too_long_is_cut_and_noted(tmp_path):
    gift = f"$CATEGORY: {'c' * 300}\n\n// [id:{'i' * 199}] [tag:{'t' * 120}]\n::{'n' * 220}::Q?{{T}}"
    file = a_file(tmp_path / "quiz.gift", gift)
    outcome = bring_in(file)
    assert [problem["reason"][:20] for problem in outcome.files[0]["problems"]] == [
        "Its name is cut afte",
        "Its category is cut ",
        "Tags of more than 10",
    ]
    assert counts(bring_in(file)) == (0, 1, 0)


def test_importing_again_takes_no_more_queries_for_more_questions(tmp_path):
    taken = []
    for number in (3, 30):
        gift = "\n\n".join(f"// [tag:a]\n::{place}::Q{place}?{{T}}" for place in range(number))
        file = a_file(tmp_path / f"{number}.gift", gift)
        bring_in(file)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert counts(bring_in(file)) == (0, number, 0)
        taken.append(len(captured))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("form", ["gift", "moodle-xml", "csv"])
def test_what_is_exported_is_known_again(file, tmp_path, form):
    bring_in(file)
    write_question(a_choice(stem="Written here?"), by=None, at=NOON)
    found, problems = carried(Question.objects.all())
    written = write(found, form)
    assert len(found) == 4
    assert not problems
    exported = tmp_path / "out"
    exported.write_bytes(written.text.encode())
    expected = len(written.written), len(written.problems)
    outcome = bring_in(exported, form=form)
    assert (outcome.imported + outcome.unchanged, outcome.failed) == (4, 0)
    assert outcome.unchanged == 4 - len({problem.question for problem in written.problems}), expected


def test_drafts_and_what_was_withdrawn_are_not_exported_but_named(file):
    bring_in(file)
    withdraw_question(named("First"), reason="Too easy.", by=None, at=NOON)
    write_question(a_choice(), name="New", is_draft=True, by=None, at=NOON)
    found, problems = carried(Question.objects.all())
    assert {problem.question for problem in problems} == {"First", "New"}
    assert {one.name for one in found} == {"Second", ""}


def test_exporting_more_takes_no_more_queries(tmp_path):
    taken = []
    for number in (3, 30):
        gift = "\n\n".join(f"// [tag:a]\n::{place}::Q{place}?{{T}}" for place in range(number))
        bring_in(a_file(tmp_path / f"{number}.gift", gift))
        with CaptureQueriesContext(connection) as captured:
            carried(Question.objects.all())
        taken.append(len(captured))
    assert taken[0] == taken[1]


def test_the_commands_import_and_export(file, tmp_path, capsys):
    report, out = tmp_path / "report.json", tmp_path / "out.xml"
    call_command("import_questions", file, report=report)
    assert "3 imported, 0 unchanged, 1 not imported" in capsys.readouterr().out
    assert json.loads(report.read_text(encoding="utf-8"))["imported"] == 3
    call_command("export_questions", out, category="Fire", report=report)
    assert len(read_file(out.read_bytes(), out.name).found) == 3
    assert json.loads(report.read_text(encoding="utf-8")) == {"exported": 3, "problems": []}
    call_command("import_questions", file, dry_run=True)
    assert "“Broken”: No answer is right." in capsys.readouterr().out


def test_the_commands_refuse_what_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_questions", tmp_path / "none")
    with pytest.raises(CommandError, match="does not tell the format"):
        call_command("export_questions", tmp_path / "out.txt")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_questions", tmp_path / "none" / "out.xml")
