"""The courses and questions in the sample's files."""

from collections import Counter
from dataclasses import replace

import pytest

from courses.kinds import KINDS, WHOLE, Description, FreeText, Matching, MissingWords, Numerical, encoded
from courses.models import Reveals
from people.groups import EXPERTS
from sample.checking import problems
from sample.making import ContentRefused
from sample.questions import Draw, Written
from sample.reading_courses import bank_in, course_in
from sample.timeline import AskEvent, timeline


@pytest.fixture(scope="session")
def questions(brisk):
    return [question for asking in (*brisk.courses.values(), brisk.bank) for question in asking.questions]


def test_there_are_eighty_questions_and_each_kind_several_times(questions):
    kinds = Counter(question.says.kind for question in questions)
    assert sum(kinds.values()) > 80
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) > 1


def test_each_question_can_be_answered_and_its_right_answer_is_worth_the_whole(questions):
    for question in questions:
        for says in filter(None, [question.says, question.earlier]):
            says.check()
            if not isinstance(says, FreeText | Description):
                assert says.worth(says.right()) == WHOLE, says.stem


def test_each_brief_that_a_course_reads_is_tested_by_a_question(brisk, questions):
    read = {key for course in brisk.courses.values() for key in course.readings}
    assert {question.tests for question in questions} == read


def test_each_question_says_why_and_so_does_each_wrong_answer_that_is_foreseen(questions):
    for question in questions:
        says = question.says
        assert says.explanation or isinstance(says, Description), says.stem
        for foreseen in (*getattr(says, "options", ()), *getattr(says, "answers", ())):
            assert isinstance(says, MissingWords) or foreseen.feedback, says.stem


def test_quizzes_are_taken_in_every_way(brisk):
    courses = brisk.courses.values()
    assert any(course.minutes for course in courses)
    assert any(course.shuffles for course in courses)
    assert any(course.one_a_page for course in courses)
    assert any(course.assessor for course in courses)
    assert any(course.draws for course in courses)
    assert {course.reveals for course in courses} == set(Reveals.values) - {Reveals.CLOSED}
    assert sum(question.misleads for course in courses for question in course.questions) == 1
    assert any(question.nobody for course in courses for question in course.questions)


def test_authors_may_write_and_no_assessor_is_asked_to_learn_what_they_mark(brisk):
    for asking in (*brisk.courses.values(), brisk.bank):
        assert EXPERTS in brisk.people[asking.author].groups, asking.author
    for course in (it for it in brisk.courses.values() if it.assessor):
        asked = {(it.kind, it.ground) for it in brisk.requirements if it.competence == course.teaches}
        assert not asked & {("role", role) for role in brisk.people[course.assessor].roles}


def test_points_tags_difficulty_and_partial_credit_are_there(questions):
    assert {question.says.points for question in questions} == {1, 2, 3}
    assert {question.difficulty for question in questions} == {"", "easy", "medium", "hard"}
    assert any(question.tags for question in questions)
    assert any(question.competence for question in questions)
    assert any(getattr(question.says, "is_whole", True) is False for question in questions)


def test_a_question_is_confirmed_once_an_edition_has_changed_its_passage(brisk):
    events = [event for event in timeline(brisk) if isinstance(event.about, AskEvent)]
    days = [
        event.day
        for event in events
        if event.about.question.says.stem == "A day's charge, by who takes most of it. Largest first."
    ]
    assert days == [brisk.courses["power"].day, brisk.pages["power-budget"].editions[-1].day + 14]


WHO = {"tests": "water", "passage": "What to say"}
ASKED = {"because": "So it is.", **WHO}


def read(**given):
    return bank_in("bank.yaml", {"author": "ada", "day": -9, "questions": [given]}).questions[0]


def test_words_that_are_missing_stand_in_the_text():
    says = read(kind="missing-words", ask="From [[15|5]] to [[ 25 |35|45]] °C.", **ASKED).says
    assert says.stem == "From [[1]] to [[2]] °C."
    assert [word.text for word in says.filled] == ["15", "25"]
    assert says.sheet().offers == ((0, 1), (2, 3, 4))


def test_numbers_are_what_is_written():
    answers = [{"right": 0.1, "within": 0.01, "feedback": ""}, {"partly": "1/3", "worth": 0.5, "feedback": ""}]
    says = read(kind="numerical", ask="?", answers=answers, units={"V": 1, "mV": 1000}, **ASKED).says
    assert isinstance(says, Numerical)
    assert encoded(says)["answers"][0] | {"feedback": ""} == {
        "value": "1/10",
        "tolerance": "1/100",
        "worth": "1",
        "feedback": "",
        "is_relative": False,
    }
    assert [str(answer.worth) for answer in says.answers] == ["1", "1/2"]


def test_with_partial_credit_a_wrong_option_takes_what_a_right_one_brings():
    options = [{side: text, "feedback": ""} for side, text in (("right", "a"), ("right", "b"), ("wrong", "c"))]
    says = read(kind="multiple", ask="?", options=options, partial_credit=True, **ASKED).says
    assert [str(option.worth) for option in says.options] == ["1/2", "1/2", "-1/2"]


def test_pairs_keep_their_order():
    says = read(kind="matching", ask="?", pairs={"b": "2", "a": "1"}, distractors=["3"], **ASKED).says
    assert isinstance(says, Matching)
    assert says.right() == {"placed": [0, 1]}
    assert says.sheet().options == ("2", "1", "3")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "riddle", "ask": "?"}, "'riddle' is none of single, multiple"),
        ({"ask": "?"}, "None is none of single"),
        ({"kind": "ordering", "ask": "?"}, "a Ordering lacks 'items'"),
        ({"kind": "ordering", "ask": "?", "items": ["a", "b"], "options": []}, "does not know 'options'"),
        ({"kind": "true-false", "ask": "?", "right": True}, "lacks 'feedback'"),
        ({"kind": "single", "ask": "?", "options": [{"right": "a"}]}, "a Choice lacks 'feedback'"),
        (
            {"kind": "single", "ask": "?", "options": [{"right": "a", "wrong": "b", "feedback": ""}]},
            "whether it is right, wrong or partly right",
        ),
        (
            {"kind": "single", "ask": "?", "options": [{"right": True, "feedback": ""}]},
            "True is no text. Put it between",
        ),
        ({"kind": "single", "ask": "?", "options": [{"partly": "a", "feedback": ""}]}, "a worth if it is partly right"),
        ({"kind": "numerical", "ask": "?", "answers": [{"right": "many", "feedback": ""}]}, "'many' is no number"),
        (
            {"kind": "ordering", "ask": "?", "items": ["a"], "earlier": {"kind": "description", "ask": "!", "day": 1}},
            "asked earlier does not know 'day'",
        ),
    ],
)
def test_a_slip_in_a_question_is_refused(given, sentence):
    with pytest.raises(ContentRefused, match=sentence):
        read(**given, **WHO)


def test_a_file_without_questions_is_refused():
    with pytest.raises(ContentRefused, match="has no questions"):
        course_in("course.yaml", "course", {"title": "Nothing"})


def _with_course(brisk, key, **changed):
    return replace(brisk, courses={**brisk.courses, key: replace(brisk.courses[key], **changed)})


def _with_question(brisk, key, place, **changed):
    questions = list(brisk.courses[key].questions)
    questions[place] = replace(questions[place], **changed)
    return _with_course(brisk, key, questions=tuple(questions))


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (lambda it: _with_course(it, "power", author="nobody"), "names the person 'nobody'"),
        (lambda it: _with_course(it, "power", reveals="maybe"), "'maybe', which is none of passed"),
        (lambda it: _with_course(it, "taking-over", assessor=""), "names nobody who marks it"),
        (lambda it: _with_course(it, "power", draws=()), "is drawn by no course"),
        (lambda it: _with_course(it, "power", draws=(Draw("charge", 40),)), "draws 40 tagged 'charge', of which there"),
        (lambda it: _with_course(it, "power", draws=(Draw("microamperes", 1),)), "is not among what the course draws"),
        (lambda it: _with_course(it, "water-skin", draws=(Draw("charge", 1),)), "draws what tests 'power-budget'"),
        (lambda it: _with_question(it, "power", 0, tests="water"), "which the course does not ask to read"),
        (lambda it: _with_question(it, "power", 0, passage="Luck"), "'Luck' that 'power-budget' does not have on day"),
        (lambda it: _with_question(it, "power", 0, day=-40), "on which no edition of 'power-budget' was published"),
        (lambda it: _with_question(it, "power", 0, difficulty="odd"), "is 'odd', which is none of easy"),
        (lambda it: _with_question(it, "power", 0, competence="juggling"), "names the competence 'juggling'"),
        (lambda it: _with_question(it, "power", 0, misleads=True), "which only a single choice does"),
        (lambda it: _with_question(it, "power", 0, says=Matching(stem="?", pairs=())), "At least two pairs"),
        (lambda it: _with_question(it, "power", 0, written=(Written("a", (0,)),)), "and asks for no free text"),
        (lambda it: _with_question(it, "taking-over", -1, written=()), "needs one text that is worth the whole"),
        (lambda it: _with_question(it, "taking-over", -1, written=(Written("a", (9,)),)), "Choose one level for each"),
    ],
)
def test_what_does_not_fit_of_courses_is_named(brisk, broken, sentence):
    assert any(sentence in problem for problem in problems(broken(brisk)))
