from django.conf import settings
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.models import Orderable, Page

from knowledge.models.editions import TrainingImpact


class NumberSeries(models.Model):
    """The last number given in a series such as BRF. A number is given once and never again."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.prefix}-{self.last:04d}"


class PageTag(TaggedItemBase):
    content_object = ParentalKey("knowledge.KnowledgePage", on_delete=models.CASCADE, related_name="tagged_items")


class KnowledgePage(Page):
    """What processes, briefs, decisions and lessons have in common. Never made by itself."""

    is_creatable = False
    prefix = ""

    number = models.CharField(max_length=20, unique=True, editable=False)
    # Wagtail's own `owner` is whoever made the page; this is who answers for it.
    accountable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accountable_for",
        verbose_name="owner",
        help_text="Answers for this page being true.",
    )
    experts = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="expert_on", help_text="Whom to ask."
    )
    processes = ParentalManyToManyField("knowledge.Process", blank=True, related_name="linked_pages", symmetrical=False)
    tags = ClusterTaggableManager(through=PageTag, blank=True)

    # What the next edition will say of itself; blanked when it is published.
    change_summary = models.CharField(max_length=250, blank=True)
    training_impact = models.CharField(max_length=4, choices=TrainingImpact.choices, blank=True)
    impact_reason = models.CharField(max_length=250, blank=True)

    # Where an imported record came from, and what it then said: importing the same file again changes nothing.
    source = models.CharField(max_length=500, blank=True, editable=False, db_index=True)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)


class Process(KnowledgePage):
    """A process of the organisation (ISO 9001 4.4), to which all else is linked."""

    prefix = "PRO"
    purpose = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []


class KnowledgeBrief(KnowledgePage):
    """What one must know about one thing, on one page."""

    prefix = "BRF"
    summary = models.CharField(max_length=250, blank=True)
    body = models.TextField()

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []


class DecisionStatus(models.TextChoices):
    """The closed set of MADR 4.0.0."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


class DecisionRecord(KnowledgePage):
    """A decision with its rationale (MADR)."""

    prefix = "DEC"
    status = models.CharField(
        max_length=10, choices=DecisionStatus.choices, null=True, blank=True, default=DecisionStatus.PROPOSED
    )
    decided_on = models.DateField(null=True, blank=True)
    decision_makers = models.TextField(blank=True)
    body = models.TextField()
    supersedes = ParentalManyToManyField("self", blank=True, symmetrical=False, related_name="superseded_by")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []


class LessonLearned(KnowledgePage):
    """What happened, why, and what was changed for it."""

    prefix = "LES"
    happened_on = models.DateField(null=True, blank=True)
    what_happened = models.TextField()
    impact = models.TextField(blank=True)
    root_cause = models.TextField(blank=True)
    correction = models.TextField(blank=True, help_text="What was done at once.")
    corrective_action = models.TextField(blank=True, help_text="What keeps it from happening again.")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []


class Why(Orderable):
    """One link in the chain of whys, from what happened to its root cause."""

    lesson = ParentalKey(LessonLearned, on_delete=models.CASCADE, related_name="whys")
    text = models.CharField(max_length=500)
