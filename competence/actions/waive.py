from django.db import transaction

from competence.models import Waiver
from competence.signals import competence_changed
from evidence.actions import record
from people.models import Person
from people.refusals import Refused
from people.spans import check_span, in_words, touching


@transaction.atomic
def waive(person, competence, *, since, until, reason, by, at) -> Waiver:
    """It is not asked of them from `since` to `until`, because. A waiver has an end: then someone looks again."""
    if until is None:
        raise Refused("Say until when it is waived. It can be waived again then.")
    check_span(since, until)
    if by is not None and by.pk == person.pk:
        raise Refused("Nobody waives what is asked of themselves. Let someone else in HR do it.")
    Person.objects.select_for_update().get(pk=person.pk)
    same = Waiver.objects.standing().filter(person=person, competence=competence)
    if clash := touching(same, since, until).first():
        raise Refused(f"{competence} is waived for {person} {in_words(clash)} already. End that first.")
    waiver = Waiver.objects.create(
        person=person, competence=competence, since=since, until=until, reason=reason, recorded_by=by
    )
    tell_waiver(waiver, reason=reason, by=by, at=at)
    return waiver


def tell_waiver(waiver, *, reason, by, at):
    record(
        "competence.waived",
        by=by,
        at=at,
        key=f"competence.waived:{waiver.pk}",
        subject=waiver.person,
        facts={
            "waiver": waiver.pk,
            "since": waiver.since.isoformat(),
            "until": waiver.until.isoformat(),
            "corrects_waiver": waiver.corrects_id,
        },
        personal={"reason": reason},
        facets={"competence": waiver.competence.name},
    )
    competence_changed.send(Waiver, fact=waiver, people=[waiver.person_id], by=by, at=at)
