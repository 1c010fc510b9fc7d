from django.conf import settings
from django.db import models
from django.db.models import Q

from people.facts import DatedFact


class Competence(models.Model):
    """Something that one must be able to do, and for how long a proof of it holds (ISO 9001 7.2)."""

    name = models.CharField(max_length=160, unique=True)
    description = models.TextField(blank=True)
    validity_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Calendar months. Empty: a proof does not end."
    )
    renewal_window_days = models.PositiveSmallIntegerField(
        default=30, help_text="How long before its end a proof may be renewed, and is asked for again."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Requirement(DatedFact):
    """That a job role asks for a competence, within so many days of taking it up."""

    role = models.ForeignKey("people.JobRole", on_delete=models.PROTECT, related_name="requirements")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="requirements")
    due_days = models.PositiveSmallIntegerField(default=30)
    ended_because = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"{self.role} needs {self.competence}"


class Proof(DatedFact):
    """That a person showed a competence. `until` is its last day, fixed when it is given; empty if it does not end."""

    class Basis(models.TextChoices):
        COURSE = "course", "Course passed"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proofs")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="proofs")
    basis = models.CharField(max_length=12, choices=Basis.choices)
    # What it rests on, in the words of the room that knows: a course and an attempt, say.
    reference = models.CharField(max_length=200)
    # The exact texts that it rests on.
    editions = models.ManyToManyField("knowledge.Edition", related_name="proofs")
    # The rule that it was given under: `until` can be derived again, and a later change of the rule does not touch it.
    validity_months = models.PositiveSmallIntegerField(null=True)
    renewal_window_days = models.PositiveSmallIntegerField()

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "competence", "basis", "reference"],
                condition=Q(corrects=None),
                name="competence_one_proof_a_reference",
            ),
        ]
        indexes = [models.Index(fields=["person", "competence"], name="competence_proofs")]

    def __str__(self):
        return f"{self.person}: {self.competence}"


class Reminder(models.Model):
    """That someone is to be told, once, that something is asked of them by a day, or was."""

    class Stage(models.TextChoices):
        ASKED = "asked", "Asked for"
        OVERDUE = "overdue", "Overdue"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="reminders")
    due = models.DateField()
    stage = models.CharField(max_length=8, choices=Stage.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when it was sent, or found to be needless by then.
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "competence", "due", "stage"], name="competence_reminded_once")
        ]

    def __str__(self):
        return f"{self.person}: {self.competence} {self.stage}"
