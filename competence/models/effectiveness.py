from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from competence.models.competences import Competence
from people.facts import DatedFact, UnlessVoidQuerySet


class Evaluation(models.Model):
    """The evaluation of a training action (ISO 9001 7.2 c): what was fixed for it and found are facts of their own."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="evaluations")
    # What the training is to change. A lesson that recurs there opens it again.
    process = models.ForeignKey(
        "knowledge.Process", on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations"
    )

    def __str__(self):
        return f"Training: {self.competence}"


class EvaluationPlan(DatedFact):
    """By what one will see whether the training was effective. `since` is the day on which it was written down."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="plans")
    measure = models.CharField(max_length=250)
    training_from = models.DateField()
    criterion = models.TextField()
    method = models.TextField()
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluations")
    due = models.DateField()
    corrected_because = models.CharField(max_length=200, blank=True)
    # A correction that says: the training does not take place, or is evaluated otherwise.
    void = models.BooleanField(default=False)

    objects: ClassVar = UnlessVoidQuerySet.as_manager()

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(corrects=None), name="competence_evaluation_planned_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | Q(since__lte=F("training_from")),
                name="competence_planned_before_training",
            ),
            models.CheckConstraint(condition=Q(due__gt=F("training_from")), name="competence_evaluated_after_training"),
            models.CheckConstraint(
                condition=~Q(measure="") & ~Q(criterion="") & ~Q(method=""), name="competence_plan_is_whole"
            ),
        ]

    def __str__(self):
        return self.measure


class EvaluationOutcome(DatedFact):
    """What the evaluator found."""

    class Result(models.TextChoices):
        EFFECTIVE = "effective", "Effective"
        PARTLY = "partly", "Partly effective"
        NOT_EFFECTIVE = "not_effective", "Not effective"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="outcomes")
    # A correction keeps that of what it corrects: a lesson that recurred in between still opens it again.
    found_at = models.DateTimeField()
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluated")
    result = models.CharField(max_length=13, choices=Result.choices)
    observation = models.TextField()
    follows = models.TextField(blank=True)
    again_by = models.DateField(null=True, blank=True)
    corrected_because = models.CharField(max_length=200, blank=True)

    class Meta(DatedFact.Meta):
        ordering = ["found_at", "pk"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(condition=~Q(observation=""), name="competence_outcome_was_observed"),
            models.CheckConstraint(
                condition=Q(result="effective") | ~Q(follows=""), name="competence_something_follows"
            ),
        ]

    def __str__(self):
        return f"{self.evaluation}: {self.get_result_display()}"
