"""What is asked about requirements by more than one action."""

from people.models import RoleHolding
from people.spans import touching


def facts_of(requirement):
    return {
        "requirement": requirement.pk,
        "since": requirement.since.isoformat(),
        "until": requirement.until and requirement.until.isoformat(),
        "due_days": requirement.due_days,
    }


def facets_of(requirement):
    return {"role": requirement.role.name, "competence": requirement.competence.name}


def people_asked(requirement) -> list[int]:
    """Those who hold the role on a day on or after the requirement's first: whoever a change of it may concern."""
    holdings = touching(RoleHolding.objects.standing().filter(role=requirement.role), requirement.since, None)
    return sorted(set(holdings.values_list("person_id", flat=True)))
