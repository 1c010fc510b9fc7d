from uuid import uuid4

from django.db import transaction

from evidence.actions import record
from people.models import Person
from people.refusals import Refused


@transaction.atomic
def add_person(username, *, first_name, last_name, email="", employee_number="", password=None, by, at) -> Person:
    """Without a password nobody can sign in as them until they have chosen one (see `invite`)."""
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(f"The username “{username}” is taken. Choose another.")
    if employee_number and Person.objects.filter(employee_number=employee_number).exists():
        raise Refused(f"Someone already has the employee number {employee_number}. Check it, or leave it empty.")
    person = Person.objects.create_user(
        username,
        email,
        password,
        first_name=first_name,
        last_name=last_name,
        employee_number=employee_number,
        date_joined=at,
    )
    record(
        "people.person_added",
        by=by,
        at=at,
        key=f"people.person_added:{uuid4().hex}",  # a primary key here would outlive the erasure of the pseudonym
        subject=person,
    )
    return person
