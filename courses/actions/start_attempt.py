from itertools import takewhile
from random import Random
from secrets import SystemRandom

from django.db import transaction
from django.utils import timezone

from courses.choosing import can_be_passed, chosen
from courses.facets import delta_of, facets_of
from courses.models import Attempt, AttemptQuestion, Course, QuestionVersion
from courses.prerequisites import check_prerequisites
from courses.progress import check_open, round_in
from courses.readings import reading_steps
from courses.renewing import Delta, delta_for
from courses.sitting import GRACE, deadline_of, why_not_now
from courses.stages import Stage
from evidence.actions import record
from jobs.actions import enqueue
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def start_attempt(course, *, whole=False, chance: Random | None = None, by, at) -> Attempt:
    """Whoever has one open on this course goes on with it: two clicks at once start one.

    Whom only an edition asks again is asked about what changed, unless they want the `whole` quiz. `chance` draws and
    shuffles.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if attempt := Attempt.objects.open().filter(course=course, person=by).first():
        return attempt
    chance = chance or SystemRandom()
    course = Course.objects.select_related("teaches").get(pk=course.pk)
    steps = reading_steps([course.pk], by)[course.pk]
    _check(course, steps, by=by, at=at)
    versions, delta = _drawn(course, by, steps, whole, chance, timezone.localdate(at))
    if not can_be_passed(versions):
        raise Refused(f"The course “{course.title}” has no questions yet. Its author must write them first.")
    attempt = Attempt.objects.create(
        course=course,
        person=by,
        teaches=course.teaches,
        pass_percent=course.pass_percent,
        reveals=course.reveals,
        renews=delta.renews if delta else None,
        started_at=at,
        deadline=deadline_of(course, at),
    )
    attempt.editions.add(*(step.edition for step in steps))
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
    check_prerequisites(course, by, on=timezone.localdate(at))
    if course.in_order:
        check_open(course, by, Stage.QUIZ, on=timezone.localdate(at))
    if reason := why_not_now(course, _earlier(course, by, timezone.localdate(at)), at):
        raise Refused(reason)


def _earlier(course, person, day) -> list[Attempt]:
    """Handed in, and where attempts are counted, since they last proved it: what led to that is not held against
    proving it anew."""
    handed_in = Attempt.objects.submitted().filter(course=course, person=person).order_by("submitted_at", "pk")
    if not course.attempts_allowed:
        return list(handed_in)
    counts = round_in(course, person, on=day).counts
    lately = takewhile(
        lambda one: counts(one.submitted_at) and not (one.renews_id and one.in_force.passed),
        reversed(handed_in.with_results()),
    )
    return list(lately)[::-1]


def _drawn(course, person, steps, whole, chance, on) -> tuple[list[QuestionVersion], Delta | None]:
    """Where nothing that is asked tests what changed, the whole quiz answers it.

    In a course of more than a quiz the whole quiz, too, keeps what was proved, and proves it no longer: an edition asks
    nobody for their practice again.
    """
    delta = delta_for(course, person, steps, on=on)
    if delta and not whole:
        versions = chosen(course, person, chance, places=delta.places)
        if can_be_passed(versions):
            return versions, delta
    has_more = delta and (course.tasks.exists() or course.classrooms.exists())
    return chosen(course, person, chance), delta if has_more else None


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
        facts={"attempt": attempt.pk, "course_id": attempt.course_id, "questions": count} | delta_of(attempt),
        facets=facets_of(attempt, on=timezone.localdate(at)),
    )
