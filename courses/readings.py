"""How far someone is with what a course asks them to read: the editions in force now."""

from collections import defaultdict
from dataclasses import dataclass

from courses.models import CourseReading
from knowledge.models import Edition, KnowledgePage, Reading
from knowledge.permissions import visible_to


@dataclass(frozen=True)
class ReadingStep:
    page: KnowledgePage
    edition: Edition
    opened: bool
    acknowledged: bool


def reading_steps(course_ids, person) -> dict[int, list[ReadingStep]]:
    """By course, in its order. What is not there for them to be read is left out: a page without an edition in force,
    and one that is kept from them.
    """
    open_to_them = visible_to(KnowledgePage.objects.all(), person)
    readings = list(
        CourseReading.objects.filter(course__in=course_ids, page__in=open_to_them)
        .select_related("page")
        .order_by("sort_order", "pk")
    )
    editions = Edition.objects.without_content().current_for({reading.page_id for reading in readings})
    done = set(Reading.objects.filter(person=person, edition__in=editions.values()).values_list("edition", "kind"))
    steps = defaultdict(list)
    for reading in readings:
        if edition := editions.get(reading.page_id):
            acknowledged = (edition.pk, Reading.Kind.ACKNOWLEDGED) in done
            opened = acknowledged or (edition.pk, Reading.Kind.OPENED) in done
            steps[reading.course_id].append(ReadingStep(reading.page, edition, opened, acknowledged))
    return steps
