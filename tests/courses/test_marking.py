from datetime import timedelta
from fractions import Fraction

import pytest

from competence.models import Proof
from courses.actions import mark_answer, submit_attempt
from courses.models import Attempt
from courses.permissions import may_mark
from evidence.models import Listing
from people.groups import EXPERTS, HR
from people.refusals import Refused
from tests.courses.kinds_of_question import OF_EACH_KIND
from tests.courses.quiz_scenes import a_course, a_question, an_attempt, right_to
from tests.scenes import NOON, TODAY, hire

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


def handed_in(text="Burns spread, and someone must call for help."):
    """A quiz of a choice and a free text, of which the person has answered both."""
    course, person = a_course(questions=1, pass_percent=60), hire()
    a_question(course, OF_EACH_KIND["free-text"])
    attempt = an_attempt(course, person)
    choice, free = attempt.asked.select_related("version")
    submit_attempt(attempt, answers={choice.pk: right_to(choice), free.pk: {"text": text}}, by=person, at=NOON)
    return Attempt.objects.get(pk=attempt.pk), free


def kinds_about_it():
    return list(
        Listing.objects.filter(kind__startswith="courses.a").order_by("recorded_at").values_list("kind", flat=True)
    )


def test_what_an_assessor_is_to_read_waits_for_them_and_proves_nothing_yet():
    attempt, _ = handed_in()
    assert (attempt.submitted_at, attempt.graded_at, attempt.passed) == (NOON, None, None)
    assert list(Attempt.objects.to_mark()) == [attempt]
    assert not Proof.objects.exists()
    assert kinds_about_it() == ["courses.attempt_started", "courses.attempt_handed_in"]


@pytest.mark.parametrize(
    ("levels", "points", "passed"), [([1, 1], 2, True), ([0, 1], Fraction(4, 3), True), ([0, 0], 1, False)]
)
def test_with_the_last_marking_it_is_graded_and_counts_from_the_day_on_which_it_was_written(levels, points, passed):
    attempt, free = handed_in()
    marking = mark_answer(free, levels=levels, comment="Say who calls.", by=hire(), at=LATER)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed, attempt.graded_at, attempt.submitted_at) == (points, passed, LATER, NOON)
    assert [proof.since for proof in Proof.objects.all()] == [TODAY] * passed
    assert marking.comment == "Say who calls."
    assert kinds_about_it()[-2:] == ["courses.answer_marked", "courses.attempt_marked"]


def test_what_nobody_wrote_needs_no_assessor():
    attempt, _ = handed_in(text="  ")
    assert (attempt.points, attempt.passed) == (1, False)


def test_another_look_before_the_result_is_another_marking():
    course, person = a_course(questions=0), hire()
    a_question(course, OF_EACH_KIND["free-text"])
    a_question(course, OF_EACH_KIND["free-text"])
    attempt = an_attempt(course, person)
    answers = {asked.pk: {"text": "Help."} for asked in attempt.asked.all()}
    submit_attempt(attempt, answers=answers, by=person, at=NOON)
    first, second = attempt.asked.all()
    assessor = hire()
    one = mark_answer(first, levels=[0, 0], by=assessor, at=LATER)
    other = mark_answer(first, levels=[1, 1], by=assessor, at=LATER)
    assert other.corrects == one
    mark_answer(second, levels=[1, 1], by=assessor, at=LATER)
    assert Attempt.objects.get().points == 2


def test_nobody_marks_their_own_answer_nor_what_is_not_theirs_to_mark():
    attempt, free = handed_in()
    choice = attempt.asked.first()
    with pytest.raises(Refused, match="Nobody marks their own answer"):
        mark_answer(free, levels=[1, 1], by=attempt.person, at=LATER)
    with pytest.raises(Refused, match="grades this question itself"):
        mark_answer(choice, levels=[1, 1], by=hire(), at=LATER)
    with pytest.raises(Refused, match="one level for each criterion"):
        mark_answer(free, levels=[1], by=hire(), at=LATER)
    mark_answer(free, levels=[1, 1], by=hire(), at=LATER)
    with pytest.raises(Refused, match="regrade the question"):
        mark_answer(free, levels=[0, 0], by=hire(), at=LATER)


def test_the_assessor_that_a_course_names_marks_it_and_else_those_who_write_its_questions():
    attempt, _ = handed_in()
    expert, hr = hire(groups=[EXPERTS]), hire(groups=[HR])
    assert [may_mark(one, attempt) for one in (expert, hr, attempt.person)] == [True, False, False]
    attempt.course.assessor = hr
    attempt.course.save()
    assert [may_mark(one, attempt) for one in (expert, hr, attempt.person)] == [False, True, False]
