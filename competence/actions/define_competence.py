from django.db import transaction
from django.utils import timezone

from competence.models import Competence, Validity
from competence.renewal import Mode
from competence.validities import check, facts_of
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def define_competence(
    name,
    *,
    description="",
    kind=Competence.Kind.COMPETENCE,
    mode=None,
    validity_months=None,
    month=None,
    day=None,
    renewal_window_days=30,
    minimum_days=0,
    by,
    at,
) -> Competence:
    """`validity_months` are calendar months, from completion unless `mode` says otherwise (competence/renewal.py).
    Without both, a proof does not end."""
    if Competence.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is already a competence named “{name}”. Choose another name.")
    mode = mode or (Mode.NONE if validity_months is None else Mode.FROM_COMPLETION)
    competence = Competence.objects.create(name=name, description=description, kind=kind)
    validity = Validity(
        competence=competence,
        since=timezone.localdate(at),
        mode=mode,
        months=validity_months,
        month=month,
        day=day,
        window_days=renewal_window_days,
        minimum_days=minimum_days,
        recorded_by=by,
    )
    check(validity)
    validity.save()
    record(
        "competence.competence_defined",
        by=by,
        at=at,
        key=f"competence.competence_defined:{competence.pk}",
        facts={"competence_id": competence.pk, "kind": str(kind), **facts_of(validity)},
        facets={"competence": name},
    )
    return competence
