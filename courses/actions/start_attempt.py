from collections import Counter
from random import Random
from secrets import SystemRandom

from django.db import transaction
from django.utils import timezone

from courses.drawing import Candidate, draw
from courses.facets import facets_of
from courses.models import Attempt, AttemptQuestion, Course, QuestionVersion
from courses.readings import reading_steps
from courses.sitting import GRACE, deadline_of, why_not_now
from evidence.actions import record
from jobs.actions import enqueue
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def start_attempt(course, *, chance: Random | None = None, by, at) -> Attempt:
    """Whoever has one open on this course goes on with it: two clicks at once start one.

    `chance` draws and shuffles.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if attempt := Attempt.objects.open().filter(course=course, person=by).first():
        return attempt
    chance = chance or SystemRandom()
    course = Course.objects.select_related("teaches").get(pk=course.pk)
    steps = reading_steps([course.pk], by)[course.pk]
    _check(course, steps, by=by, at=at)
    versions = _drawn(course, by, chance)
    if not any(version.possible for version in versions):
        raise Refused(f"The course “{course.title}” has no questions yet. Its author must write them first.")
    attempt = Attempt.objects.create(
        course=course,
        person=by,
        teaches=course.teaches,
        pass_percent=course.pass_percent,
        reveals=course.reveals,
        started_at=at,
        deadline=deadline_of(course, at),
    )
    attempt.editions.set(step.edition for step in steps)
    _ask(attempt, versions, course.shuffles, chance)
    _record(attempt, len(versions), by=by, at=at)
    return attempt


def _check(course, steps, *, by, at):
    if not course.live:
        raise Refused(f"The course “{course.title}” is no longer offered.")
    unread = [step.page.title for step in steps if not step.acknowledged]
    if unread:
        titles = ", ".join(f"“{title}”" for title in unread)
        raise Refused(f"Before the quiz, read and acknowledge {titles}.")
    earlier = list(Attempt.objects.submitted().filter(course=course, person=by).order_by("submitted_at", "pk"))
    if reason := why_not_now(course, earlier, at):
        raise Refused(reason)


def _drawn(course, person, chance) -> list[QuestionVersion]:
    drawn = QuestionVersion.objects.drawn().without_key().select_related("question")
    slots = list(course.slots.all())
    if not slots:
        versions = list(drawn.filter(question__course=course).order_by("question__position", "question"))
    else:
        candidates = [
            Candidate(version, frozenset(tag.name.casefold() for tag in version.question.tags.all()))
            for version in drawn.prefetch_related("question__tags").order_by("question")
        ]
        given = AttemptQuestion.objects.filter(attempt__person=person)
        versions = draw(slots, candidates, Counter(given.values_list("version__question", flat=True)), chance)
    if course.shuffles:
        chance.shuffle(versions)
    return versions


def _ask(attempt, versions, shuffles, chance):
    AttemptQuestion.objects.bulk_create(
        AttemptQuestion(
            attempt=attempt,
            position=position,
            version=version,
            order=version.shows.order(shuffles=shuffles, chance=chance),
        )
        for position, version in enumerate(versions, start=1)
    )
    if attempt.deadline:
        enqueue(
            "courses.close_attempt",
            {"attempt": attempt.pk},
            key=f"courses.close_attempt:{attempt.pk}",
            at=attempt.started_at,
            not_before=attempt.deadline + 2 * GRACE,
        )


def _record(attempt, count, *, by, at):
    record(
        "courses.attempt_started",
        by=by,
        at=at,
        key=f"courses.attempt_started:{attempt.pk}",
        subject=by,
        facts={"attempt": attempt.pk, "course_id": attempt.course_id, "questions": count},
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )
