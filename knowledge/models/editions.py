from django.conf import settings
from django.db import models


class TrainingImpact(models.TextChoices):
    """What a change asks of those who learned the text before it."""

    NONE = "none", "None"
    READ = "read", "Read again"
    TEST = "test", "Test again"


class EditionQuerySet(models.QuerySet):
    def on(self, day):
        """The editions in force on `day`, by their effective dates."""
        return self.filter(effective__lte=day).exclude(ended_at__date__lt=day)


class Edition(models.Model):
    """One publication of a page: its number and its own frozen copy, which nothing may change."""

    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    # Canonical JSON of every field that a reader sees, and its SHA-256 (hex).
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="authored_editions"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="approved_editions"
    )
    change_summary = models.CharField(max_length=250, blank=True)
    training_impact = models.CharField(max_length=4, choices=TrainingImpact.choices)
    impact_reason = models.CharField(max_length=250, blank=True)
    effective = models.DateField()
    published_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when the next edition took its place, or the page was unpublished.
    ended_at = models.DateTimeField(null=True, editable=False)
    # A reference only: a revision can be rewritten while it is live.
    revision_id = models.PositiveBigIntegerField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="knowledge_one_edition_a_number")]

    def __str__(self):
        return f"{self.title}, edition {self.number}"


class Reading(models.Model):
    """That someone opened an edition, or said that they have read and understood it: two facts, neither a proof of competence."""

    class Kind(models.TextChoices):
        OPENED = "opened"
        ACKNOWLEDGED = "acknowledged"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "person", "kind"], name="knowledge_one_reading_of_a_kind")
        ]

    def __str__(self):
        return f"{self.person} {self.kind} {self.edition}"
