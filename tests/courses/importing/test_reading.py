"""Which format a file has is told by what it holds; what is no file of questions is named once, with the reason."""

import time
from pathlib import Path

import pytest
from django.conf import settings

from courses.exporting import write
from courses.importing import FORMATS, read_each, read_file

CORPUS = Path(settings.BASE_DIR).parent / "shared" / "data" / "dev" / "quizzes"
GIFT = "::é::Größe?{=ä ~ö}"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("::a::Q{=a ~b}", "gift"),
        ("$CATEGORY: a\n\nQ", "gift"),
        ("{ =Asia } is large.", "gift"),
        ("[html]<p>Q</p>{T}", "gift"),
        ("<b>Q</b>{=a ~b}", "gift"),
        ("<quiz></quiz>", "moodle-xml"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><quiz/>", "moodle-xml"),
        ("question,right,wrong\nQ,a,b", "csv"),
        ("Question;Right answer;Wrong answer 1\nQ;a;b", "csv"),
    ],
)
def test_the_format_is_told_by_what_a_file_holds(text, form):
    assert read_file(text.encode(), "questions.txt").format == form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_may_be_in_any_usual_encoding(encoding):
    (found,) = read_file(GIFT.replace("\n", "\r\n").encode(encoding), "a.gift").found
    assert (found.name, found.content.stem, found.content.options[0].text) == ("é", "Größe?", "ä")


@pytest.mark.parametrize(
    ("data", "file", "reason"),
    [
        (b"", "a.gift", "The file is empty."),
        (b"Just words.", "a.txt", "Nothing in it looks like a question."),
        (b"project(${n})", "CMakeLists.txt", "Nothing in it looks like a question."),
        (b"# A quiz\n\n{=a ~b}", "a.md", "This is Markdown"),
        (b'{"a": [1]}', "a.json", "This is JSON"),
        (b"[" * 100_000, "a.json", "This is JSON"),
        (b"<assessmentItem/>", "a.xml", "This is QTI 2, which is not read."),
        (b"<questestinterop/>", "a.xml", "This is QTI 1.2, which is not read."),
        (b"<question_categories/>", "questions.xml", "This is questions.xml of a Moodle backup"),
        (b"<other/>", "a.xml", "This is XML of another kind (<other>)"),
        (b"<quiz><question>", "a.xml", "The file is no well-formed XML"),
        (b"GIF89a\x00\x00", "a.gif", "The file holds null bytes"),
        (b"x" * 20_000_001, "a.gift", "The file is larger than"),
    ],
)
def test_what_is_no_file_of_questions_is_named_once(data, file, reason):
    reading = read_file(data, file)
    (problem,) = reading.problems
    assert (reading.format, reading.found, problem.line) == ("", (), 0)
    assert problem.reason.startswith(reason)


BOMB = "<!DOCTYPE quiz [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "xml",
    [
        f"{BOMB}]><quiz><question type='essay'><questiontext><text>&i;</text></questiontext></question></quiz>",
        "<!DOCTYPE quiz [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><quiz>&x;</quiz>",
        "<!DOCTYPE quiz SYSTEM 'http://127.0.0.1:9/quiz.dtd'><quiz/>",
        "<!DOCTYPE quiz [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]><quiz/>",
        "<quiz>" * 5_000 + "</quiz>" * 5_000,
        "<quiz>&undefined;</quiz>",
    ],
)
def test_xml_loads_nothing_and_grows_to_nothing(xml):
    began = time.process_time()
    reading = read_file(xml.encode(), "quiz.xml")
    assert (reading.format, reading.found, len(reading.failed)) == ("", (), 1)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "text",
    [
        "<quiz>"
        + "<question type='cloze'><questiontext><text>"
        + "{1:MC:" * 15_000
        + "</text></questiontext></question></quiz>",
        "<quiz><question type='essay'><questiontext format='html'><text><![CDATA[<pre>"
        + " " * 90_000
        + "]]></text></questiontext></question></quiz>",
        "question,right\n" + "-" * 90_000 + "x|,true",
        "\n" * 500_000 + "x",
        "question,right\n" + '"' * 100_001,
        ",".join(["question", "right", *["option"] * 5_000]) + "\n" + "a," * 20_000,
    ],
)
def test_no_text_takes_long(text):
    began = time.process_time()
    read_file(text.encode(), "file")
    assert time.process_time() - began < 3


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.gift").write_text(GIFT, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.gift").symlink_to(tmp_path / "secret.gift")
    ((file, reading),) = read_each(tmp_path / "in")
    assert (file.name, reading.found) == ("link.gift", ())
    assert "link that leads out" in reading.problems[0].reason


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{CORPUS} is not here")
def test_every_file_of_the_corpus_is_read_or_named():
    readings = dict(read_each(CORPUS))
    assert len(readings) == sum(path.is_file() for path in CORPUS.rglob("*"))
    assert all(reading.problems for reading in readings.values() if not reading.format)
    assert {reading.format for reading in readings.values()} >= {"gift", "moodle-xml"}
    asked_for = [file.name for file, reading in readings.items() if file.name.endswith(".gift") and not reading.format]
    assert asked_for == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{CORPUS} is not here")
def test_every_question_of_the_corpus_is_read_or_named():
    """Counted in another way: by the elements of the XML, and by the titles of the GIFT."""
    for file, reading in read_each(CORPUS):
        text = file.path.read_text(encoding="utf-8", errors="replace")
        count = len(reading.found) + len(reading.failed)
        if reading.format == "moodle-xml":
            assert count == text.count("<question type=") - text.count('<question type="category"'), file.name
        elif reading.format == "gift":
            begun = [line for line in text.splitlines() if line.lstrip().startswith("::")]
            assert count >= len(begun), file.name
            assert all(problem.question and problem.line for problem in reading.problems), file.name


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{CORPUS} is not here")
@pytest.mark.parametrize("form", FORMATS)
def test_the_corpus_reads_back_as_it_was_exported(form):
    found = [found for _, reading in read_each(CORPUS) for found in reading.found]
    written = write(found, form)
    assert read_file(written.text.encode(), "", form).found == written.written
    lost = {problem.line for problem in written.problems}
    assert [one for place, one in enumerate(found, 1) if place not in lost and one not in written.written] == []
    assert len(written.written) > 400
