from django.conf import settings
from django.db import models

from competence.models.competences import Competence


class Reminder(models.Model):
    """That someone is to be told, once, that something is asked of them by a day, or was; or of one of their people."""

    class Stage(models.TextChoices):
        ASKED = "asked", "Asked for"
        SOON = "soon", "Due soon"
        TODAY = "today", "Due today"
        OVERDUE = "overdue", "Overdue"
        # Told to the manager.
        ESCALATED = "escalated", "Overdue for some time"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="reminders")
    # Who is told: the person, or their manager.
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders_to_read")
    due = models.DateField()
    stage = models.CharField(max_length=9, choices=Stage.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when it was sent, or found to be needless by then.
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "competence", "due", "stage", "reader"], name="competence_reminded_once"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.competence} {self.stage}"
