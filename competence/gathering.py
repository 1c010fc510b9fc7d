"""The facts that the obligations of a day rest on. What has been corrected is not among them.

The number of queries depends on what kinds of fact the house has, not on how many: twelve at most.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from competence import models
from competence.obligations import (
    Change,
    Equivalence,
    Facts,
    Ground,
    Holding,
    Leave,
    Proof,
    Reading,
    Requirement,
    Waiver,
)
from knowledge.models import Edition, TrainingImpact
from knowledge.models import Reading as PageReading
from people.departments import ancestors
from people.models import DepartmentMembership, LeaveOfAbsence, RoleHolding

# How long whoever learned an older edition has to read the new one, or to show the competence again.
DAYS_TO_LEARN_ANEW = 30


def gather(
    people=None,
    *,
    on: date,
    competences: Collection[int] | None = None,
    grounds: Collection[Ground] = (),
    proposed: Collection[Change] = (),
) -> Facts:
    """`people` are ids or a queryset; None is everyone. `competences`: only what bears on these (ids). `grounds`: who
    stands there is told as well, though nothing asks there yet. `proposed`: editions that are still to be published."""
    equivalences = _equivalences(on, competences)
    proving = None if competences is None else {*competences, *(one.proven for one in equivalences)}
    requirements = _requirements(on, competences)
    asking = {*grounds, *(requirement.ground for requirement in requirements)}
    changes = [*_changes(on), *proposed]
    return Facts(
        holdings=_holdings(people, asking, on),
        requirements=requirements,
        proofs=_proofs(people, proving, {change.page for change in changes}, on),
        equivalences=equivalences,
        waivers=_all(
            Waiver,
            _of(people, models.Waiver.objects.on(on)),
            "pk",
            "person_id",
            "competence_id",
            "since",
            "until",
            "reason",
        ),
        # Also those of other days: they move what falls due within them.
        leaves=_all(
            Leave,
            _of(people, LeaveOfAbsence.objects.standing()),
            "pk",
            "person_id",
            "since",
            "until",
        ),
        changes=changes,
        readings=_readings(people, changes, on),
    )


def _equivalences(on, competences) -> Sequence[Equivalence]:
    rows = models.Equivalence.objects.on(on)
    if competences is not None:
        rows = rows.filter(competence__in=competences)
    return _all(Equivalence, rows, "pk", "competence_id", "proven_id", "since", "until", "proven__name")


def _requirements(on, competences) -> Sequence[Requirement]:
    required = models.Requirement.objects.on(on)
    if competences is not None:
        required = required.filter(competence__in=competences)
    rows = required.values_list(
        "pk",
        "role_id",
        "department_id",
        "process_id",
        "competence_id",
        "since",
        "due_days",
        "until",
        "level",
        "competence__kind",
        "newcomers_only",
        "stage",
    )
    return [
        Requirement(
            pk,
            _ground(role, department, process),
            competence,
            since,
            due_days,
            until,
            level,
            kind == models.Competence.Kind.AWARENESS,
            newcomers_only,
            stage,
        )
        for (
            pk,
            role,
            department,
            process,
            competence,
            since,
            due_days,
            until,
            level,
            kind,
            newcomers_only,
            stage,
        ) in rows
    ]


def _ground(role, department, process) -> Ground:
    if role:
        return Ground("role", role)
    return Ground("department", department) if department else Ground("process", process)


def _holdings(people, asking: set[Ground], on) -> Sequence[Holding]:
    """What people stand on that asks for something: their roles; the departments that they belong to, with those above;
    the processes that their roles take part in."""
    found: list[Holding] = []
    kinds = {ground.kind for ground in asking}
    in_roles = _of(people, RoleHolding.objects.on(on)).values_list(
        "pk", "person_id", "role_id", "role__name", "since", "until"
    )
    taking_part = _participations(on) if "process" in kinds else {}
    for pk, person, role, name, since, until in in_roles:
        if (ground := Ground("role", role)) in asking:
            found.append(Holding(pk, person, ground, name, since, until))
        for process, title, first, last in taking_part.get(role, ()):
            span = max(since, first), min(until or date.max, last or date.max)
            end = span[1] if span[1] < date.max else None
            found.append(Holding(pk, person, Ground("process", process), title, span[0], end))
    if "department" in kinds:
        found += _in_departments(people, on)
    return found


def _participations(on):
    found = defaultdict(list)
    rows = models.Participation.objects.on(on).values_list("role_id", "process_id", "process__title", "since", "until")
    for role, *process in rows:
        found[role].append(process)
    return found


def _in_departments(people, on) -> Iterable[Holding]:
    above = ancestors()
    rows = _of(people, DepartmentMembership.objects.on(on)).values_list(
        "pk", "person_id", "department_id", "since", "until"
    )
    for pk, person, department, since, until in rows:
        for higher, name in above[department]:
            yield Holding(pk, person, Ground("department", higher), name, since, until)


def _proofs(people, proving: Collection[int] | None, changed_pages: set[int], on) -> Sequence[Proof]:
    proofs = _of(people, models.Proof.objects.standing().filter(since__lte=on))
    if proving is not None:
        proofs = proofs.filter(competence__in=proving)
    rows = proofs.values_list(
        "pk", "person_id", "competence_id", "since", "until", "renewal_window_days", "level", "basis"
    )
    texts = _texts(people, changed_pages) if changed_pages else {}
    nothing: frozenset[tuple[int, int]] = frozenset()
    acknowledged = models.Proof.Basis.ACKNOWLEDGED
    return [
        Proof(pk, person, competence, since, until, window, level, basis == acknowledged, texts.get(pk, nothing))
        for pk, person, competence, since, until, window, level, basis in rows
    ]


def _texts(people, pages) -> dict[int, frozenset[tuple[int, int]]]:
    """What each proof rests on, of the pages that have changed since someone learned them."""
    rows = models.Proof.editions.through.objects.filter(edition__page__in=pages)
    if people is not None:
        rows = rows.filter(proof__person__in=people)
    found = defaultdict(set)
    for proof, page, number in rows.values_list("proof_id", "edition__page_id", "edition__number"):
        found[proof].add((page, number))
    return {proof: frozenset(texts) for proof, texts in found.items()}


def _changes(on) -> Sequence[Change]:
    editions = Edition.objects.filter(
        training_impact__in=[TrainingImpact.READ, TrainingImpact.TEST], number__gt=1, effective__lte=on
    )
    return [
        Change(
            pk,
            page,
            number,
            effective,
            DAYS_TO_LEARN_ANEW,
            impact == TrainingImpact.TEST,
            f"edition {number} of “{title}”",
        )
        for pk, page, number, effective, impact, title in editions.values_list(
            "pk", "page_id", "number", "effective", "training_impact", "title"
        )
    ]


def _readings(people, changes, on) -> Sequence[Reading]:
    if not changes:
        return ()
    rows = _of(people, PageReading.objects.filter(kind=PageReading.Kind.ACKNOWLEDGED)).filter(
        edition__in=[change.id for change in changes], at__date__lte=on
    )
    return [
        Reading(person, page, number, at)
        for person, page, number, at in rows.values_list("person_id", "edition__page_id", "edition__number", "at__date")
    ]


def _of(people, rows):
    return rows if people is None else rows.filter(person__in=people)


def _all(fact: Any, rows, *columns):
    return [fact._make(values) for values in rows.values_list(*columns)]
