from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from knowledge.models.editing import markdown_panel, title_panel

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


class Difficulty(models.IntegerChoices):
    EASY = 1, "Easy"
    MEDIUM = 2, "Medium"
    HARD = 3, "Hard"


class Reveals(models.TextChoices):
    """When whoever took the quiz is shown the right answers. What was wrong is always told."""

    PASSED = "passed", "Once they have passed"
    SUBMITTED = "submitted", "After each attempt"
    CLOSED = "closed", "Once the quiz has closed"
    NEVER = "never", "Never"


class Course(Page):
    """What teaches a competence: readings, files, classroom sessions, a quiz, practical tasks."""

    summary = models.CharField(max_length=250, blank=True)
    introduction = models.TextField(blank=True, help_text="Markdown.")
    teaches = models.ForeignKey("competence.Competence", on_delete=models.PROTECT, related_name="courses")
    pass_percent = models.PositiveSmallIntegerField(
        "pass mark", default=80, validators=PERCENT, help_text="How many of a hundred points are enough."
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who marks free text and practical tasks. Empty: whoever may write the course's questions.",
    )
    in_order = models.BooleanField(
        "in order",
        default=False,
        help_text="Readings, files, classroom sessions, the quiz, practical tasks: each opens after those before.",
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: as many as it takes."
    )
    wait_hours = models.PositiveSmallIntegerField(
        "hours between attempts", default=0, validators=[MaxValueValidator(24 * 90)]
    )
    minutes = models.PositiveSmallIntegerField(
        "time limit in minutes",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 60)],
        help_text="Empty: none. What was answered when the time is over is graded.",
    )
    opens_at = models.DateTimeField("quiz opens", null=True, blank=True)
    closes_at = models.DateTimeField("quiz closes", null=True, blank=True)
    shuffles = models.BooleanField(
        "shuffled", default=False, help_text="Questions and options in another order each time."
    )
    one_a_page = models.BooleanField("one question a page", default=False)
    reveals = models.CharField("right answers are shown", max_length=9, choices=Reveals.choices, default=Reveals.PASSED)

    content_panels = [
        title_panel,
        FieldPanel("summary"),
        markdown_panel("introduction", help_text="What it is for, before its readings."),
        MultiFieldPanel([FieldPanel("teaches"), FieldPanel("pass_percent")], heading="What passing it proves"),
        InlinePanel("prerequisites", heading="What must be held first", label="Competence"),
        FieldPanel("in_order"),
        InlinePanel("readings", heading="Readings", label="Reading"),
        InlinePanel("files", heading="Documents and videos", label="File"),
        InlinePanel("classrooms", heading="Classroom sessions", label="Classroom session"),
        InlinePanel(
            "slots",
            heading="What the quiz asks",
            label="Question",
            help_text="Without any, the quiz asks the course's own questions, each once.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_hours"), FieldPanel("minutes")]),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("shuffles"), FieldPanel("one_a_page")]),
                FieldRowPanel([FieldPanel("reveals"), FieldPanel("assessor")]),
            ],
            heading="How the quiz is taken",
        ),
        InlinePanel("tasks", heading="Practical tasks", label="Practical task"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("introduction")]

    template = "courses/course.html"
    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []
    promote_panels: list = []

    @classmethod
    def can_exist_under(cls, parent):
        return super().can_exist_under(parent) and parent.slug == "courses"

    # What is assigned by it changes with it or not at all, also where code publishes outside any transaction.
    publish = transaction.atomic(Page.publish)
    unpublish = transaction.atomic(Page.unpublish)

    def clean(self):
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": "It closes before it opens. Correct one of the two."})


class CourseReading(Orderable):
    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="readings")
    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="course_readings")

    panels = [FieldPanel("page")]

    def __str__(self):
        return f"{self.page} in {self.course}"


class Slot(Orderable):
    """A place in a course's quiz: one question, or so many drawn at random from the bank."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey("courses.Question", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    count = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(50)], help_text="How many to draw."
    )
    tag = models.CharField(max_length=100, blank=True)
    competence = models.ForeignKey(
        "competence.Competence", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty.choices, null=True, blank=True)

    panels = [
        FieldPanel("question"),
        FieldRowPanel(
            [FieldPanel("count"), FieldPanel("tag"), FieldPanel("competence"), FieldPanel("difficulty")],
            heading="Or drawn at random, of those with",
        ),
    ]

    def __str__(self):
        return f"slot {self.sort_order} of {self.course}"

    @property
    def is_random(self) -> bool:
        return self.question_id is None

    def clean(self):
        super().clean()
        if self.is_random and not (self.tag or self.competence_id or self.difficulty):
            raise ValidationError("Choose a question, or a tag, competence or difficulty to draw from.")
