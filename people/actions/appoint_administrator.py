from uuid import uuid4

from django.db import transaction

from evidence.actions import record
from people.models import Person


@transaction.atomic
def appoint_administrator(person, *, by, at) -> None:
    """An administrator may do everything that Django and Wagtail know of; so it leaves its trace. Twice is once."""
    appointed = Person.objects.filter(pk=person.pk, is_superuser=False).update(is_superuser=True, is_staff=True)
    if not appointed:
        return
    person.is_superuser = person.is_staff = True
    record(
        "people.administrator_appointed",
        by=by,
        at=at,
        key=f"people.administrator_appointed:{uuid4().hex}",
        subject=person,
    )
