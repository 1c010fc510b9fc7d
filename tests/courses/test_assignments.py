from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competence.actions import define_competence, end_requirement, record_proof, require
from competence.models import Proof
from courses.actions import reconcile, submit_attempt
from courses.models import Assignment, Course
from courses.tasks import reconcile_everyone
from evidence.models import Entry, Listing
from jobs.actions import run_waiting
from people.actions import end_role
from tests.courses.quiz_scenes import a_course, an_attempt, answers_of, asked_for
from tests.scenes import NOON, TODAY, hire, hold, role_named

pytestmark = pytest.mark.django_db


def assignments_of(person):
    return list(Assignment.objects.filter(person=person).order_by("pk"))


def entries(kind):
    return Listing.objects.filter(kind=kind).count()


def test_giving_a_role_assigns_at_once_what_it_asks_for():
    course = a_course()
    asked_for(course, due_days=14)
    person = hire(role="Packer")
    [assignment] = assignments_of(person)
    assert (assignment.course, assignment.since, assignment.until) == (course, TODAY, None)
    assert assignment.due == TODAY + timedelta(days=14)
    assert entries("courses.assigned") == 1


def test_an_assignment_says_why_in_words_and_by_ids():
    course = a_course()
    requirement = asked_for(course, due_days=14)
    person = hire()
    holding = hold(person, "Packer")
    [why] = assignments_of(person)[0].because
    assert (why["holding"], why["requirement"]) == (holding.pk, requirement.pk)
    assert why["words"] == f"The role Packer asks for {course.teaches.name} within 14 days of 2 March 2026."


def test_an_assignment_says_in_which_week_it_is_learned():
    course = a_course()
    asked_for(course, due_days=14, stage=2)
    [why] = assignments_of(hire(role="Packer"))[0].because
    assert why["words"].endswith("within 14 days of 2 March 2026, in the second week.")


@pytest.mark.databases
def test_what_names_the_role_in_the_log_can_be_erased():
    asked_for(a_course())
    hold(hire(), "Packer")
    entry = Entry.objects.get(listing__kind="courses.assigned")
    assert b"Packer" not in bytes(entry.leaf)
    assert entry.openings.get(field="because").value.startswith("The role Packer asks for")


def test_a_new_requirement_assigns_to_those_who_hold_the_role_already():
    course, person = a_course(), hire(role="Packer")
    assert assignments_of(person) == []
    asked_for(course)
    assert [it.course for it in assignments_of(person)] == [course]


def test_a_new_course_is_assigned_to_those_who_lack_what_it_teaches():
    teaches = define_competence("Lifting", by=None, at=NOON)
    require(role_named("Packer"), teaches, since=TODAY, by=None, at=NOON)
    person = hire(role="Packer")
    assert assignments_of(person) == []
    course = a_course(teaches=teaches)
    assert [it.course for it in assignments_of(person)] == [course]


def test_a_competence_that_no_course_on_offer_teaches_assigns_nothing():
    course = a_course()
    asked_for(course)
    course.unpublish()
    assert assignments_of(hire(role="Packer")) == []


def test_nothing_is_assigned_to_those_of_whom_nothing_is_asked():
    asked_for(a_course(), role="Packer")
    assert assignments_of(hire(role="Driver")) == []


def test_ending_the_role_ends_the_assignment_with_the_reason():
    asked_for(a_course())
    person = hire()
    holding = hold(person, "Packer", since=TODAY - timedelta(days=9))
    end_role(holding, until=TODAY - timedelta(days=1), by=None, at=NOON, reason="Moved.")
    [assignment] = assignments_of(person)
    assert (assignment.until, assignment.ended_because) == (TODAY, "No role held asks for it any more.")
    assert entries("courses.assignment_ended") == 1


def test_ending_the_requirement_ends_the_assignment():
    requirement = asked_for(a_course(), since=TODAY - timedelta(days=9))
    person = hire(role="Packer")
    end_requirement(requirement, until=TODAY - timedelta(days=1), by=None, at=NOON, reason="Not needed.")
    assert assignments_of(person)[0].until == TODAY


def test_unpublishing_the_course_ends_the_assignment():
    course = a_course()
    asked_for(course)
    person = hire(role="Packer")
    course.unpublish()
    assert assignments_of(person)[0].ended_because == "The course is no longer offered."


@pytest.mark.databases
def test_passing_gives_the_proof_and_closes_the_assignment():
    course = a_course()
    asked_for(course)
    person = hire(role="Packer")
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    proof = Proof.objects.get(person=person)
    assert (proof.competence, proof.since) == (course.teaches, TODAY)
    [assignment] = assignments_of(person)
    assert (assignment.until, assignment.ended_because) == (TODAY, "Shown; it holds until 2 March 2027.")


def test_failing_does_neither():
    course = a_course(questions=2)
    asked_for(course)
    person = hire(role="Packer")
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt, right=1), by=person, at=NOON)
    assert not Proof.objects.exists()
    assert assignments_of(person)[0].until is None


def test_passing_one_of_two_courses_that_teach_the_same_closes_both():
    one = a_course()
    other = a_course(teaches=one.teaches)
    asked_for(one)
    person = hire(role="Packer")
    assert {it.course for it in assignments_of(person)} == {one, other}
    attempt = an_attempt(one, person)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    assert {it.until for it in assignments_of(person)} == {TODAY}


@pytest.mark.databases
def test_a_proof_that_ends_is_asked_for_again_when_its_window_opens():
    course = a_course()
    asked_for(course)
    person = hire(role="Packer")
    proof = record_proof(person, course.teaches, basis="course", reference="x", editions=[], on=TODAY, by=None, at=NOON)
    before, opens = [NOON + (proof.until - timedelta(days=days) - TODAY) for days in (31, 30)]
    reconcile(None, by=None, at=before)
    assert len(assignments_of(person)) == 1
    reconcile(None, by=None, at=opens)
    [_, again] = assignments_of(person)
    assert (again.since, again.due, again.until) == (proof.until - timedelta(days=30), proof.until, None)
    assert again.because[-1] == {"proof": proof.pk, "words": "The last proof of it holds until 2 March 2027."}


@pytest.mark.databases
def test_another_role_that_asks_for_it_sooner_asks_anew():
    course = a_course()
    asked_for(course, role="Packer", due_days=30)
    asked_for(course, role="Driver", due_days=7)
    person = hire(role="Packer")
    hold(person, "Driver")
    [first, second] = assignments_of(person)
    assert first.ended_because == "Asked anew, because the due date or the reasons changed."
    assert (second.due, second.until, len(second.because)) == (TODAY + timedelta(days=7), None, 2)


def test_a_role_that_gets_another_name_asks_nobody_anew():
    course = a_course()
    requirement = asked_for(course)
    person = hire(role="Packer")
    requirement.role.name = "Packing clerk"
    requirement.role.save()
    reconcile([person.pk], by=None, at=NOON)
    assert len(assignments_of(person)) == 1


@pytest.mark.databases
def test_what_happened_two_years_ago_is_dated_two_years_ago():
    then = NOON - timedelta(days=730)
    course = a_course(at=then)
    asked_for(course, since=then.date(), at=then)
    person = hire(role="Packer", since=then.date())
    reconcile([person.pk], by=None, at=then)
    assert assignments_of(person)[0].due == then.date() + timedelta(days=30)


@pytest.mark.databases
def test_the_nightly_job_assigns_what_a_date_that_has_come_asks_for(time_machine):
    time_machine.move_to(NOON)
    asked_for(a_course())
    person = hire(role="Packer", since=TODAY + timedelta(days=5))
    reconcile_everyone()
    run_waiting(NOON)
    assert assignments_of(person) == []
    time_machine.move_to(NOON + timedelta(days=5))
    reconcile_everyone()
    run_waiting(NOON + timedelta(days=5))
    assert len(assignments_of(person)) == 1


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.lists(st.sampled_from(["Packer", "Driver", "Welder"]), unique=True),
    required=st.lists(st.tuples(st.sampled_from(["Packer", "Driver", "Welder"]), st.integers(0, 2)), unique=True),
    later=st.integers(0, 800),
)
@pytest.mark.databases
def test_reconciling_twice_changes_nothing(roles, required, later):
    courses = [a_course(questions=0) for _ in range(3)]
    for role, which in required:
        asked_for(courses[which], role=role)
    person = hire()
    for role in roles:
        hold(person, role)
    at = NOON + timedelta(days=later)
    reconcile([person.pk], by=None, at=at)
    once = list(Assignment.objects.order_by("pk").values()), Listing.objects.count()
    reconcile([person.pk], by=None, at=at)
    assert (list(Assignment.objects.order_by("pk").values()), Listing.objects.count()) == once


def queries_of_reconciling(people):
    """Beside those for the entries, of which each assignment has its own."""
    with CaptureQueriesContext(connection) as captured:
        reconcile(people, by=None, at=NOON)
    ours = ('"courses_', '"competence_', '"people_')
    return sum(any(table in query["sql"] for table in ours) for query in captured)


def test_many_people_take_no_more_queries_than_few():
    courses = [a_course(questions=0) for _ in range(2)]
    people = [hire(role="Packer").pk for _ in range(12)]
    for course in courses:
        asked_for(course)
    assert Assignment.objects.count() == 24
    assert queries_of_reconciling(people[:2]) == queries_of_reconciling(people)

    ended = Assignment.objects.filter(until=None)
    ended.update(until=TODAY)
    assert queries_of_reconciling(people[:2]) == queries_of_reconciling(people[2:])
    assert ended.count() == 24

    Course.objects.update(live=False)
    assert queries_of_reconciling(people[:2]) == queries_of_reconciling(people[2:])
    assert ended.count() == 0
