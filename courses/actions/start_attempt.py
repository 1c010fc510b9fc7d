from django.db import transaction
from django.utils import timezone

from courses.facets import facets_of
from courses.models import Attempt, AttemptQuestion, Course, QuestionVersion
from courses.readings import reading_steps
from evidence.actions import record
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def start_attempt(course, *, by, at) -> Attempt:
    """Whoever has one open on this course goes on with it: two clicks at once start one."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if attempt := Attempt.objects.open().filter(course=course, person=by).first():
        return attempt
    course = Course.objects.select_related("teaches").get(pk=course.pk)
    steps = reading_steps([course.pk], by)[course.pk]
    versions = list(QuestionVersion.objects.drawn().filter(question__course=course).order_by("question__position"))
    _check(course, steps, versions)
    attempt = Attempt.objects.create(
        course=course, person=by, teaches=course.teaches, pass_percent=course.pass_percent, started_at=at
    )
    attempt.editions.set(step.edition for step in steps)
    AttemptQuestion.objects.bulk_create(
        AttemptQuestion(attempt=attempt, position=position, version=version)
        for position, version in enumerate(versions, start=1)
    )
    record(
        "courses.attempt_started",
        by=by,
        at=at,
        key=f"courses.attempt_started:{attempt.pk}",
        subject=by,
        facts={"attempt": attempt.pk, "course_id": course.pk, "questions": len(versions)},
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )
    return attempt


def _check(course, steps, versions):
    if not course.live:
        raise Refused(f"The course “{course.title}” is no longer offered.")
    unread = [step.page.title for step in steps if not step.acknowledged]
    if unread:
        titles = ", ".join(f"“{title}”" for title in unread)
        raise Refused(f"Before the quiz, read and acknowledge {titles}.")
    if not versions:
        raise Refused(f"The course “{course.title}” has no questions yet. Its author must write them first.")
