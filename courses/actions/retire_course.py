from django.db import transaction

from courses.actions.reconcile import reconcile
from courses.models import Course
from evidence.actions import record


@transaction.atomic
def retire_course(course, *, by, at) -> Course:
    """What follows from a course being unpublished: nobody is asked to take it any more."""
    record(
        "courses.course_withdrawn",
        by=by,
        at=at,
        key=f"courses.course_withdrawn:{course.pk}:{at.isoformat()}",
        facts={"course_id": course.pk},
        facets={"course": course.title},
    )
    reconcile(None, by=by, at=at)
    return course
