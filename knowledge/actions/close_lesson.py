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
    if isinstance(through, Edition):
        edition, change, made_at = through, None, through.published_at
    else:
        edition, change, made_at = None, through, through.at
    if edition and is_a_lesson(edition):
        raise LessonStepRefused("A lesson changes nothing itself. Name what was changed: brief, decision, process.")
    if made_at <= since:
        raise LessonStepRefused(
            f"{through} is older than what it should close. Name a change made after {since:%-d %B %Y}."
        )
    note = note.strip()
    return take_lesson_step(lesson, LessonState.ACTIONED, edition=edition, change=change, note=note, by=by, at=at)
