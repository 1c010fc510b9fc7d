from datetime import date

from competence import models
from competence.obligations import Facts, Holding, Proof, Requirement
from people.models import RoleHolding


def gather(people=None, *, on: date) -> Facts:
    """The facts that the obligations of a day rest on, in three queries; what has been corrected is not among them.

    `people` are ids or a queryset; None is everyone.
    """
    holdings = RoleHolding.objects.on(on)
    proofs = models.Proof.objects.standing().filter(since__lte=on)
    if people is not None:
        holdings, proofs = holdings.filter(person__in=people), proofs.filter(person__in=people)
    return Facts(
        holdings=_all(Holding, holdings, "pk", "person_id", "role_id", "role__name", "since", "until"),
        requirements=_all(
            Requirement,
            models.Requirement.objects.on(on),
            "pk",
            "role_id",
            "competence_id",
            "since",
            "due_days",
            "until",
        ),
        proofs=_all(Proof, proofs, "pk", "person_id", "competence_id", "since", "until", "renewal_window_days"),
    )


def _all(fact, rows, *columns):
    return tuple(fact(*values) for values in rows.values_list(*columns))
