"""Courses that teach from a decision whose place another has taken."""

from collections import defaultdict

from courses.models import CourseReading, QuestionVersion
from knowledge.models import Supersession
from knowledge.permissions import visible_to


def citing_superseded(courses, reader) -> list:
    """Those of a queryset that read or ask about such a decision, each with `superseded`: the supersessions."""
    standing = Supersession.objects.standing()
    olds = standing.values("old")
    read = CourseReading.objects.filter(course__in=courses.values("pk"), page__in=olds)
    asked = QuestionVersion.objects.drawn().filter(question__course__in=courses.values("pk"), tests__in=olds)
    pairs = set(read.values_list("course", "page")) | set(asked.values_list("question__course", "tests"))
    if not pairs:
        return []
    rows = defaultdict(list)
    for row in standing.filter(old__in={old for _, old in pairs}).select_related("old", "new").order_by("old__number"):
        rows[row.old_id].append(row)
    found = list(visible_to(courses, reader).filter(pk__in={course for course, _ in pairs}).order_by("title"))
    for course in found:
        course.superseded = [row for old in sorted(rows) if (course.pk, old) in pairs for row in rows[old]]
    return found
