from django.db import transaction

from competence.actions.waive import tell_waiver
from competence.models import Waiver
from people.models import Person
from people.refusals import Refused
from people.spans import check_span


@transaction.atomic
def end_waiver(waiver, *, until, reason, by, at) -> Waiver:
    """It ends sooner than it said: a new fact in place of this one."""
    check_span(waiver.since, until)
    Person.objects.select_for_update().get(pk=waiver.person_id)
    if not Waiver.objects.standing().filter(pk=waiver.pk).exists():
        raise Refused("This waiver has already been changed. Look at the one that stands.")
    if until >= waiver.until:
        raise Refused(f"It ends on {waiver.until:%-d %B %Y} anyway. Choose an earlier day, or waive it anew then.")
    shorter = Waiver.objects.create(
        person=waiver.person,
        competence=waiver.competence,
        since=waiver.since,
        until=until,
        reason=waiver.reason,
        ended_because=reason,
        corrects=waiver,
        recorded_by=by,
    )
    tell_waiver(shorter, reason=reason, by=by, at=at)
    return shorter
