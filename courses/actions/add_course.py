from django.db import transaction

from courses.actions.offer_course import offer_course
from courses.models import Course, CourseReading
from knowledge.shelves import section_for


@transaction.atomic
def add_course(*, title, teaches, summary="", introduction="", readings=(), pass_percent=80, by, at, **quiz) -> Course:
    """`quiz`: how it is taken, by the names of the course's fields: minutes, shuffles, attempts_allowed, …"""
    course = Course(
        title=title,
        teaches=teaches,
        summary=summary,
        introduction=introduction,
        pass_percent=pass_percent,
        owner=by,
        first_published_at=at,
        last_published_at=at,
        **quiz,
    )
    course.readings = [CourseReading(page=page, sort_order=place) for place, page in enumerate(readings)]
    section_for("courses").add_child(instance=course)
    offer_course(course, by=by, at=at)
    return course
