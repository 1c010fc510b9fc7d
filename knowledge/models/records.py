"""The four kinds of knowledge page."""

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from knowledge.models.editing import about_panels, change_panels, markdown_panel
from knowledge.models.pages import KnowledgePage


class Process(KnowledgePage):
    """A process of the organisation (ISO 9001 4.4), to which all else is linked."""

    prefix = "PRO"
    shelf = "processes"
    reader_fields = [("purpose", "text"), ("body", "markdown")]

    purpose = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True, verbose_name="text")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/process.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("purpose"),
        markdown_panel("body"),
        *about_panels,
        *change_panels,
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("purpose"), index.SearchField("body")]

    class Meta:
        verbose_name = "process"
        verbose_name_plural = "processes"

    @property
    def summary(self):
        return self.purpose


class KnowledgeBrief(KnowledgePage):
    """What one must know about one thing, on one page."""

    prefix = "BRF"
    shelf = "briefs"
    reader_fields = [("summary", "text"), ("body", "markdown")]

    summary = models.CharField(max_length=250, blank=True)
    body = models.TextField(verbose_name="text")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/knowledge_brief.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        markdown_panel("body"),
        *about_panels,
        *change_panels,
    ]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "briefs"


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
    shelf = "decisions"
    reader_fields = [
        ("status", "choice"),
        ("decided_on", "date"),
        ("decision_makers", "text"),
        ("body", "markdown"),
        ("supersedes", "pages"),
    ]

    # Empty where an imported record does not say.
    status = models.CharField(
        max_length=10, choices=DecisionStatus.choices, null=True, blank=True, default=DecisionStatus.PROPOSED
    )
    decided_on = models.DateField(null=True, blank=True)
    decision_makers = models.TextField(blank=True)
    body = models.TextField(verbose_name="text")
    supersedes = ParentalManyToManyField("self", blank=True, symmetrical=False, related_name="superseded_by")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/decision_record.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("status"),
        FieldPanel("decided_on"),
        FieldPanel("decision_makers"),
        markdown_panel("body"),
        FieldPanel("supersedes"),
        *about_panels,
        *change_panels,
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("decision_makers"),
        index.SearchField("body"),
        index.FilterField("status"),
        index.FilterField("decided_on"),
    ]

    class Meta:
        verbose_name = "decision"
        verbose_name_plural = "decisions"


class LessonLearned(KnowledgePage):
    """What happened, why, and what was changed for it."""

    prefix = "LES"
    shelf = "lessons"
    reader_fields = [
        ("happened_on", "date"),
        ("what_happened", "markdown"),
        ("impact", "markdown"),
        ("whys", "chain"),
        ("root_cause", "markdown"),
        ("correction", "markdown"),
        ("corrective_action", "markdown"),
    ]

    happened_on = models.DateField(null=True, blank=True)
    what_happened = models.TextField()
    impact = models.TextField(blank=True)
    root_cause = models.TextField(blank=True)
    correction = models.TextField(blank=True, help_text="What was done at once.")
    corrective_action = models.TextField(blank=True, help_text="What keeps it from happening again.")

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/lesson_learned.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("happened_on"),
        markdown_panel("what_happened"),
        markdown_panel("impact"),
        InlinePanel("whys", heading="Whys", label="Why", help_text="From what happened to its root cause."),
        markdown_panel("root_cause"),
        markdown_panel("correction"),
        markdown_panel("corrective_action"),
        *about_panels,
        *change_panels,
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("what_happened"),
        index.SearchField("impact"),
        index.SearchField("root_cause"),
        index.SearchField("correction"),
        index.SearchField("corrective_action"),
        index.RelatedFields("whys", [index.SearchField("text")]),
        index.FilterField("happened_on"),
    ]

    class Meta:
        verbose_name = "lesson"
        verbose_name_plural = "lessons"


class Why(Orderable):
    """One link in the chain of whys, from what happened to its root cause."""

    lesson = ParentalKey(LessonLearned, on_delete=models.CASCADE, related_name="whys")
    text = models.CharField(max_length=500)

    def __str__(self):
        return self.text
