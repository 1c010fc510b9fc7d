from django.db import transaction

from evidence.actions import record
from people.models import Department
from people.refusals import Refused


@transaction.atomic
def add_department(name, *, parent=None, by, at) -> Department:
    if Department.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is already a department named “{name}”. Choose another name.")
    department = Department.objects.create(name=name, parent=parent)
    record(
        "people.department_added",
        by=by,
        at=at,
        key=f"people.department_added:{department.pk}",
        facts={"department_id": department.pk, "parent": parent and parent.pk},
        facets={"department": name},
    )
    return department
