from django.db import transaction

from competence.models import Requirement
from competence.requirements import facets_of, facts_of, people_asked
from competence.signals import competence_changed
from evidence.actions import record
from people.models import JobRole
from people.refusals import Refused
from people.spans import check_span, in_words, touching


@transaction.atomic
def require(role, competence, *, since, due_days=30, until=None, by, at) -> Requirement:
    check_span(since, until)
    JobRole.objects.select_for_update().get(pk=role.pk)
    same = Requirement.objects.standing().filter(role=role, competence=competence)
    clash = touching(same, since, until).first()
    if clash:
        raise Refused(f"The role {role} already asks for {competence} {in_words(clash)}. End that first.")
    requirement = Requirement.objects.create(
        role=role, competence=competence, since=since, until=until, due_days=due_days, recorded_by=by
    )
    record(
        "competence.required",
        by=by,
        at=at,
        key=f"competence.required:{requirement.pk}",
        facts=facts_of(requirement),
        facets=facets_of(requirement),
    )
    competence_changed.send(Requirement, fact=requirement, people=people_asked(requirement), by=by, at=at)
    return requirement
