"""The lessons that those who decide on a process should have before their eyes."""

from knowledge.models import LessonLearned
from knowledge.permissions import visible_to


def lessons_to_weigh(processes, reader) -> list[LessonLearned]:
    """The published lessons of these processes, each with its `state`, in one query."""
    lessons = LessonLearned.objects.live().filter(processes__in=[process.pk for process in processes]).distinct()
    return list(visible_to(lessons, reader).with_state().order_by("number"))
