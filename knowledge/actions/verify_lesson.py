from django.db import transaction

from knowledge.actions.take_lesson_step import steps_of, take_lesson_step
from knowledge.models import LessonState, LessonStep
from knowledge.refusals import LessonStepRefused


@transaction.atomic
def verify_lesson(lesson, *, note, by, at) -> LessonStep:
    """`by`, who did not act on it, saw that it works (ISO 9001 10.2.1 d), and says by what."""
    if not note.strip():
        raise LessonStepRefused("Say what was seen that shows it: a figure, a check, a time without a repeat.")
    steps = steps_of(lesson)
    if steps and by is not None and steps[-1].by_id == by.pk:
        raise LessonStepRefused("Whoever acted on a lesson does not verify it. Ask someone else to look.")
    return take_lesson_step(lesson, LessonState.VERIFIED, note=note.strip(), by=by, at=at)
