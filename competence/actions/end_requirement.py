from django.db import transaction

from competence.models import Requirement
from competence.requirements import facets_of, facts_of, people_asked
from competence.signals import competence_changed
from evidence.actions import record
from people.refusals import Refused
from people.spans import check_span


@transaction.atomic
def end_requirement(requirement, *, until, by, at, reason) -> Requirement:
    """`until` is the last day on which the role asks for it. It is set once."""
    check_span(requirement.since, until)
    open_still = Requirement.objects.filter(pk=requirement.pk, until=None)
    if not open_still.update(until=until, ended_because=reason):
        raise Refused(f"{requirement}: its last day is set already, and is set only once.")
    requirement.until, requirement.ended_because = until, reason
    record(
        "competence.requirement_ended",
        by=by,
        at=at,
        key=f"competence.requirement_ended:{requirement.pk}",
        facts=facts_of(requirement),
        personal={"reason": reason},
        facets=facets_of(requirement),
    )
    competence_changed.send(Requirement, fact=requirement, people=people_asked(requirement), by=by, at=at)
    return requirement
