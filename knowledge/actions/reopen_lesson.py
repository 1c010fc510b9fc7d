from django.db import transaction

from knowledge.actions.take_lesson_step import take_lesson_step
from knowledge.models import LessonState, LessonStep
from knowledge.refusals import LessonStepRefused


@transaction.atomic
def reopen_lesson(lesson, *, note, by, at) -> LessonStep:
    """What was changed did not settle it."""
    if not note.strip():
        raise LessonStepRefused("Say what was seen that shows it is not settled.")
    return take_lesson_step(lesson, LessonState.REOPENED, note=note.strip(), by=by, at=at)
