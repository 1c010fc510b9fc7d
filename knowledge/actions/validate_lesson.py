from django.db import transaction

from knowledge.actions.take_lesson_step import take_lesson_step
from knowledge.models import LessonState, LessonStep


@transaction.atomic
def validate_lesson(lesson, *, note="", by, at) -> LessonStep:
    """`by` says that it happened so, and because of that."""
    return take_lesson_step(lesson, LessonState.VALIDATED, note=note.strip(), by=by, at=at)
