from django.db import transaction

from evidence.actions import record
from people.models import JobRole
from people.refusals import Refused


@transaction.atomic
def add_role(name, *, description="", by, at) -> JobRole:
    if JobRole.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is already a role named “{name}”. Choose another name.")
    role = JobRole.objects.create(name=name, description=description)
    record(
        "people.role_added",
        by=by,
        at=at,
        key=f"people.role_added:{role.pk}",
        facts={"role_id": role.pk},
        facets={"role": name},
    )
    return role
