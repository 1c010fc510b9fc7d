"""When a quiz may be taken, and until when: the rules of a course, asked of an attempt. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from courses.models import Attempt, Course, Reveals

# What was sent before the time was over may come a moment later.
GRACE = timedelta(seconds=3)


def deadline_of(course: Course, at: datetime) -> datetime | None:
    """Of an attempt that starts at `at`."""
    ends = [course.closes_at, at + timedelta(minutes=course.minutes) if course.minutes else None]
    return min((end for end in ends if end), default=None)


def is_over(attempt: Attempt, at: datetime) -> bool:
    return attempt.deadline is not None and at > attempt.deadline + GRACE


def why_not_now(course: Course, earlier: Sequence[Attempt], at: datetime) -> str:
    """Empty where an attempt may start. `earlier`: those handed in on this course by whoever asks, the latest last."""
    if course.opens_at and at < course.opens_at:
        return f"The quiz opens on {_moment(course.opens_at)}."
    if course.closes_at and at >= course.closes_at:
        return f"The quiz closed on {_moment(course.closes_at)}."
    if course.attempts_allowed and len(earlier) >= course.attempts_allowed:
        often = "once" if course.attempts_allowed == 1 else f"{course.attempts_allowed} times"
        return f"The quiz may be taken {often}, and was. Ask whoever answers for the course."
    last = earlier[-1].submitted_at if earlier else None
    if last and at < (again := last + timedelta(hours=course.wait_hours)):
        return f"The quiz can be taken again from {_moment(again)}."
    return ""


def reveals_right_answers(attempt: Attempt, at: datetime) -> bool:
    """Of an attempt that has been graded; what was wrong is told in any case."""
    if attempt.reveals == Reveals.PASSED:
        return bool(attempt.in_force.passed)
    if attempt.reveals == Reveals.CLOSED:
        return attempt.course.closes_at is not None and at >= attempt.course.closes_at
    return attempt.reveals == Reveals.SUBMITTED


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"
