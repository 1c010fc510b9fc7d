from django.conf import settings
from django.db import models

from competence.models.competences import Competence


class EffectivenessPlan(models.Model):
    """By what one will see that a training has worked (ISO 9001 7.2 c): fixed before it, and due like any task."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="effectiveness_plans")
    # A lesson that recurs on it opens the question again.
    process = models.ForeignKey(
        "knowledge.Process", on_delete=models.PROTECT, null=True, blank=True, related_name="effectiveness_plans"
    )
    criterion = models.CharField(max_length=250, help_text="What must be so, in numbers where there are any.")
    method = models.CharField(max_length=250, help_text="How one looks.")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="to_evaluate")
    training_from = models.DateField("training begins on")
    due = models.DateField("to be evaluated by")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due__gte=models.F("training_from")), name="competence_evaluated_after_training"
            )
        ]

    def __str__(self):
        return f"{self.competence}: {self.criterion}"


class Evaluation(models.Model):
    """What was found, or that the question was opened again, and by what. The last one counts."""

    class Finding(models.TextChoices):
        EFFECTIVE = "effective", "Effective"
        NOT_EFFECTIVE = "not_effective", "Not effective"
        REOPENED = "reopened", "Opened again"

    plan = models.ForeignKey(EffectivenessPlan, on_delete=models.PROTECT, related_name="evaluations")
    finding = models.CharField(max_length=13, choices=Finding.choices)
    words = models.TextField()
    # Of one that was opened again: the lesson that recurred, and by when it is to be looked at.
    edition = models.ForeignKey("knowledge.Edition", on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="evaluations")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.plan}: {self.get_finding_display()}"
