from datetime import timedelta
from fractions import Fraction

import pytest

from competence.models import Proof
from courses.actions import regrade_question, submit_attempt, write_question
from courses.kinds import WHOLE, FreeText, Option, SingleChoice
from courses.models import Assignment, Attempt, Regrade, Slot, Treatment
from courses.regrade_plan import OWN, Turn, plan_of
from evidence.models import Listing
from people.refusals import Refused
from tests.courses.quiz_scenes import a_choice, a_course, a_question, an_attempt, answers_of, asked_for
from tests.scenes import NOON, TODAY, hire

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=3)


def taken(course, *, right, person=None):
    """By someone who answers the first `right` of the questions as their keys say, and the others “Full”."""
    person = person or hire(role="Packer")
    attempt = an_attempt(course, person)
    return submit_attempt(attempt, answers=answers_of(attempt, right=right), by=person, at=NOON)


def corrected(question, *, right="Full"):
    """Another version, by which another option is the right one."""
    options = tuple(Option(text, WHOLE if text == right else Fraction(0)) for text in ("About half", "Full", "Empty"))
    content = SingleChoice(stem="How full, then?", options=options)
    return a_question(question.course, content, question=question, at=LATER)


def regrade(question, treatment, key=None, *, reason="The key was wrong.", by=None):
    plan = plan_of(question, treatment, key, by=by)
    told = {"treatment": treatment, "key": key, "reason": reason, "seen": plan.seen}
    return regrade_question(question, **told, by=by, at=LATER)


def now(attempt):
    result = Attempt.objects.get(pk=attempt.pk).in_force
    return result.points, result.points_possible, result.passed


def standing(attempt):
    return Proof.objects.standing().filter(person=attempt.person)


def last(course):
    return course.questions.last()


@pytest.fixture
def course():
    """Two questions, of which both must be right."""
    course = a_course(pass_percent=100)
    asked_for(course)
    return course


@pytest.mark.databases
def test_who_passes_by_it_has_shown_it_on_the_day_they_handed_it_in(course):
    attempt = taken(course, right=1)
    assert Assignment.objects.get(person=attempt.person).until is None
    regrade(last(course), Treatment.KEY, corrected(last(course)))
    assert now(attempt) == (2, 2, True)
    proof = standing(attempt).get()
    assert (proof.since, proof.certificate.attempt) == (TODAY, attempt)
    assert Assignment.objects.get(person=attempt.person).until == LATER.date()
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (1, False)  # as it was, it is kept


@pytest.mark.databases
def test_who_no_longer_passes_has_not_shown_it_and_is_asked_again(course):
    attempt = taken(course, right=2)
    was = standing(attempt).get()
    regrade(last(course), Treatment.KEY, corrected(last(course)))
    assert now(attempt) == (1, 2, False)
    assert not standing(attempt).exists()
    assert (was.corrected_by.void, was.corrected_by.corrected_because) == (
        True,
        "The quiz that it rests on was regraded.",
    )
    assert Assignment.objects.filter(person=attempt.person, until=None).exists()


def test_what_another_attempt_shows_stays_shown(course):
    person = hire(role="Packer")
    first, second = (taken(course, right=2, person=person) for _ in range(2))
    question = last(course)
    newer = corrected(question)
    third = an_attempt(course, person, at=NOON + timedelta(hours=1))
    submit_attempt(third, answers=answers_of(third), by=person, at=NOON + timedelta(hours=1))
    regrade(question, Treatment.KEY, newer)
    assert [now(attempt)[2] for attempt in (first, second, third)] == [False, False, True]
    assert [proof.certificate.attempt for proof in standing(third)] == [third]


@pytest.mark.parametrize(
    ("treatment", "right", "expected"),
    [
        (Treatment.EVERYONE, 1, (2, 2, True)),
        (Treatment.EVERYONE, 0, (1, 2, False)),
        (Treatment.NOT_COUNTED, 1, (1, 1, True)),
        (Treatment.NOT_COUNTED, 0, (0, 1, False)),
        (Treatment.NOT_COUNTED, 2, (1, 1, True)),
    ],
)
def test_a_treatment_counts_alike_for_everyone(course, treatment, right, expected):
    attempt = taken(course, right=right)
    regrade(last(course), treatment)
    assert now(attempt) == expected
    assert standing(attempt).exists() == expected[2]


def test_the_same_again_changes_nothing(course):
    attempt = taken(course, right=1)
    regrade(last(course), Treatment.EVERYONE)
    with pytest.raises(Refused, match="No result would change"):
        regrade(last(course), Treatment.EVERYONE)
    assert (Regrade.objects.count(), standing(attempt).count()) == (1, 1)


def test_a_regrade_can_be_taken_back_and_made_again(course):
    """Each time the proof is another: what was voided is not shown again."""
    attempt, first = taken(course, right=1), last(course).versions.get()
    for treatment, key, passes in (
        (Treatment.EVERYONE, None, True),
        (Treatment.KEY, first, False),
        (Treatment.EVERYONE, None, True),
    ):
        regrade(last(course), treatment, key)
        assert (now(attempt)[2], standing(attempt).count()) == (passes, int(passes))


def test_regrades_of_several_questions_combine_and_a_later_one_takes_the_place_of_an_earlier(course):
    attempt, (first, second) = taken(course, right=0), course.questions.all()
    regrade(first, Treatment.EVERYONE)
    regrade(second, Treatment.NOT_COUNTED)
    assert now(attempt) == (1, 1, True)
    regrade(second, Treatment.KEY, second.versions.get())
    assert now(attempt) == (1, 2, False)


def test_those_who_were_given_other_options_or_are_the_regrader_are_left_out(course):
    others, own = taken(course, right=1), taken(course, right=1)
    question = last(course)
    options = (Option("Full", WHOLE), Option("Half"))
    key = a_question(course, SingleChoice(stem="?", options=options), question=question, at=LATER)
    plan = plan_of(question, Treatment.KEY, key, by=own.person)
    assert {one.attempt: one.because for one in plan.left_out} == {
        others: "They were given other options, or in other places.",
        own: OWN,
    }
    assert plan.changes == []
    assert [change.attempt for change in plan_of(question, Treatment.EVERYONE, None, by=own.person).changes] == [others]


def test_a_question_of_the_bank_is_regraded_in_every_course_that_asked_it():
    version = write_question(a_choice(), course=None, by=None, at=NOON)
    courses = [a_course(questions=0, pass_percent=100) for _ in range(2)]
    for one in courses:
        Slot.objects.create(course=one, question=version.question)
    attempts = [taken(one, right=0) for one in courses]
    regrade(version.question, Treatment.EVERYONE)
    assert [(now(attempt)[2], standing(attempt).count()) for attempt in attempts] == [(True, 1)] * 2


def test_what_waits_for_an_assessor_is_said_and_a_marked_text_has_no_key():
    course = a_course(questions=1, pass_percent=100)
    version = a_question(course, FreeText(stem="Why?"))
    attempt = an_attempt(course, hire())
    submit_attempt(attempt, answers=_with_a_text(attempt), by=attempt.person, at=NOON)
    plan = plan_of(version.question, Treatment.EVERYONE, None, by=None)
    assert (plan.changes, plan.waiting) == ([], 1)
    with pytest.raises(Refused, match="No result would change"):
        regrade(version.question, Treatment.KEY, version)


def _with_a_text(attempt):
    return {
        asked.pk: {"text": "So."} if asked.version.kind == FreeText.kind else asked.version.says.right()
        for asked in attempt.asked.all()
    }


def test_it_acts_on_nothing_but_what_was_shown(course):
    taken(course, right=1)
    question = last(course)
    plan = plan_of(question, Treatment.EVERYONE, None, by=None)
    taken(course, right=0)
    with pytest.raises(Refused, match="no longer what you were shown"):
        regrade_question(question, treatment=Treatment.EVERYONE, reason="Wrong.", seen=plan.seen, by=None, at=LATER)
    assert not Regrade.objects.exists()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"reason": " "}, "Say why"),
        ({"reason": "x" * 201}, "Shorten it"),
        ({"treatment": Treatment.KEY}, "Choose how"),
        ({"treatment": "nonsense"}, "Choose how"),
    ],
)
def test_what_is_not_said_is_asked_for(course, told, why):
    taken(course, right=1)
    seen = plan_of(last(course), Treatment.EVERYONE, None, by=None).seen
    given = {"treatment": Treatment.EVERYONE, "reason": "Wrong.", "seen": seen} | told
    with pytest.raises(Refused, match=why):
        regrade_question(last(course), **given, by=None, at=LATER)


def test_a_key_of_another_question_is_refused(course):
    attempt = taken(course, right=1)
    with pytest.raises(Refused, match="none of this question"):
        regrade(last(course), Treatment.KEY, course.questions.first().versions.get())
    assert now(attempt) == (1, 2, False)


def test_it_is_in_the_log_once_and_once_for_each_result(course):
    for right in (0, 1, 2):
        taken(course, right=right)
    done = regrade(last(course), Treatment.EVERYONE)
    kinds = Listing.objects.filter(kind__in=["courses.regraded", "courses.result_regraded"])
    assert sorted(kinds.values_list("kind", flat=True)) == ["courses.regraded"] + ["courses.result_regraded"] * 2
    assert done.results.count() == 2


def test_a_plan_asks_as_much_of_the_database_however_many_took_it(course, django_assert_max_num_queries):
    counts = []
    for _ in range(2):
        for right in (0, 1):
            taken(course, right=right)
        with django_assert_max_num_queries(20) as captured:
            plan = plan_of(last(course), Treatment.EVERYONE, None, by=None)
            assert plan.of(Turn.PASSES)
        counts.append(len(captured))
    assert counts[0] == counts[1]
