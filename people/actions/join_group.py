from django.contrib.auth.models import Group
from django.db import transaction

from evidence.actions import record
from people.models import Person


@transaction.atomic
def join_group(person, group_name, *, by, at) -> None:
    """Joining twice is joining once."""
    memberships = Person.groups.through.objects
    membership, is_new = memberships.get_or_create(person=person, group=Group.objects.get(name=group_name))
    if not is_new:
        return
    person.__dict__.pop("group_names", None)
    record(
        "people.group_joined",
        by=by,
        at=at,
        key=f"people.group_joined:{membership.pk}",
        subject=person,
        facts={"group": group_name},
    )
