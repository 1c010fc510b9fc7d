from django.conf import settings
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from people.facts import DatedFact


class Course(Page):
    """Readings and a quiz that teach a competence."""

    summary = models.CharField(max_length=250, blank=True)
    introduction = models.TextField(blank=True)
    teaches = models.ForeignKey("competence.Competence", on_delete=models.PROTECT, related_name="courses")
    pass_percent = models.PositiveSmallIntegerField(default=80)

    parent_page_types = ["knowledge.Section"]
    subpage_types: list[str] = []


class CourseReading(Orderable):
    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="readings")
    page = models.ForeignKey("knowledge.KnowledgePage", on_delete=models.PROTECT, related_name="+")


class Question(models.Model):
    """A place in a course's quiz. What is asked there is its latest version; attempts keep the version that they were given."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    # The page whose text it tests; its passage is named in a later version.
    tests = models.ForeignKey(
        "knowledge.KnowledgePage", on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"question {self.position} of {self.course}"


class QuestionVersion(models.Model):
    class Kind(models.TextChoices):
        SINGLE = "single", "Single choice"
        MULTIPLE = "multiple", "Multiple choice"

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    stem = models.TextField()
    explanation = models.TextField(blank=True, help_text="Shown once it may be seen why.")
    sha256 = models.CharField(max_length=64, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

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


class Attempt(models.Model):
    """One sitting of a course's quiz, with the exact questions and texts that it rests on."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    pass_percent = models.PositiveSmallIntegerField()
    editions = models.ManyToManyField("knowledge.Edition", related_name="attempts")
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once, together, when it is submitted.
    submitted_at = models.DateTimeField(null=True, editable=False)
    points = models.PositiveIntegerField(null=True, editable=False)
    points_possible = models.PositiveIntegerField(null=True, editable=False)
    passed = models.BooleanField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(submitted_at=None),
                name="courses_one_open_attempt",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"


class AttemptQuestion(models.Model):
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="asked")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    chosen = models.ManyToManyField(Option, related_name="+")
    saved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="courses_one_question_a_position")]

    def __str__(self):
        return f"{self.attempt_id}:{self.position}"


class Assignment(DatedFact):
    """That someone has been asked to take a course: what the obligations said, stored when they said it, with their reasons."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assignments")
    due = models.DateField()
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
