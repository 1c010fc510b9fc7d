from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from knowledge.models.editing import about_panels, change_panels, markdown_panel, title_panel
from knowledge.models.pages import KnowledgePage, KnowledgePageQuerySet


class LessonQuerySet(KnowledgePageQuerySet):
    def with_state(self):
        """Each with `state`: the LessonState of its last step, or "" where nobody has validated it yet."""
        last = LessonStep.objects.filter(lesson=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(state=Coalesce(Subquery(last.values("state")[:1]), Value("")))

    def in_state(self, state):
        return self.with_state().filter(state=state)

    def overdue(self, on):
        """Whose corrective action should have been taken before `on`; see knowledge.lessons.is_overdue."""
        open_states = ["", LessonState.VALIDATED, LessonState.REOPENED]
        return self.with_state().filter(action_due__lt=on, is_positive=False, state__in=open_states)


class LessonLearned(KnowledgePage):
    """What happened, why, and what was changed for it (ISO 9001 7.1.6, 10.2). It may also be what went well.

    How far it has come (validated, actioned, verified, reopened) are facts of their own: LessonStep.
    """

    class Reporting(models.TextChoices):
        OPEN = "open", "By name"
        ANONYMOUS = "anonymous", "Anonymously"
        FACILITATED = "facilitated", "Through a facilitator"

    prefix = "LES"
    shelf = "lessons"
    reader_fields = [
        ("is_positive", "flag"),
        ("happened_on", "date"),
        ("found_on", "date"),
        ("found_where", "text"),
        ("what_happened", "markdown"),
        ("impact", "markdown"),
        ("went_well", "markdown"),
        ("whys", "tree"),
        ("root_cause", "markdown"),
        ("correction", "markdown"),
        ("corrective_action", "markdown"),
        ("action_owner", "person"),
        ("action_due", "date"),
        ("recurrence_of", "page"),
        ("reporting", "choice"),
    ]

    happened_on = models.DateField(null=True, blank=True)
    found_on = models.DateField(null=True, blank=True, help_text="If that was later.")
    found_where = models.CharField(max_length=160, blank=True, help_text="At which step, place or customer.")
    is_positive = models.BooleanField(
        "it went well", default=False, help_text="A lesson from what succeeded: there is nothing to correct."
    )
    what_happened = models.TextField()
    impact = models.TextField(blank=True)
    went_well = models.TextField("what went right", blank=True)
    root_cause = models.TextField(blank=True)
    correction = models.TextField(blank=True, help_text="What was done at once.")
    corrective_action = models.TextField(blank=True, help_text="What keeps it from happening again.")
    action_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrective_actions",
        help_text="Who sees to the corrective action.",
    )
    action_due = models.DateField("due", null=True, blank=True)
    recurrence_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recurrences",
        help_text="The lesson that this repeats: “this happened again”. It is reopened when this one is published.",
    )
    reporting = models.CharField(
        "reported", max_length=12, choices=Reporting.choices, default=Reporting.OPEN, editable=False
    )

    objects = PageManager.from_queryset(LessonQuerySet)()

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    template = "knowledge/lesson_learned.html"
    content_panels = [
        title_panel,
        FieldPanel("is_positive"),
        FieldRowPanel([FieldPanel("happened_on"), FieldPanel("found_on"), FieldPanel("found_where")]),
        markdown_panel("what_happened"),
        markdown_panel("impact"),
        markdown_panel("went_well"),
        InlinePanel(
            "whys",
            heading="Whys",
            label="Why",
            help_text="From what happened to its root cause. Each answers the one above it, unless it has a level.",
        ),
        markdown_panel("root_cause"),
        markdown_panel("correction"),
        markdown_panel("corrective_action"),
        MultiFieldPanel(
            [FieldPanel("action_owner", heading="Who"), FieldPanel("action_due", heading="By when")],
            heading="Who sees to the corrective action",
        ),
        HelpPanel(template="knowledge/admin/alike_panel.html", heading="Most alike among what is published"),
        FieldPanel(
            "recurrence_of",
            heading="It happened before",
            help_text="The lesson that this one repeats. It is reopened when this one is published.",
        ),
        *about_panels,
        *change_panels,
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("what_happened"),
        index.SearchField("impact"),
        index.SearchField("went_well"),
        index.SearchField("root_cause"),
        index.SearchField("correction"),
        index.SearchField("corrective_action"),
        index.RelatedFields("whys", [index.SearchField("text")]),
        index.FilterField("happened_on"),
    ]

    class Meta:
        verbose_name = "lesson"
        verbose_name_plural = "lessons"

    def clean(self):
        super().clean()
        earlier, seen = self.recurrence_of, set()
        while earlier is not None and earlier.pk not in seen:
            if earlier.pk == self.pk:
                raise ValidationError({"recurrence_of": "A lesson cannot repeat itself: name an earlier one."})
            seen.add(earlier.pk)
            earlier = earlier.recurrence_of


class Why(Orderable):
    """One link in the chain of whys, from what happened to its root cause. The chain may branch."""

    lesson = ParentalKey(LessonLearned, on_delete=models.CASCADE, related_name="whys")
    text = models.CharField(max_length=500)
    # Counted from 1. A depth that is not one more than that of the why above begins a branch.
    depth = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Empty: it asks on from the why above. 1: another answer to the first why."
    )

    panels = [
        FieldRowPanel(
            [
                FieldPanel("text", heading="Because"),
                FieldPanel(
                    "depth",
                    heading="Level",
                    help_text="Empty: below the why above. 1: another cause of what happened, 2: below the last 1.",
                ),
            ]
        )
    ]

    def __str__(self):
        return self.text


class LessonState(models.TextChoices):
    """How far a published lesson has come. Before the first step it is a draft."""

    VALIDATED = "validated", "Validated"
    ACTIONED = "actioned", "Actioned"
    VERIFIED = "verified", "Verified"
    REOPENED = "reopened", "Reopened"


class LessonStepQuerySet(models.QuerySet):
    def states_of(self, lessons):
        """{lesson id: the LessonState of its last step}, in one query; one that nobody has validated is left out."""
        return dict(self.filter(lesson__in=lessons).order_by("at", "pk").values_list("lesson_id", "state"))


class LessonStep(models.Model):
    """A step of a lesson, dated and never overwritten: its state is that of the last one."""

    lesson = models.ForeignKey(LessonLearned, on_delete=models.PROTECT, related_name="steps_taken")
    state = models.CharField(max_length=9, choices=LessonState.choices)
    note = models.TextField(blank=True)
    # The change through which it was closed, or the edition of the lesson that repeats it.
    edition = models.ForeignKey("knowledge.Edition", on_delete=models.PROTECT, null=True, related_name="lesson_steps")
    # A change that no edition is: what kind of thing of a higher room it is, and by what that room knows it
    # (knowledge/changes.py).
    change_kind = models.CharField(max_length=40, blank=True)
    change_reference = models.CharField(max_length=80, blank=True)
    change_words = models.CharField(max_length=250, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="lesson_steps")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = LessonStepQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="actioned") | models.Q(edition__isnull=False) | ~models.Q(change_kind=""),
                name="knowledge_closed_through_a_change",
            )
        ]

    def __str__(self):
        return f"{self.lesson}: {self.get_state_display()}"
