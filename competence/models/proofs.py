from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from competence.models.competences import Competence
from competence.words import LEVELS
from people.facts import DatedFact, UnlessVoidQuerySet


class Proof(DatedFact):
    """That a person showed a competence. `until` is its last day, fixed when it is given; empty if it does not end."""

    class Basis(models.TextChoices):
        COURSE = "course", "Course passed"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        CERTIFICATE = "certificate", "Certificate of someone else"
        PRACTICE = "practice", "Observed in practice"
        EXPERIENCE = "experience", "Experience accepted"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proofs")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="proofs")
    basis = models.CharField(max_length=12, choices=Basis.choices)
    level = models.PositiveSmallIntegerField(choices=list(LEVELS.items()), default=1)
    # What it rests on, in the words of the room that knows: a course and an attempt; the number of a certificate.
    reference = models.CharField(max_length=200)
    # Of a certificate: who gave it, and the file. Of practice: who saw it. Of experience: why it is accepted.
    issuer = models.CharField(max_length=160, blank=True)
    file = models.FileField(upload_to="certificates", blank=True)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assessed"
    )
    because = models.TextField(blank=True)
    # The exact texts that it rests on.
    editions = models.ManyToManyField("knowledge.Edition", related_name="proofs")
    # The rule that it was given under, and what its end was counted from (competence/renewal.py): `until` can be
    # derived again, and a later change of the rule does not touch it. Empty where a certificate says its own end.
    counted_from = models.JSONField(default=dict)
    renewal_window_days = models.PositiveSmallIntegerField()
    corrected_because = models.CharField(max_length=200, blank=True)
    # A correction that says: this was never so, or is revoked.
    void = models.BooleanField(default=False)

    objects: ClassVar = UnlessVoidQuerySet.as_manager()

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "competence", "basis", "reference"],
                condition=Q(corrects=None),
                name="competence_one_proof_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(basis="practice") | Q(assessor__isnull=False) & ~Q(assessor=models.F("person")),
                name="competence_practice_is_seen_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(basis="experience") | ~Q(because=""), name="competence_experience_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["person", "competence"], name="competence_proofs")]

    def __str__(self):
        return f"{self.person}: {self.competence}"


class Waiver(DatedFact):
    """That a competence is not asked of someone for a time, though what they do asks for it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waivers")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="waivers")
    reason = models.CharField(max_length=250)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="competence_waived_with_a_reason"),
            # An exception that nobody looks at again is none.
            models.CheckConstraint(condition=Q(until__isnull=False), name="competence_waived_to_a_day"),
        ]

    def __str__(self):
        return f"{self.person}: {self.competence} waived"
