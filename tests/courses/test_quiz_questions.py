import json

import pytest

from courses.actions import start_attempt, withdraw_question
from courses.kinds import sha256_of
from courses.models import Question, QuestionVersion
from evidence.models import Entry
from people.refusals import Refused
from tests.courses.quiz_scenes import MULTIPLE, SINGLE, a_brief, a_course, a_question
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db

TWO = [("Yes", True, ""), ("No", False, "")]


@pytest.mark.parametrize(
    ("kind", "stem", "options", "sentence"),
    [
        (SINGLE, "  ", TWO, "has no text. Write what is asked"),
        (SINGLE, "Which?", [], "at least two options"),
        (SINGLE, "Which?", [("Yes", True, "")], "at least two options"),
        (SINGLE, "Which?", [("Yes", True, ""), (" ", False, "")], "An option has no text"),
        (SINGLE, "Which?", [("Yes", True, ""), ("Yes ", False, "")], "Two options say the same"),
        (SINGLE, "Which?", [("Yes", False, ""), ("No", False, "")], "No option is worth the whole"),
        (MULTIPLE, "Which?", [("Yes", False, ""), ("No", False, "")], "at least one right option"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_and_nothing_is_written(kind, stem, options, sentence):
    course = a_course(questions=0)
    with pytest.raises(Refused, match=sentence):
        a_question(course, kind=kind, stem=stem, options=options)
    assert not Question.objects.exists()


@pytest.mark.parametrize("right", [1, 2, 3])
def test_a_multiple_choice_question_has_one_right_option_or_more(right):
    options = [(f"Option {place}", place < right, "") for place in range(3)]
    version = a_question(a_course(questions=0), kind=MULTIPLE, options=options)
    assert len(version.says.right()["chosen"]) == right


def test_each_saved_change_is_a_new_version_and_the_old_one_stays():
    course = a_course(questions=0)
    first = a_question(course, stem="How ful?")
    second = a_question(course, stem="How full?", question=first.question)
    assert (second.number, second.stem, second.question) == (2, "How full?", first.question)
    first.refresh_from_db()
    assert (first.stem, len(first.says.options)) == ("How ful?", 3)
    assert list(QuestionVersion.objects.drawn()) == [second]


def test_saving_without_a_change_makes_no_version():
    course = a_course(questions=0)
    first = a_question(course)
    assert a_question(course, question=first.question) == first
    assert QuestionVersion.objects.count() == 1


def test_naming_another_page_that_it_tests_is_a_change():
    course, brief = a_course(questions=0), a_brief()
    first = a_question(course)
    second = a_question(course, question=first.question, tests=brief)
    assert second.number == 2
    assert second.tests_edition.page_id == brief.pk


def test_the_hash_is_of_what_the_version_says():
    version = a_question(a_course(questions=0))
    assert version.sha256 == sha256_of(version.says, version.nonce)


def test_the_hash_does_not_tell_the_right_option_by_trial():
    """Two options, no other words: without the nonce, one of two hashes would give it away."""
    course = a_course(questions=0)
    one = a_question(course, stem="Which?", options=TWO)
    other = a_question(course, stem="Which?", options=TWO)
    assert one.sha256 != other.sha256


def test_the_entry_holds_the_hash_and_no_word_of_the_question():
    version = a_question(a_course(questions=0), stem="Kryptonite?")
    leaf = Entry.objects.get(pk=f"courses.question_written:{version.pk}").leaf
    assert version.sha256.encode() in bytes(leaf)
    assert b"Kryptonite" not in bytes(leaf)
    assert json.loads(bytes(leaf).split(b"\n", 1)[1])["at"].startswith("2026-03-02T12:00:00")


def test_questions_stand_in_the_order_in_which_they_were_written():
    course = a_course(questions=3)
    assert list(course.questions.values_list("position", flat=True)) == [1, 2, 3]


def test_a_question_of_another_course_cannot_be_revised_from_this_one():
    version = a_question(a_course(questions=0))
    with pytest.raises(Refused, match="belongs to another course"):
        a_question(a_course(questions=0), question=version.question, stem="Mine now?")


def test_a_withdrawn_question_is_asked_no_more_and_says_why():
    course = a_course(questions=2)
    gone = course.questions.first()
    withdraw_question(gone, reason="The limit has changed.", by=None, at=NOON)
    attempt = start_attempt(course, by=hire(), at=NOON)
    assert gone not in {asked.version.question for asked in attempt.asked.all()}
    gone.refresh_from_db()
    assert (gone.withdrawn_at, gone.withdrawn_because) == (NOON, "The limit has changed.")


def test_a_question_is_withdrawn_once():
    question = a_course(questions=1).questions.get()
    withdraw_question(question, reason="Wrong.", by=None, at=NOON)
    again = withdraw_question(question, reason="Another reason.", by=None, at=NOON)
    assert again.withdrawn_because == "Wrong."


def test_a_question_is_not_withdrawn_without_a_reason():
    question = a_course(questions=1).questions.get()
    with pytest.raises(Refused, match="Say why"):
        withdraw_question(question, reason=" ", by=None, at=NOON)


def test_a_withdrawn_question_cannot_be_revised():
    course = a_course(questions=1)
    question = course.questions.get()
    withdraw_question(question, reason="Wrong.", by=None, at=NOON)
    with pytest.raises(Refused, match="has been withdrawn"):
        a_question(course, question=question, stem="Again?")
