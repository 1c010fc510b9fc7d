"""By what the entries about attempts and other steps are found and sampled in the log, and what all of them say."""

from datetime import date

from courses.models import Attempt, Course
from people.holdings import department_of, roles_of


def facets_of(attempt: Attempt, *, on: date) -> dict[str, str | list[str]]:
    return facets_for(attempt.person_id, attempt.course, attempt.teaches, on=on)


def facets_for(person: int, course: Course, competence=None, *, on: date) -> dict[str, str | list[str]]:
    """The department and the roles are those of that day."""
    facets = {
        "course": course.title,
        "competence": (competence or course.teaches).name,
        "role": roles_of(person, on=on),
    }
    department = department_of(person, on=on)
    return facets | ({"department": department.name} if department else {})


def delta_of(attempt: Attempt) -> dict[str, int]:
    """Among the facts: which proof it renews, of a quiz that asks only about what changed since."""
    return {"delta_of": attempt.renews_id} if attempt.renews_id else {}
