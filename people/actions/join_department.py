from datetime import timedelta

from django.db import transaction

from evidence.actions import record
from people.models import DepartmentMembership, Person
from people.refusals import Refused
from people.signals import place_changed
from people.spans import check_span, in_words, touching


@transaction.atomic
def join_department(person, department, *, since, by, at, until=None) -> DepartmentMembership:
    """A person is in one department at a time: a membership that was open before `since` ends on the day before."""
    check_span(since, until)
    Person.objects.select_for_update().get(pk=person.pk)
    memberships = DepartmentMembership.objects.standing().filter(person=person)
    left = memberships.filter(until=None, since__lt=since).first()
    if left:
        memberships.filter(pk=left.pk, until=None).update(until=since - timedelta(days=1))
    clash = touching(memberships, since, until).select_related("department").first()
    if clash:
        raise Refused(f"{person} is in {clash.department} {in_words(clash)}. Choose other dates.")
    membership = DepartmentMembership.objects.create(
        person=person, department=department, since=since, until=until, recorded_by=by
    )
    record(
        "people.department_joined",
        by=by,
        at=at,
        key=f"people.department_joined:{membership.pk}",
        subject=person,
        facts={
            "membership": membership.pk,
            "since": since.isoformat(),
            "until": until and until.isoformat(),
            "ends_membership": left and left.pk,
        },
        facets={"department": department.name},
    )
    place_changed.send(DepartmentMembership, people=[person.pk], by=by, at=at)
    return membership
