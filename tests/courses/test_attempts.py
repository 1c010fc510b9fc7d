import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from competence.models import Proof
from courses.actions import save_answers, start_attempt, submit_attempt, withdraw_question
from courses.models import Attempt
from courses.responses import Posted
from evidence.actions import RecordRefused, record
from evidence.models import Entry
from evidence.questions import entries_about
from people.refusals import Refused
from tests.courses.quiz_scenes import (
    MULTIPLE,
    a_brief,
    a_course,
    a_question,
    an_attempt,
    answers_of,
    read_all,
    right_to,
    save,
)
from tests.scenes import NOON, TODAY, hire

pytestmark = pytest.mark.django_db


def facts_of(key):
    return json.loads(bytes(Entry.objects.get(pk=key).leaf).split(b"\n", 1)[1])["facts"]


def submitted(course, person, *, right=None, at=NOON):
    attempt = an_attempt(course, person, at=at)
    return submit_attempt(attempt, answers=answers_of(attempt, right=right), by=person, at=at)


@pytest.mark.databases
def test_whoever_has_an_attempt_open_goes_on_with_it():
    course, person = a_course(), hire()
    assert start_attempt(course, by=person, at=NOON) == start_attempt(course, by=person, at=NOON)
    assert Attempt.objects.count() == 1


@pytest.mark.databases
def test_the_database_holds_no_second_open_attempt():
    course, person = a_course(), hire()
    attempt = start_attempt(course, by=person, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(course=course, person=person, teaches=attempt.teaches, pass_percent=80, started_at=NOON)


def test_the_readings_come_before_the_quiz():
    one, other = a_brief("Storing cells"), a_brief("Packing cells")
    course, person = a_course(readings=[one, other]), hire()
    with pytest.raises(Refused, match=f"read and acknowledge “{one.title}”, “{other.title}”"):
        start_attempt(course, by=person, at=NOON)
    assert not Attempt.objects.exists()
    read_all(course, person)
    assert start_attempt(course, by=person, at=NOON).asked.count() == 2


def test_a_course_without_questions_cannot_be_taken():
    with pytest.raises(Refused, match="has no questions yet"):
        start_attempt(a_course(questions=0), by=hire(), at=NOON)


def test_a_course_that_is_not_offered_cannot_be_taken():
    course = a_course()
    course.unpublish()
    with pytest.raises(Refused, match="no longer offered"):
        start_attempt(course, by=hire(), at=NOON)


@pytest.mark.databases
def test_an_attempt_pins_the_texts_and_the_questions_as_they_are():
    brief = a_brief()
    course, person = a_course(readings=[brief], questions=1, pass_percent=60), hire()
    attempt = an_attempt(course, person)
    assert [edition.page_id for edition in attempt.editions.all()] == [brief.pk]
    assert (attempt.pass_percent, attempt.teaches) == (60, course.teaches)


def test_a_question_that_changes_during_an_attempt_stays_as_it_was_given():
    course, person = a_course(questions=1), hire()
    attempt = an_attempt(course, person)
    given = attempt.asked.get().version
    options = [("About half", False, ""), ("Full", True, "")]
    a_question(course, question=given.question, options=options)
    answers = answers_of(attempt)
    assert answers[attempt.asked.get().pk] == given.says.right()
    assert submit_attempt(attempt, answers=answers, by=person, at=NOON).passed


def test_a_question_that_is_withdrawn_during_an_attempt_still_counts_in_it():
    course, person = a_course(questions=2), hire()
    attempt = an_attempt(course, person)
    withdraw_question(course.questions.first(), reason="Wrong.", by=None, at=NOON)
    done = submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    assert (done.points, done.points_possible) == (2, 2)


def test_the_latest_version_of_a_question_is_asked():
    course = a_course(questions=0)
    first = a_question(course, stem="How ful?")
    second = a_question(course, stem="How full?", question=first.question)
    assert an_attempt(course, hire()).asked.get().version == second


@pytest.mark.databases
def test_an_answer_is_kept_as_it_was_last_given():
    course, person = a_course(questions=1), hire()
    asked = an_attempt(course, person).asked.get()
    save(asked, {"chosen": [0]}, by=person)
    asked.refresh_from_db()
    save(asked, {"chosen": [1]}, by=person, at=NOON + timedelta(seconds=9))
    asked.refresh_from_db()
    assert (asked.answer, asked.saves, asked.saved_at) == ({"chosen": [1]}, 2, NOON + timedelta(seconds=9))


def test_a_page_that_is_older_than_what_is_saved_takes_nothing_back():
    """Two tabs: the one that was opened first has not seen what was answered in the other."""
    course, person = a_course(questions=2), hire()
    first, second = an_attempt(course, person).asked.all()
    save(first, {"chosen": [0]}, by=person)
    old = [Posted(first, {"chosen": [2]}, seen=0), Posted(second, {"chosen": [1]}, seen=0)]
    assert save_answers(first.attempt, old, by=person, at=NOON) == [first]
    assert [asked.answer for asked in first.attempt.asked.all()] == [{"chosen": [0]}, {"chosen": [1]}]


@pytest.mark.databases
def test_several_options_are_kept_where_several_may_be_chosen():
    course, person = a_course(questions=0), hire()
    a_question(course, kind=MULTIPLE, options=[("One", True, ""), ("Two", True, ""), ("Three", False, "")])
    asked = an_attempt(course, person).asked.get()
    save(asked, {"chosen": [0, 1]}, by=person)
    asked.refresh_from_db()
    assert asked.answer == {"chosen": [0, 1]}
    save(asked, {"chosen": []}, by=person)
    asked.refresh_from_db()
    assert (asked.answer, asked.is_answered) == ({"chosen": []}, False)


def test_only_the_owner_answers_and_submits():
    attempt = an_attempt(a_course(), hire())
    with pytest.raises(Refused, match="Only the person who takes the quiz"):
        save(attempt.asked.first(), {"chosen": []}, by=hire())
    with pytest.raises(Refused, match="Only the person who takes the quiz"):
        submit_attempt(attempt, by=hire(), at=NOON)


def test_a_single_choice_takes_one_answer():
    course, person = a_course(questions=1), hire()
    asked = an_attempt(course, person).asked.get()
    with pytest.raises(Refused, match="takes one answer"):
        save(asked, {"chosen": [0, 1, 2]}, by=person)


@pytest.mark.parametrize("response", [{"chosen": [3]}, {"chosen": [-1]}, {"text": "Half"}, {"placed": [0]}])
def test_what_the_question_does_not_offer_is_no_answer(response):
    asked = an_attempt(a_course(questions=1), person := hire()).asked.get()
    with pytest.raises(Refused, match="none of this question's"):
        save(asked, response, by=person)


def test_a_question_of_another_attempt_cannot_be_handed_in_with_this_one():
    course, person = a_course(), hire()
    mine, theirs = an_attempt(course, person), an_attempt(course, hire())
    with pytest.raises(Refused, match="does not ask"):
        submit_attempt(mine, answers=answers_of(theirs), by=person, at=NOON)
    mine.refresh_from_db()
    assert mine.submitted_at is None


@pytest.mark.databases
def test_nothing_is_saved_after_the_submit():
    course, person = a_course(questions=1), hire()
    attempt = submitted(course, person)
    with pytest.raises(Refused, match="has been submitted"):
        save(attempt.asked.get(), {"chosen": []}, by=person)
    assert attempt.asked.get().is_answered


@pytest.mark.databases
def test_the_second_submit_gets_the_first_result():
    course, person = a_course(questions=2), hire()
    attempt = an_attempt(course, person)
    first = submit_attempt(attempt, answers=answers_of(attempt, right=1), by=person, at=NOON)
    second = submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON + timedelta(minutes=1))
    assert (second.points, second.passed, second.submitted_at) == (first.points, False, NOON)
    assert not Proof.objects.exists()


def test_saved_answers_count_and_unanswered_questions_are_worth_nothing():
    course, person = a_course(questions=3), hire()
    attempt = an_attempt(course, person)
    saved, handed_in, _ = attempt.asked.all()
    save(saved, right_to(saved), by=person)
    done = submit_attempt(attempt, answers={handed_in.pk: right_to(handed_in)}, by=person, at=NOON)
    assert (done.points, done.points_possible) == (2, 3)


@pytest.mark.parametrize(("right", "passed"), [(0, False), (3, False), (4, True), (5, True)])
def test_the_pass_mark_decides(right, passed):
    assert submitted(a_course(questions=5, pass_percent=80), hire(), right=right).passed is passed


def test_an_open_attempt_keeps_the_pass_mark_that_it_began_with():
    course, person = a_course(questions=2, pass_percent=50), hire()
    attempt = an_attempt(course, person)
    course.pass_percent = 100
    course.save()
    assert submit_attempt(attempt, answers=answers_of(attempt, right=1), by=person, at=NOON).passed


@pytest.mark.databases
def test_passing_proves_it_on_the_texts_of_the_attempt():
    brief = a_brief()
    course, person = a_course(readings=[brief]), hire()
    submitted(course, person)
    proof = Proof.objects.get()
    assert (proof.person, proof.competence, proof.since) == (person, course.teaches, TODAY)
    assert [edition.page_id for edition in proof.editions.all()] == [brief.pk]


def test_the_entry_names_the_result_the_questions_and_the_texts():
    course, person = a_course(readings=[a_brief()], questions=2), hire()
    attempt = submitted(course, person)
    assert facts_of(f"courses.attempt_submitted:{attempt.pk}") == {
        "attempt": attempt.pk,
        "course_id": course.pk,
        "points": 2,
        "points_possible": 2,
        "pass_percent": 80,
        "outcome": "passed",
        "questions": [asked.version.sha256 for asked in attempt.asked.all()],
        "editions": [
            {
                "page": edition.page.number,
                "edition": edition.number,
                "edition_id": edition.pk,
                "title": edition.title,
                "sha256": edition.sha256,
            }
            for edition in attempt.editions.all()
        ],
    }


def test_the_entries_lead_to_the_exact_texts():
    course, person = a_course(readings=[a_brief()]), hire()
    submitted(course, person)
    [edition] = Proof.objects.get().editions.all()
    texts = {line.key.partition(":")[0]: line.texts for line in entries_about(person) if line.texts}
    assert texts == {
        kind: [(f"Edition 1 of “{edition.title}”", f"/editions/{edition.pk}/")]
        for kind in ["knowledge.edition_acknowledged", "courses.attempt_submitted", "competence.proof_recorded"]
    }


def test_whoever_failed_may_try_again():
    course, person = a_course(), hire()
    assert not submitted(course, person, right=0).passed
    assert submitted(course, person).passed


@pytest.mark.databases
def test_an_attempt_of_two_years_ago_is_dated_two_years_ago():
    then = NOON - timedelta(days=730)
    course, person = a_course(at=then), hire(since=then.date())
    attempt = submitted(course, person, at=then)
    assert (attempt.started_at, attempt.submitted_at) == (then, then)
    proof = Proof.objects.get()
    assert (proof.since.isoformat(), proof.until.isoformat()) == ("2024-03-02", "2025-03-02")


@pytest.mark.databases
def test_an_attempt_that_cannot_be_recorded_has_not_happened():
    course, person = a_course(), hire()
    attempt = an_attempt(course, person)
    record("courses.attempt_submitted", by=None, at=NOON, key=f"courses.attempt_submitted:{attempt.pk}")
    with pytest.raises(RecordRefused), transaction.atomic():
        submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    assert not attempt.asked.exclude(saved_at=None).exists()
    assert not Proof.objects.exists()


@pytest.mark.parametrize("half_graded", [{"passed": True}, {"points": 3}, {"graded_at": NOON}])
@pytest.mark.databases
def test_the_database_holds_no_attempt_that_is_graded_by_half(half_graded):
    attempt = an_attempt(a_course(), hire())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**half_graded)


def test_a_page_on_which_nothing_was_answered_is_no_news_to_another():
    """Two tabs: the one leaves all empty and is saved, then the other is answered."""
    course, person = a_course(questions=1), hire()
    asked = an_attempt(course, person).asked.get()
    save_answers(asked.attempt, [Posted(asked, {"chosen": []}, seen=0)], by=person, at=NOON)
    assert save_answers(asked.attempt, [Posted(asked, {"chosen": [1]}, seen=0)], by=person, at=NOON) == []
    assert asked.attempt.asked.get().answer == {"chosen": [1]}
