from django.db import transaction

from competence.actions.take_part import tell_participation
from competence.models import Participation
from people.refusals import Refused
from people.spans import check_span


@transaction.atomic
def end_participation(participation, *, until, by, at) -> Participation:
    check_span(participation.since, until)
    if not Participation.objects.standing().filter(pk=participation.pk, until=None).update(until=until):
        raise Refused(f"{participation}: its last day is set already, and is set only once.")
    participation.until = until
    tell_participation("competence.took_part_until", participation, by=by, at=at)
    return participation
