"""By what the entries about attempts are found and sampled in the log, and what all of them say."""

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


def delta_of(attempt: Attempt) -> dict[str, int]:
    """Among the facts: which proof it renews, of a quiz that asks only about what changed since."""
    return {"delta_of": attempt.renews_id} if attempt.renews_id else {}
