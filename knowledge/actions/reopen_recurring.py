from django.db import transaction

from jobs.actions import enqueue
from knowledge.actions.take_lesson_step import steps_of, write_step
from knowledge.lessons import state_of
from knowledge.models import LessonLearned, LessonState, LessonStep


@transaction.atomic(savepoint=False)
def reopen_recurring(page, edition, *, by, at) -> LessonStep | None:
    """Where a published lesson says that an earlier one happened again, that one is reopened, and its owner told.

    Once for each lesson that says so, from whatever state: what went well, or was never published, stays as it is.
    """
    if not isinstance(page, LessonLearned) or not page.recurrence_of_id or page.recurrence_of_id == page.pk:
        return None
    earlier = LessonLearned.objects.get(pk=page.recurrence_of_id)
    if earlier.is_positive or not earlier.editions.exists():
        return None
    steps = steps_of(earlier)
    if any(step.state == LessonState.REOPENED and _says(step, page) for step in steps):
        return None
    step = write_step(earlier, LessonState.REOPENED, before=state_of(steps), edition=edition, by=by, at=at)
    enqueue("knowledge.lesson_reopened", {"step": step.pk}, key=f"knowledge.lesson_reopened:{step.pk}", at=at)
    return step


def _says(step, page):
    return step.edition_id is not None and step.edition.page_id == page.pk
