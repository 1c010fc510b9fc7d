from django.db import transaction

from courses.actions.reconcile import reconcile
from courses.models import Course
from evidence.actions import record


@transaction.atomic
def offer_course(course, *, by, at) -> Course:
    """What follows from a course being published: whoever lacks what it teaches is asked to take it."""
    record(
        "courses.course_published",
        by=by,
        at=at,
        key=f"courses.course_published:{course.pk}:{at.isoformat()}",
        facts={
            "course_id": course.pk,
            "teaches": course.teaches_id,
            "pass_percent": course.pass_percent,
            "readings": [reading.page_id for reading in course.readings.all()],
        },
        facets={"course": course.title, "competence": course.teaches.name},
    )
    reconcile(None, by=by, at=at)
    return course
