from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from knowledge.models.editing import about_panels, change_panels, markdown_panel, title_panel
from knowledge.models.pages import KnowledgePage

ONE_A_LINE = "One a line."


class DecisionStatus(models.TextChoices):
    """The closed set of MADR 4.0.0."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


# What an author says of a decision that was taken; only such a one takes the place of another.
TAKEN = (DecisionStatus.ACCEPTED, DecisionStatus.DEPRECATED, DecisionStatus.SUPERSEDED)


class DecisionRecord(KnowledgePage):
    """A decision with its rationale, in the fields of MADR 4.0.0.

    `status` is what its author says. That another decision has taken its place is a fact of its own (Supersession),
    and what readers are shown is derived from both.
    """

    prefix = "DEC"
    shelf = "decisions"
    reader_fields = [
        ("status", "choice"),
        ("decided_on", "date"),
        ("decision_makers", "text"),
        ("consulted", "text"),
        ("informed", "text"),
        ("context", "markdown"),
        ("drivers", "markdown"),
        ("options", "options"),
        ("outcome", "markdown"),
        ("consequences", "markdown"),
        ("confirmation", "markdown"),
        ("more_information", "markdown"),
        ("body", "markdown"),
        ("supersedes", "pages"),
    ]

    # Empty where an imported record does not say.
    status = models.CharField(
        max_length=10, choices=DecisionStatus.choices, null=True, blank=True, default=DecisionStatus.PROPOSED
    )
    decided_on = models.DateField(null=True, blank=True)
    decision_makers = models.TextField(blank=True, help_text=ONE_A_LINE)
    consulted = models.TextField(blank=True, help_text=f"Whose view was asked for. {ONE_A_LINE}")
    informed = models.TextField(blank=True, help_text=f"Who was told. {ONE_A_LINE}")
    context = models.TextField("context and problem statement", blank=True)
    drivers = models.TextField("decision drivers", blank=True)
    outcome = models.TextField(
        "decision outcome", blank=True, help_text="Which option was chosen, and why that one and not another."
    )
    consequences = models.TextField(blank=True)
    confirmation = models.TextField(blank=True, help_text="How one sees that it is kept.")
    more_information = models.TextField(blank=True)
    # Of an imported record, what fits none of the fields above.
    body = models.TextField("further text", blank=True)
    supersedes = ParentalManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="superseded_by",
        help_text="The decisions that this one replaces, once it is accepted and published.",
    )

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/decision_record.html"
    content_panels = [
        title_panel,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("status", "decided_on", "decision_makers", "consulted", "informed")],
            heading="Status, day and people",
        ),
        markdown_panel("context"),
        markdown_panel("drivers"),
        InlinePanel("options", heading="Considered options", label="Option"),
        markdown_panel("outcome"),
        markdown_panel("consequences"),
        markdown_panel("confirmation"),
        markdown_panel("more_information"),
        markdown_panel("body", help_text="What fits none of the fields above."),
        FieldPanel("supersedes"),
        HelpPanel(template="knowledge/admin/weighed_panel.html", heading="Lessons to weigh"),
        InlinePanel(
            "lesson_marks",
            heading="Lessons on its processes",
            label="Lesson",
            help_text="Say of each lesson whether it was considered, or why it does not apply.",
        ),
        *about_panels,
        *change_panels,
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        *(
            index.SearchField(name)
            for name in (
                "decision_makers",
                "context",
                "drivers",
                "outcome",
                "consequences",
                "confirmation",
                "more_information",
                "body",
            )
        ),
        index.RelatedFields("options", [index.SearchField("title"), index.SearchField("text")]),
        index.FilterField("status"),
        index.FilterField("decided_on"),
    ]

    class Meta:
        verbose_name = "decision"
        verbose_name_plural = "decisions"

    @cached_property
    def is_superseded(self) -> bool:
        """Asked of the database one by one only where the page was not read `with_standing`."""
        return Supersession.objects.standing().filter(old=self.pk).exists()

    @property
    def standing_status(self) -> str | None:
        """How it stands for readers: what its author says of it, until another decision takes its place."""
        return DecisionStatus.SUPERSEDED if self.is_superseded else self.status

    def get_standing_status_display(self) -> str:
        return str(DecisionStatus(self.standing_status).label) if self.standing_status else ""


class ConsideredOption(Orderable):
    """An option that was weighed, with what speaks for it and against it."""

    decision = ParentalKey(DecisionRecord, on_delete=models.CASCADE, related_name="options")
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True, verbose_name="description", help_text="Markdown.")
    good = models.TextField(blank=True, help_text=f"What speaks for it. {ONE_A_LINE}")
    neutral = models.TextField(blank=True, help_text=f"What speaks neither for nor against it. {ONE_A_LINE}")
    bad = models.TextField(blank=True, help_text=f"What speaks against it. {ONE_A_LINE}")
    is_chosen = models.BooleanField("chosen", default=False)

    panels = [
        FieldPanel("title"),
        FieldPanel("is_chosen"),
        FieldPanel("text", help_text="What it would be."),
        *(FieldPanel(name) for name in ("good", "neutral", "bad")),
    ]

    def __str__(self):
        return self.title


class LessonMark(Orderable):
    """That a lesson was before the eyes of those who decided, and what they made of it."""

    class Mark(models.TextChoices):
        CONSIDERED = "considered", "Considered"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    decision = ParentalKey(DecisionRecord, on_delete=models.CASCADE, related_name="lesson_marks")
    lesson = models.ForeignKey("knowledge.LessonLearned", on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=14, choices=Mark.choices)
    because = models.CharField(max_length=250)

    panels = [FieldPanel("lesson"), FieldPanel("mark"), FieldPanel("because")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["decision", "lesson"], name="knowledge_one_mark_a_lesson")]

    def __str__(self):
        return f"{self.lesson}: {self.get_mark_display()}"


class SupersessionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)


class Supersession(models.Model):
    """That a decision took the place of another: from when its edition, accepted, came into force."""

    old = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="replacements")
    new = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="replaced")
    edition = models.ForeignKey("knowledge.Edition", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when an edition of the new decision no longer said so, or it was withdrawn.
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = SupersessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new"], condition=models.Q(ended_at=None), name="knowledge_superseded_once"
            ),
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="knowledge_supersedes_another"),
        ]

    def __str__(self):
        return f"{self.new} supersedes {self.old}"
