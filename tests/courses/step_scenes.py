"""Courses of more than readings and a quiz, as small as they can be."""

from datetime import timedelta
from itertools import count

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from courses.actions import (
    ask_for_assessment,
    open_file,
    plan_session,
    record_attendance,
    sign_off,
    start_attempt,
    submit_attempt,
)
from courses.models import Classroom, CourseFile, PracticalTask
from tests.courses.quiz_scenes import a_course, answers_of, read_all
from tests.scenes import NOON

RUBRIC = "Isolation | not done 0 | done 1 | done and tried 2\nTool | wrong 0 | right 1"
MET, NOT_MET = [2, 1], [0, 1]

_numbers = count(1)


def a_document(title="Poster", content=b"%PDF-1.4", name="poster.pdf"):
    return get_document_model().objects.create(title=title, file=ContentFile(content, f"{next(_numbers)}-{name}"))


def a_task(title="Isolate the pump", pass_percent=100, **said):
    return PracticalTask(
        title=title, instructions="Close it, **lock** it.", rubric=RUBRIC, pass_percent=pass_percent, **said
    )


def a_classroom(title="Fire drill", **said):
    return Classroom(title=title, **said)


def a_long_course(*, readings=(), documents=1, classrooms=1, tasks=1, questions=1, **said):
    """Of every kind of step one, or as many as are said."""
    return a_course(
        readings=readings,
        questions=questions,
        files=[CourseFile(document=a_document(f"Poster {place}"), sort_order=place) for place in range(documents)],
        classrooms=[a_classroom(f"Drill {place}", sort_order=place) for place in range(classrooms)],
        tasks=[a_task(f"Task {place}", sort_order=place) for place in range(tasks)],
        **said,
    )


def opens(course, person, *, at=NOON):
    for file in course.files.all():
        open_file(file, by=person, at=at)


def attends(course, person, *, at=NOON):
    for classroom in course.classrooms.all():
        session = plan_session(classroom, starts_at=at, by=None, at=at)
        record_attendance(session, [person], by=None, at=at)


def passes(course, person, *, at=NOON, right=None):
    read_all(course, person, at=at)
    attempt = start_attempt(course, by=person, at=at)
    return submit_attempt(attempt, answers=answers_of(attempt, right=right), by=person, at=at)


def shows(course, person, assessor, *, at=NOON, levels=MET):
    """To an assessor, each task."""
    return [
        sign_off(ask_for_assessment(task, by=person, at=at), levels=levels, by=assessor, at=at)
        for task in course.tasks.all()
    ]


def completes(course, person, assessor, *, at=NOON):
    read_all(course, person, at=at)
    opens(course, person, at=at)
    attends(course, person, at=at)
    passes(course, person, at=at)
    shows(course, person, assessor, at=at)


def later(days):
    return NOON + timedelta(days=days)
