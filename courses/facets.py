"""By what the entries about attempts are found and sampled in the log."""

from datetime import date

from courses.models import Attempt
from people.holdings import department_of, roles_of


def facets_of(attempt: Attempt, *, on: date) -> dict[str, str | list[str]]:
    """The department and the roles are those of that day."""
    facets = {
        "course": attempt.course.title,
        "competence": attempt.teaches.name,
        "role": roles_of(attempt.person_id, on=on),
    }
    department = department_of(attempt.person_id, on=on)
    return facets | ({"department": department.name} if department else {})
