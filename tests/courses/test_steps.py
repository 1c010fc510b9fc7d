"""What each step asks, in which order, and when all of them prove something."""

from datetime import timedelta

import pytest

from competence.actions import correct_proof, define_competence, record_proof
from competence.models import Proof
from courses.actions import (
    ask_for_assessment,
    call_off_session,
    correct_attendance,
    open_file,
    plan_session,
    record_attendance,
    sign_off,
    start_attempt,
)
from courses.models import Attendance, Certificate, ClassroomSession, FileOpened, PracticalAssessment, SignOff, Stale
from courses.progress import progress_in
from courses.stages import Stage
from evidence.leaves import parse
from evidence.models import Entry, Listing
from people.refusals import Refused
from tests.courses.quiz_scenes import a_brief, a_course, read_all
from tests.courses.step_scenes import (
    MET,
    NOT_MET,
    a_document,
    a_long_course,
    a_task,
    attends,
    completes,
    later,
    opens,
    passes,
    shows,
)
from tests.scenes import NOON, TODAY, hire

pytestmark = pytest.mark.django_db

DOING = {
    "files": lambda course, person, assessor: opens(course, person),
    "sessions": lambda course, person, assessor: attends(course, person),
    "quiz": lambda course, person, assessor: start_attempt(course, by=person, at=NOON),
    "practicals": lambda course, person, assessor: shows(course, person, assessor),
}
FINISHING = {
    "readings": lambda course, person, assessor: read_all(course, person),
    "files": DOING["files"],
    "sessions": DOING["sessions"],
    "quiz": lambda course, person, assessor: passes(course, person),
    "practicals": DOING["practicals"],
}
ORDER = list(FINISHING)


@pytest.mark.parametrize(
    ("step", "first", "sentence"),
    [
        ("files", 0, "Before the files, read and acknowledge “"),
        ("quiz", 0, "Before the quiz, read and acknowledge “"),
        ("quiz", 1, "Before the quiz, open “Poster 0”."),
        ("quiz", 2, "Before the quiz, attend “Drill 0”."),
        ("practicals", 1, "Before the practical tasks, open “Poster 0”."),
        ("practicals", 3, "Before the practical tasks, pass the quiz."),
    ],
)
def test_in_order_a_step_is_refused_before_those_that_come_first(step, first, sentence):
    course, person, assessor = a_long_course(readings=[a_brief()], in_order=True), hire(), hire()
    for name in ORDER[:first]:
        FINISHING[name](course, person, assessor)
    with pytest.raises(Refused, match=sentence):
        DOING[step](course, person, assessor)
    assert not PracticalAssessment.objects.exists()


def test_in_order_each_opens_after_the_one_before():
    course, person, assessor = a_long_course(readings=[a_brief()], in_order=True), hire(), hire()
    for place, name in enumerate(ORDER, start=1):
        FINISHING[name](course, person, assessor)
        assert progress_in(course, person, on=TODAY).done == place


def test_without_an_order_only_the_readings_come_before_the_quiz():
    course, person, assessor = a_long_course(readings=[a_brief()]), hire(), hire()
    for name in ("practicals", "sessions", "files"):
        DOING[name](course, person, assessor)
    with pytest.raises(Refused, match="read and acknowledge"):
        start_attempt(course, by=person, at=NOON)


@pytest.mark.databases
@pytest.mark.parametrize("last", ["sessions", "quiz", "practicals"])
def test_the_last_step_that_proves_something_proves_it_and_is_certified(last):
    course, person, assessor = a_long_course(), hire(), hire()
    for name in ORDER:
        if name != last:
            FINISHING[name](course, person, assessor)
    assert not Proof.objects.exists()
    FINISHING[last](course, person, assessor)
    certificate = Certificate.objects.get()
    assert (certificate.person, certificate.course, certificate.proof) == (person, course, Proof.objects.get())
    assert (certificate.proof.basis, certificate.proof.since) == ("course", TODAY)
    assert Entry.objects.filter(key=f"courses.certificate_issued:{certificate.pk}").exists()


def test_to_read_and_to_open_proves_nothing():
    course, person = a_long_course(readings=[a_brief()], classrooms=0, tasks=0, questions=0), hire()
    read_all(course, person)
    opens(course, person)
    assert not progress_in(course, person, on=TODAY).is_shown
    assert not Proof.objects.exists()


def test_the_proof_counts_from_the_day_on_which_the_last_was_shown():
    course, person, assessor = a_long_course(documents=0, classrooms=0), hire(), hire()
    passes(course, person, at=NOON)
    shows(course, person, assessor, at=later(3))
    assert Proof.objects.get().since == later(3).date()


def test_a_quiz_whose_questions_are_withdrawn_for_a_while_is_still_to_be_passed():
    course, person, assessor = a_long_course(documents=0, classrooms=0), hire(), hire()
    version = course.questions.get().versions.get()
    edition = a_brief().editions.get()
    Stale.objects.create(version=version, edition=edition, at=NOON)
    shows(course, person, assessor)
    assert not Proof.objects.exists()


def renewing(window=30, **quiz):
    """A course of quiz and task, completed on NOON, whose proof ends a year later."""
    teaches = define_competence(f"Pumps {window}", validity_months=12, renewal_window_days=window, by=None, at=NOON)
    course = a_long_course(teaches=teaches, documents=0, classrooms=0, **quiz)
    person, assessor = hire(), hire()
    completes(course, person, assessor)
    return course, person, assessor


@pytest.mark.databases
def test_passing_one_part_again_just_before_the_end_renews_nothing():
    course, person, assessor = renewing()
    passes(course, person, at=later(360))
    assert Certificate.objects.count() == 1
    shows(course, person, assessor, at=later(362))
    assert Certificate.objects.count() == 2
    assert Proof.objects.order_by("pk").last().since == later(362).date()


def test_a_part_that_was_shown_again_long_before_the_renewal_opened_is_shown_once_more():
    course, person, assessor = renewing()
    shows(course, person, assessor, at=later(100))
    passes(course, person, at=later(350))
    assert Certificate.objects.count() == 1
    shows(course, person, assessor, at=later(351))
    assert Certificate.objects.count() == 2


def test_whoever_shows_everything_again_before_they_need_to_is_certified_again():
    course, person, assessor = renewing()
    shows(course, person, assessor, at=later(100))
    passes(course, person, at=later(101))
    assert Certificate.objects.count() == 2


def test_once_a_renewal_opens_nothing_of_it_is_done():
    course, person, _ = renewing()
    assert progress_in(course, person, on=later(300).date()).done == 2
    assert progress_in(course, person, on=later(340).date()).done == 0


def test_what_a_revoked_certificate_rested_on_counts_no_more():
    course, person, _ = renewing()
    proof = Proof.objects.get()
    correct_proof(proof, since=proof.since, until=proof.until, void=True, reason="Copied.", by=None, at=later(1))
    assert progress_in(course, person, on=later(2).date()).done == 0
    passes(course, person, at=later(2))
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(("levels", "passed"), [(MET, True), ([1, 1], False), (NOT_MET, False)])
def test_a_task_is_weighed_by_its_rubric(levels, passed):
    course, person = a_course(questions=0, tasks=[a_task(pass_percent=100)]), hire()
    [signed] = shows(course, person, hire(), levels=levels)
    assert signed.passed is passed
    assert Proof.objects.exists() is passed


@pytest.mark.parametrize("levels", [[2], [2, 1, 0], [3, 1], [-1, 1]])
def test_a_level_that_there_is_not_is_refused(levels):
    course = a_course(questions=0, tasks=[a_task()])
    with pytest.raises(Refused, match="one level for each criterion"):
        shows(course, hire(), hire(), levels=levels)
    assert not SignOff.objects.exists()


def test_nobody_signs_off_their_own_task():
    course, person = a_course(questions=0, tasks=[a_task()]), hire()
    with pytest.raises(Refused, match="Nobody signs off their own"):
        shows(course, person, person)


def test_two_clicks_ask_once_and_what_was_not_met_may_be_shown_again():
    course, person, assessor = a_course(questions=0, tasks=[a_task()]), hire(), hire()
    task = course.tasks.get()
    first = ask_for_assessment(task, by=person, at=NOON)
    assert ask_for_assessment(task, by=person, at=NOON) == first
    sign_off(first, levels=NOT_MET, comment="Try it.", by=assessor, at=NOON)
    assert progress_in(course, person, on=TODAY).at(Stage.PRACTICALS)[0].word == "Not met"
    second = ask_for_assessment(task, by=person, at=later(1))
    assert second != first


def test_what_is_signed_off_is_not_asked_for_again_until_the_course_is_completed():
    course, person, assessor = a_long_course(documents=0, classrooms=0), hire(), hire()
    shows(course, person, assessor)
    with pytest.raises(Refused, match="has signed this task off"):
        shows(course, person, assessor, at=later(1))


def test_an_assessment_keeps_the_rubric_that_it_was_asked_under():
    course, person = a_course(questions=0, tasks=[a_task()]), hire()
    task = course.tasks.get()
    asked = ask_for_assessment(task, by=person, at=NOON)
    task.rubric = "Speed | slow 0 | quick 1"
    task.save()
    assert sign_off(asked, levels=MET, by=hire(), at=NOON).passed


def test_a_sign_off_is_corrected_by_another_until_a_certificate_rests_on_it():
    course, person, assessor = a_long_course(documents=0, classrooms=0), hire(), hire()
    [wrong] = shows(course, person, assessor, levels=NOT_MET)
    right = sign_off(wrong.assessment, levels=MET, by=assessor, at=later(1))
    assert (right.corrects, progress_in(course, person, on=TODAY).done) == (wrong, 1)
    entries = {key: Entry.objects.get(key=f"courses.signed_off:{key}") for key in (wrong.pk, right.pk)}
    assert parse(bytes(entries[right.pk].leaf)).corrects == bytes(entries[wrong.pk].leaf_hash).hex()
    passes(course, person, at=later(2))
    with pytest.raises(Refused, match="A certificate of"):
        sign_off(wrong.assessment, levels=NOT_MET, by=assessor, at=later(3))


def test_what_was_taken_out_of_a_course_leaves_what_people_have_shown():
    course, person, assessor = a_long_course(documents=0, classrooms=0), hire(), hire()
    shows(course, person, assessor)
    course.tasks = []
    course.save()
    assert SignOff.objects.get().assessment.title == "Task 0"
    passes(course, person)
    assert Certificate.objects.exists()


def test_a_file_is_opened_once_for_each_content_that_it_has_had():
    course, person = a_long_course(classrooms=0, tasks=0), hire()
    opens(course, person)
    opens(course, person, at=later(1))
    assert FileOpened.objects.count() == 1
    file = course.files.get()
    file.document.file.save("other.pdf", a_document(content=b"%PDF-2").file)
    file.document.file_hash = ""
    file.document._set_document_file_metadata()
    file.document.save()
    assert progress_in(course, person, on=TODAY).at(Stage.FILES)[0].is_done is False
    open_file(course.files.get(), by=person, at=later(2))
    assert FileOpened.objects.count() == 2


@pytest.mark.databases
def test_attendance_is_recorded_once_and_corrected_by_another_fact():
    course, person = a_long_course(documents=0, tasks=0), hire()
    session = plan_session(course.classrooms.get(), starts_at=NOON, by=None, at=NOON)
    [was] = record_attendance(session, [person], by=None, at=NOON)
    assert record_attendance(session, [person], by=None, at=NOON) == []
    not_there = correct_attendance(was, because="She was ill.", by=None, at=NOON)
    assert (not_there.attended, not_there.corrects, progress_in(course, person, on=TODAY).done) == (False, was, 0)
    [again] = record_attendance(session, [person], by=None, at=NOON)
    assert again.corrects == not_there
    assert Attendance.objects.standing().get() == again
    assert Listing.objects.filter(kind="courses.attended").count() == 2


def test_attendance_on_which_a_certificate_rests_stays():
    course, person = a_long_course(documents=0, tasks=0, questions=0), hire()
    attends(course, person)
    assert Certificate.objects.exists()
    with pytest.raises(Refused, match="A certificate of"):
        correct_attendance(Attendance.objects.get(), because="Ill.", by=None, at=later(1))


def test_whom_and_when_attendance_is_refused():
    course, person, hr = a_long_course(), hire(), hire()
    classroom = course.classrooms.get()
    to_come = plan_session(classroom, starts_at=NOON + timedelta(hours=2), by=None, at=NOON)
    with pytest.raises(Refused, match="still to come"):
        record_attendance(to_come, [person], by=hr, at=NOON)
    held = plan_session(classroom, starts_at=NOON, by=None, at=NOON)
    with pytest.raises(Refused, match="their own attendance"):
        record_attendance(held, [person, hr], by=hr, at=NOON)
    record_attendance(held, [person], by=hr, at=NOON)
    with pytest.raises(Refused, match="it took place"):
        call_off_session(held, because="Snow.", by=hr, at=NOON)
    call_off_session(to_come, because="Snow.", by=hr, at=NOON)
    with pytest.raises(Refused, match="called off"):
        record_attendance(to_come, [person], by=hr, at=later(1))
    assert ClassroomSession.objects.get(pk=to_come.pk).called_off_because == "Snow."


def test_what_must_be_held_first_is_asked_at_each_start():
    first = define_competence("First aid", validity_months=12, by=None, at=NOON)
    course, person = a_long_course(needs=[first]), hire()
    for doing in ("files", "quiz", "practicals"):
        with pytest.raises(Refused, match="This course needs “First aid”"):
            DOING[doing](course, person, hire())
    record_proof(person, first, basis="certificate", reference="4711", on=TODAY, by=None, at=NOON)
    passes(course, person)
    with pytest.raises(Refused, match="This course needs “First aid”"):
        start_attempt(course, by=person, at=later(400))


def test_attempts_are_counted_anew_once_they_have_proved_it():
    course, person, _ = renewing(attempts_allowed=1)
    passes(course, person, at=later(340))
    with pytest.raises(Refused, match="may be taken once, and was"):
        start_attempt(course, by=person, at=later(341))
