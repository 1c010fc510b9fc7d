from django.db import models
from django.db.models import Q

from competence.models.competences import Competence
from competence.words import LEVELS
from people.facts import DatedFact

GROUNDS = ["role", "department", "process"]


def _exactly_one(names):
    one_each = (
        Q(**{f"{name}__isnull": False}, **{f"{other}__isnull": True for other in names if other != name})
        for name in names
    )
    whole = Q(pk=None)
    for case in one_each:
        whole |= case
    return whole


class Requirement(DatedFact):
    """That a job role, a department or a process asks for a competence, within so many days of coming to it."""

    class Stage(models.IntegerChoices):
        """When in someone's first weeks it is learned."""

        WEEK_1 = 1, "In the first week"
        WEEK_2 = 2, "In the second week"
        WEEK_3 = 3, "In the third week"

    role = models.ForeignKey(
        "people.JobRole", on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    department = models.ForeignKey(
        "people.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    process = models.ForeignKey(
        "knowledge.Process", on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(choices=list(LEVELS.items()), default=1)
    due_days = models.PositiveSmallIntegerField(default=30)
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, null=True, blank=True)
    # Leaves alone whoever was there before `since`.
    newcomers_only = models.BooleanField("only those who come after it", default=False)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(condition=_exactly_one(GROUNDS), name="competence_one_ground"),
        ]

    def __str__(self):
        return f"{self.ground} needs {self.competence}"

    @property
    def ground(self):
        return self.role or self.department or self.process

    @property
    def ground_kind(self):
        return next(name for name in GROUNDS if getattr(self, f"{name}_id"))


class Participation(DatedFact):
    """That those who have a role take part in a process, and so are asked for what the process asks."""

    role = models.ForeignKey("people.JobRole", on_delete=models.PROTECT, related_name="participations")
    process = models.ForeignKey("knowledge.Process", on_delete=models.PROTECT, related_name="participations")

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["role", "process"], condition=Q(until=None), name="competence_takes_part_once"
            ),
        ]

    def __str__(self):
        return f"{self.role} in {self.process}"
