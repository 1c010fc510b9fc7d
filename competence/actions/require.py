from django.db import transaction

from competence.models import Competence, Requirement
from competence.models.requirements import GROUNDS
from competence.requirements import facets_of, facts_of, people_asked
from competence.signals import competence_changed
from evidence.actions import record
from people.refusals import Refused
from people.spans import check_span, in_words, touching


@transaction.atomic
def require(ground, competence, *, since, due_days=30, until=None, level=1, stage=None, newcomers_only=False, by, at):
    """`ground`: the job role, the department or the process that asks for it."""
    check_span(since, until)
    if competence.is_awareness and level > 1:
        raise Refused(
            f"{competence} is awareness: it is acknowledged or not, and has no levels. Ask for it without one."
        )
    requirement = Requirement(
        **{ground_name(ground): ground},
        competence=competence,
        since=since,
        until=until,
        level=level,
        due_days=due_days,
        stage=stage,
        newcomers_only=newcomers_only,
        recorded_by=by,
    )
    # Of two who ask for the same thing at once, the second finds the first's.
    Competence.objects.select_for_update().get(pk=competence.pk)
    same = Requirement.objects.standing().filter(**{ground_name(ground): ground.pk}, competence=competence)
    if clash := touching(same, since, until).first():
        name = requirement.ground_kind
        raise Refused(f"The {name} {ground} already asks for {competence} {in_words(clash)}. End that first.")
    requirement.save()
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


def ground_name(ground) -> str:
    """Of a job role, a department or a process: by which field a requirement names it."""
    models = {Requirement._meta.get_field(name).related_model: name for name in GROUNDS}
    return models[type(ground)]
