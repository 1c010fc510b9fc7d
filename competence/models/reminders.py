from django.conf import settings
from django.db import models
from django.db.models import Q

from competence.models.competences import Competence
from competence.models.effectiveness import Evaluation


class Reminder(models.Model):
    """That someone is to be told, once, that something is asked of them by a day, or was; or of one of their people."""

    class Stage(models.TextChoices):
        ASKED = "asked", "Asked for"
        SOON = "soon", "Due soon"
        TODAY = "today", "Due today"
        OVERDUE = "overdue", "Overdue"
        # Told to the manager, or to who planned an evaluation.
        ESCALATED = "escalated", "Overdue for some time"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="reminders")
    # Of an evaluation that the person is to make; else the competence itself is asked of them.
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, related_name="reminders")
    # Who is told: the person, or their manager, or who planned the evaluation.
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders_to_read")
    due = models.DateField()
    stage = models.CharField(max_length=9, choices=Stage.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when it was sent, or found to be needless by then.
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "competence", "due", "stage", "reader"],
                condition=Q(evaluation=None),
                name="competence_reminded_once",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "person", "due", "stage", "reader"], name="competence_reminded_to_evaluate_once"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.competence} {self.stage}"
