from django.db import transaction

from courses.actions.offer_course import offer_course
from courses.models import Course, CourseReading, Prerequisite
from courses.prerequisites import check_no_circle
from knowledge.shelves import section_for


@transaction.atomic
def add_course(*, title, teaches, readings=(), needs=(), by, at, **said) -> Course:
    """`needs`: competences. `said`: its other fields, and its files, classrooms, tasks and slots as they are kept."""
    course = Course(title=title, teaches=teaches, owner=by, first_published_at=at, last_published_at=at, **said)
    check_no_circle(course, teaches.pk, {competence.pk for competence in needs})
    course.readings = [CourseReading(page=page, sort_order=place) for place, page in enumerate(readings)]
    course.prerequisites = [Prerequisite(competence=one, sort_order=place) for place, one in enumerate(needs)]
    section_for("courses").add_child(instance=course)
    offer_course(course, by=by, at=at)
    return course
