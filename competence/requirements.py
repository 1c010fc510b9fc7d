"""What is asked about requirements by more than one action."""

from competence.models import Participation
from people.departments import with_those_below
from people.models import DepartmentMembership, RoleHolding
from people.spans import touching


def facts_of(requirement):
    return {
        "requirement": requirement.pk,
        "ground": requirement.ground_kind,
        "since": requirement.since.isoformat(),
        "until": requirement.until and requirement.until.isoformat(),
        "level": requirement.level,
        "due_days": requirement.due_days,
        "stage": requirement.stage,
        "newcomers_only": requirement.newcomers_only,
    }


def facets_of(requirement):
    ground = requirement.ground
    value = ground.number if requirement.ground_kind == "process" else ground.name
    return {requirement.ground_kind: value, "competence": requirement.competence.name}


def people_asked(requirement) -> list[int]:
    """Those who stand there on a day on or after the requirement's first: whoever a change of it may concern."""
    standing = touching(_those_there(requirement), requirement.since, None)
    return sorted(set(standing.values_list("person_id", flat=True)))


def _those_there(requirement):
    if requirement.department_id:
        below = with_those_below(requirement.department)
        return DepartmentMembership.objects.standing().filter(department__in=below)
    if requirement.role_id:
        return RoleHolding.objects.standing().filter(role=requirement.role_id)
    taking_part = Participation.objects.standing().filter(process=requirement.process_id)
    return RoleHolding.objects.standing().filter(role__in=taking_part.values("role"))
