"""The people whom a list names: by username, e-mail address or employee number, a line each."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower

from people.directory import working
from people.models import Person
from people.refusals import Refused

NAMED_BY = ("username", "email", "employee_number")
MOST = 500


def people_named(text: str, *, on: date) -> list[Person]:
    """All of them, or none: refused with the lines that name nobody who worked here then, or several."""
    lines = list(dict.fromkeys(line.strip().lower() for line in text.splitlines() if line.strip()))
    if len(lines) > MOST:
        raise Refused(f"These are {len(lines)} lines. Record at most {MOST} at a time.")
    known = Q()
    for name in NAMED_BY:
        known |= Q(**{f"{name}_in_small__in": lines})
    in_small = {f"{name}_in_small": Lower(name) for name in NAMED_BY}
    found = defaultdict(set)
    for person in working(Person.objects.annotate(**in_small).filter(known), on=on):
        for name in NAMED_BY:
            found[(getattr(person, name) or "").lower()].add(person)
    wrong = [line for line in lines if len(found[line]) != 1]
    if wrong:
        raise Refused(
            f"Nobody is recorded yet: {', '.join(f'“{line}”' for line in wrong[:10])} names nobody who worked here on "
            "that day, or several people. Correct the list and send it again."
        )
    return [person for line in lines for person in found[line]]
