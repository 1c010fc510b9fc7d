from django.db import transaction

from competence.models import Participation
from competence.signals import competence_changed
from evidence.actions import record
from people.models import JobRole, RoleHolding
from people.refusals import Refused
from people.spans import check_span, in_words, touching


@transaction.atomic
def take_part(role, process, *, since, until=None, by, at) -> Participation:
    """Those who have the role take part in the process, and are asked for what it asks."""
    check_span(since, until)
    JobRole.objects.select_for_update().get(pk=role.pk)
    if clash := touching(Participation.objects.standing().filter(role=role, process=process), since, until).first():
        raise Refused(f"The role {role} takes part in {process} {in_words(clash)} already.")
    participation = Participation.objects.create(role=role, process=process, since=since, until=until, recorded_by=by)
    tell_participation("competence.took_part", participation, by=by, at=at)
    return participation


def tell_participation(kind, participation, *, by, at):
    record(
        kind,
        by=by,
        at=at,
        key=f"{kind}:{participation.pk}",
        facts={
            "participation": participation.pk,
            "since": participation.since.isoformat(),
            "until": participation.until and participation.until.isoformat(),
        },
        facets={"role": participation.role.name, "process": participation.process.number},
    )
    holders = RoleHolding.objects.standing().filter(role=participation.role)
    people = sorted(set(holders.values_list("person_id", flat=True)))
    competence_changed.send(Participation, fact=participation, people=people, by=by, at=at)
