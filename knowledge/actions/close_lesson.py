from django.db import transaction

from knowledge.actions.take_lesson_step import take_lesson_step
from knowledge.changes import Change
from knowledge.closing import closes_since, is_a_lesson
from knowledge.models import Edition, LessonState, LessonStep
from knowledge.refusals import LessonStepRefused


@transaction.atomic
def close_lesson(lesson, *, through: Edition | Change, note="", by, at) -> LessonStep:
    """Its corrective action was taken: `through` is what was changed by it, and shows that it was."""
    since = closes_since(lesson)
    if since is None:
        raise LessonStepRefused(f"{lesson.number} is not published. Publish it first.")
    is_edition = isinstance(through, Edition)
    if is_edition and is_a_lesson(through):
        raise LessonStepRefused("A lesson changes nothing itself. Name what was changed: brief, decision, process.")
    if (through.published_at if is_edition else through.at) <= since:
        raise LessonStepRefused(
            f"{through} is older than what it should close. Name a change made after {since:%-d %B %Y}."
        )
    named = {"edition": through} if is_edition else {"change": through}
    return take_lesson_step(lesson, LessonState.ACTIONED, **named, note=note.strip(), by=by, at=at)
