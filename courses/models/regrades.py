from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.models.attempts import Attempt
from courses.models.fractions import FractionField
from courses.models.questions import Question, QuestionVersion

LONGEST_REASON = 200


class Treatment(models.TextChoices):
    """How answers to a question that turned out wrong count."""

    KEY = "key", "By the right answers of a version"
    EVERYONE = "everyone", "Everyone gets the points"
    NOT_COUNTED = "not counted", "The question does not count"


class Regrade(models.Model):
    """That answers to a question, graded already, count in another way from now on. A later one of the same question
    takes its place in the attempts that it changes; those of other questions stay beside it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="regrades")
    treatment = models.CharField(max_length=11, choices=Treatment)
    key = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, null=True, related_name="regrades")
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(treatment="key", key__isnull=False) | ~Q(treatment="key") & Q(key=None),
                name="courses_regraded_by_a_key_or_none",
            )
        ]

    def __str__(self):
        return f"{self.question}: {self.get_treatment_display()}"


class RegradedResult(models.Model):
    """What an attempt is worth by a regrade and those before it: its result from then on. One for each attempt whose
    points changed."""

    regrade = models.ForeignKey(Regrade, on_delete=models.PROTECT, related_name="results")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="regraded")
    points = FractionField()
    points_possible = models.PositiveIntegerField()
    passed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regrade", "attempt"], name="courses_one_result_a_regrade")]

    def __str__(self):
        return f"{self.attempt_id}: {self.points} of {self.points_possible}"
