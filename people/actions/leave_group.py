from django.db import transaction

from evidence.actions import record
from people.models import Person


@transaction.atomic
def leave_group(person, group_name, *, by, at) -> None:
    membership = Person.groups.through.objects.filter(person=person, group__name=group_name).first()
    if membership is None:
        return
    key = f"people.group_left:{membership.pk}"
    membership.delete()
    person.__dict__.pop("group_names", None)
    record("people.group_left", by=by, at=at, key=key, subject=person, facts={"group": group_name})
