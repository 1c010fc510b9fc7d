"""Which passages of a page no question tests."""

from courses.anchors import passages_in
from courses.models import Course, QuestionVersion
from knowledge.models import Edition
from knowledge.passages import Passage
from knowledge.permissions import visible_to


def untested_in(edition: Edition) -> tuple[list[Passage], int]:
    """In the order of the page, and of how many in all. A heading above others alone says nothing to be tested."""
    passages = [passage for passage in passages_in(edition).values() if passage.text.strip()]
    drawn = QuestionVersion.objects.drawn().filter(tests=edition.page_id).exclude(passage="")
    tested = set(drawn.values_list("passage", flat=True))
    return [passage for passage in passages if passage.id not in tested], len(passages)


def course_for(page, person) -> Course | None:
    """Whose quiz would ask about it: the first that has it read."""
    reading = Course.objects.live().filter(readings__page=page.pk)
    return visible_to(reading, person).order_by("title", "pk").first()
