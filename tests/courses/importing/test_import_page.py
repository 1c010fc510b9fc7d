"""The page on which a file of questions is looked at, and then imported."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.actions import import_uploaded, start_attempt, write_question
from courses.exporting import write
from courses.importing import Found
from courses.models import Question
from people.groups import EXPERTS
from tests.courses.pages import words_in
from tests.courses.quiz_scenes import a_course
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]

GIFT = "::One::Which?{=a ~b}\n\n::Two::<script>alert(1)</script>What?{~a ~b}"
PAGE = "courses:import-questions"


@pytest.fixture
def author(client):
    person = hire("rosa", groups=[EXPERTS])
    client.force_login(person)
    return person


def send(client, text=GIFT, **more):
    file = SimpleUploadedFile("quiz.gift", text.encode())
    return client.post(reverse(PAGE), {"file": file, **more})


def seen_again(response):
    form = BeautifulSoup(response.content, "html.parser").select_one("main form[method=post]")
    return {field["name"]: field["value"] for field in form.select("input[name]")}


def test_a_file_is_looked_at_before_anything_is_written(client, author):
    response = send(client)
    words = words_in(response.content.decode())
    assert "Nothing has been written yet." in words
    assert "New or changed 1" in words
    assert "No answer is right." in words
    assert b"<script>alert(1)" not in response.content
    assert not Question.objects.exists()


def test_what_was_looked_at_is_imported_without_being_sent_again(client, author):
    again = seen_again(send(client))
    response = client.post(reverse(PAGE), {**again, "do": "import"})
    assert "Questions imported from quiz.gift: 1." in words_in(response.content.decode())
    assert Question.objects.get().versions.get().written_by == author
    assert "As they are already 1" in words_in(send(client).content.decode())


@pytest.mark.parametrize("sent", [{}, {"kept": "no base64!"}, {"kept": "Ärger"}, {"kept": ""}])
def test_nothing_sent_is_said_so(client, author, sent):
    response = client.post(reverse(PAGE), {**sent, "do": "import"})
    assert "Choose a file that is not empty." in words_in(response.content.decode())


def test_a_file_too_large_for_a_page_is_refused(client, author):
    assert "larger than 1 MB" in words_in(send(client, "x" * 1_000_001).content.decode())
    many = "\n\n".join(f"Q{number}{{T}}" for number in range(501))
    assert "a page takes 500" in words_in(send(client, many).content.decode())


def test_nobody_writes_by_a_file_what_they_may_not_write_by_hand(author):
    """Nor learns whether it says the same."""
    course = a_course(questions=1)
    version = course.questions.get().versions.get()
    write_question(version.says, question=version.question, external_id="known", by=None, at=NOON)
    start_attempt(course, by=author, at=NOON)
    same = write([Found(version.says, external_id="known")], "moodle-xml").text
    for text in (same, same.replace("How full", "How empty")):
        outcome = import_uploaded(text.encode(), "a.xml", by=author, at=NOON)
        (problem,) = outcome.files[0]["problems"]
        assert problem["reason"].startswith("Its identifier is that of a question that you may not write to.")
    assert version.question.versions.count() == 1
