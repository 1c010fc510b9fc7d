from django.db import transaction

from competence.models import Competence
from evidence.actions import record
from people.refusals import Refused


@transaction.atomic
def define_competence(name, *, description="", validity_months=None, renewal_window_days=30, by, at) -> Competence:
    """`validity_months` are calendar months; None: a proof of it does not end."""
    if Competence.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is already a competence named “{name}”. Choose another name.")
    if validity_months is not None and validity_months < 1:
        raise Refused("A proof must hold for at least one month. Leave it empty if it does not end.")
    competence = Competence.objects.create(
        name=name,
        description=description,
        validity_months=validity_months,
        renewal_window_days=renewal_window_days,
    )
    record(
        "competence.competence_defined",
        by=by,
        at=at,
        key=f"competence.competence_defined:{competence.pk}",
        facts={
            "competence_id": competence.pk,
            "validity_months": validity_months,
            "renewal_window_days": renewal_window_days,
        },
        facets={"competence": name},
    )
    return competence
