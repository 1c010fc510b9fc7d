from django.db import transaction
from django.utils import timezone

from competence.evaluations import follow, linked_to
from jobs.actions import enqueue
from knowledge.models import LessonState, LessonStep


@transaction.atomic(savepoint=False)
def tell_evaluators(edition, *, at) -> int:
    """Where an edition says that a lesson happened again, let those be written to whose evaluation it opens again.

    Returns how many evaluations.
    """
    step = LessonStep.objects.filter(edition=edition, state=LessonState.REOPENED).first()
    if step is None:
        return 0
    followed = follow(linked_to([step.lesson_id, edition.page_id]), on=timezone.localdate(at))
    opened = [one for one in followed if any(again.step == step.pk for again in one.standing.recurred)]
    for one in opened:
        payload = {"evaluation": one.evaluation.pk, "step": step.pk}
        key = f"competence.evaluation_reopened:{one.evaluation.pk}:{step.pk}"
        enqueue("competence.evaluation_reopened", payload, key=key, at=at)
    return len(opened)
