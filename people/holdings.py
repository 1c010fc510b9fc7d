"""What is asked about role holdings by more than one action."""

from people.models import Department, DepartmentMembership, RoleHolding
from people.refusals import Refused
from people.spans import in_words, touching


def check_free(person, role, since, until, *, besides=None):
    """Nobody holds one role twice on one day; `besides` is a holding that is about to be corrected."""
    same = RoleHolding.objects.standing().filter(person=person, role=role)
    clash = touching(same.exclude(pk=besides and besides.pk), since, until).first()
    if clash:
        raise Refused(f"{person} already has the role {role} {in_words(clash)}. Choose other dates, or end that first.")


def facts_of(holding):
    return {
        "holding": holding.pk,
        "since": holding.since.isoformat(),
        "until": holding.until and holding.until.isoformat(),
    }


def facets_of(holding, *, on):
    department = department_of(holding.person_id, on=on)
    return {"role": holding.role.name} | ({"department": department.name} if department else {})


def department_of(person_id, *, on) -> Department | None:
    membership = DepartmentMembership.objects.on(on).filter(person=person_id).select_related("department").first()
    return membership and membership.department


def roles_of(person_id, *, on) -> list[str]:
    return sorted(RoleHolding.objects.on(on).filter(person=person_id).values_list("role__name", flat=True))
