from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from knowledge.models.editing import markdown_panel, title_panel
from people.facts import DatedFact

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


class Course(Page):
    """Readings and a quiz that teach a competence."""

    summary = models.CharField(max_length=250, blank=True)
    introduction = models.TextField(blank=True, help_text="Markdown.")
    teaches = models.ForeignKey("competence.Competence", on_delete=models.PROTECT, related_name="courses")
    pass_percent = models.PositiveSmallIntegerField(
        "pass mark", default=80, validators=PERCENT, help_text="How many of a hundred points are enough."
    )

    content_panels = [
        title_panel,
        FieldPanel("summary"),
        markdown_panel("introduction", help_text="What it is for, before its readings."),
        MultiFieldPanel([FieldPanel("teaches"), FieldPanel("pass_percent")], heading="What passing it proves"),
        InlinePanel("readings", heading="Readings", label="Reading"),
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


class CourseReading(Orderable):
    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="readings")
    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="course_readings")

    panels = [FieldPanel("page")]

    def __str__(self):
        return f"{self.page} in {self.course}"


class Question(models.Model):
    """A place in a course's quiz. What is asked there is its latest version; attempts keep the one they were given."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    # Set once, together.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"question {self.position} of {self.course}"


class QuestionVersionQuerySet(models.QuerySet):
    def latest_versions(self):
        newer = QuestionVersion.objects.filter(question=OuterRef("question"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def drawn(self):
        """What an attempt that starts now is given."""
        return self.latest_versions().filter(question__withdrawn_at=None)


class QuestionVersion(models.Model):
    """What a question says, right answers and all, which nothing may change."""

    class Kind(models.TextChoices):
        SINGLE = "single", "Single choice"
        MULTIPLE = "multiple", "Multiple choice"

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    stem = models.TextField("question", help_text="Markdown.")
    explanation = models.TextField(blank=True, help_text="Markdown. Shown to those who answered right or have passed.")
    # The page whose text it tests, and that text as it stood when this was written.
    tests = models.ForeignKey(
        "knowledge.KnowledgePage", on_delete=models.PROTECT, null=True, blank=True, related_name="question_versions"
    )
    tests_edition = models.ForeignKey(
        "knowledge.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="question_versions"
    )
    # Of courses.content.canonical.
    nonce = models.CharField(max_length=32, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="courses_one_version_a_number")]

    def __str__(self):
        return self.stem


class Option(models.Model):
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    is_right = models.BooleanField()
    feedback = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="courses_one_option_a_position")]

    def __str__(self):
        return self.text


GRADED = ["submitted_at", "points", "points_possible", "passed"]


class AttemptQuerySet(models.QuerySet):
    def open(self):
        return self.filter(submitted_at=None)

    def submitted(self):
        return self.exclude(submitted_at=None)


class Attempt(models.Model):
    """One sitting of a course's quiz, with the exact questions and texts that it rests on, and what it would prove."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    teaches = models.ForeignKey("competence.Competence", on_delete=models.PROTECT, related_name="+")
    pass_percent = models.PositiveSmallIntegerField()
    editions = models.ManyToManyField("knowledge.Edition", related_name="attempts")
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once, together, when it is submitted.
    submitted_at = models.DateTimeField(null=True, editable=False)
    points = models.PositiveIntegerField(null=True, editable=False)
    points_possible = models.PositiveIntegerField(null=True, editable=False)
    passed = models.BooleanField(null=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(submitted_at=None),
                name="courses_one_open_attempt",
            ),
            models.CheckConstraint(
                condition=Q(**dict.fromkeys(GRADED, None)) | Q(**{f"{name}__isnull": False for name in GRADED}),
                name="courses_graded_when_submitted",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"


class AttemptQuestion(models.Model):
    """A question as it was given in an attempt, and what was answered."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="asked")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    # In the shape of the version's kind; for choices {"options": [ids of options of the version, ascending]}.
    answer = models.JSONField(default=dict, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="courses_one_question_a_position")]

    def __str__(self):
        return f"{self.attempt_id}:{self.position}"

    @property
    def chosen(self) -> frozenset[int]:
        return frozenset(self.answer.get("options", ()))


class Assignment(DatedFact):
    """That someone has been asked to take a course, and why: what the obligations said, stored when they said it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assignments")
    due = models.DateField()
    # The facts behind it, by their ids and in words, as courses/asking.py writes them.
    because = models.JSONField(default=list)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(until=None),
                name="courses_one_open_assignment",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"
