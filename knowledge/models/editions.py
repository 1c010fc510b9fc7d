from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery


class TrainingImpact(models.TextChoices):
    """What a change asks of those who learned the text before it."""

    NONE = "none", "None: nobody needs to read it again"
    READ = "read", "Read: those who learned it read it again"
    TEST = "test", "Test: those who learned it are asked again"


class Significance(models.TextChoices):
    """How much a change matters: a major one asks those who answer for what cites it to look."""

    MINOR = "minor", "Minor"
    MAJOR = "major", "Major"


class EditionQuerySet(models.QuerySet):
    def on(self, day):
        """The editions in force at the end of `day`."""
        return self.filter(Q(ended_at=None) | Q(ended_at__date__gt=day), effective__lte=day)

    def current(self):
        return self.filter(ended_at=None)

    def current_for(self, page_ids):
        """{page id: its current edition}, in one query; a page without one is left out."""
        return {edition.page_id: edition for edition in self.current().filter(page__in=page_ids)}

    def without_content(self):
        return self.defer("content")

    def acknowledged_by(self, person):
        """Each edition with `acknowledged_at`: when `person` said that they have read it, or None."""
        readings = Reading.objects.filter(edition=OuterRef("pk"), person=person.pk, kind=Reading.Kind.ACKNOWLEDGED)
        return self.annotate(acknowledged_at=Subquery(readings.values("at")))


class Edition(models.Model):
    """One publication of a page: its number and its own frozen copy, which nothing may change."""

    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    # Canonical JSON of every field that a reader sees (knowledge/freezing.py), and its SHA-256 (hex).
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="authored_editions"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="approved_editions"
    )
    change_summary = models.CharField(max_length=250, blank=True)
    significance = models.CharField(max_length=5, choices=Significance.choices, default=Significance.MAJOR)
    training_impact = models.CharField(max_length=4, choices=TrainingImpact.choices)
    impact_reason = models.CharField(max_length=250, blank=True)
    effective = models.DateField()
    published_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when the next edition took its place, or the page was unpublished (then, perhaps, with a reason).
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_because = models.CharField(max_length=250, blank=True, editable=False)
    # A reference only: a revision can be rewritten while it is live.
    revision_id = models.PositiveBigIntegerField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["-published_at"], name="knowledge_newest_editions")]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="knowledge_one_edition_a_number"),
            models.UniqueConstraint(fields=["page"], condition=Q(ended_at=None), name="knowledge_one_current_edition"),
            models.CheckConstraint(
                condition=~Q(training_impact=TrainingImpact.NONE) | ~Q(impact_reason=""),
                name="knowledge_no_impact_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.title}, edition {self.number}"


class ApprovalManager(models.Manager["Approval"]):
    def approver_of(self, revision):
        approval = self.select_related("approver").filter(revision_id=revision.pk).first()
        return approval.approver if approval else None


class Approval(models.Model):
    """Who let a revision be published later, written down when they did: the approver of the edition to come."""

    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="approvals")
    revision_id = models.PositiveBigIntegerField(unique=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ApprovalManager()

    def __str__(self):
        return f"{self.page} by {self.approver}"


class Reading(models.Model):
    """That someone opened an edition, or said they have read and understood it: two facts, no proof of competence."""

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
