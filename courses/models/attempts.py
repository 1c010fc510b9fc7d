from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.kinds import is_answered
from courses.models.courses import Course, Reveals
from courses.models.fractions import FractionField
from courses.models.questions import QuestionVersion

GRADED = ["graded_at", "points", "points_possible", "passed"]


class AttemptQuerySet(models.QuerySet):
    def open(self):
        return self.filter(submitted_at=None)

    def submitted(self):
        return self.exclude(submitted_at=None)

    def to_mark(self):
        """Handed in, and waiting for an assessor."""
        return self.submitted().filter(graded_at=None)

    def graded(self):
        return self.exclude(graded_at=None)

    def with_results(self):
        """So that `in_force` asks nothing more."""
        return self.prefetch_related("regraded__regrade__key")


class Attempt(models.Model):
    """One sitting of a course's quiz, with the exact questions and texts that it rests on, and what it would prove."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    teaches = models.ForeignKey("competence.Competence", on_delete=models.PROTECT, related_name="+")
    pass_percent = models.PositiveSmallIntegerField()
    reveals = models.CharField(max_length=9, choices=Reveals.choices, default=Reveals.PASSED)
    editions = models.ManyToManyField("knowledge.Edition", related_name="attempts")
    # A delta quiz asks only what changed in the texts since this proof, and does not prolong it.
    renews = models.ForeignKey(
        "competence.Proof", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Set once: when it is handed in, or its time is over.
    submitted_at = models.DateTimeField(null=True, editable=False)
    # Set once, together: at once, or when an assessor has marked the last free text.
    graded_at = models.DateTimeField(null=True, editable=False)
    points = FractionField(null=True, editable=False)
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
                name="courses_graded_whole",
            ),
            models.CheckConstraint(
                condition=Q(graded_at=None) | Q(submitted_at__isnull=False), name="courses_graded_when_submitted"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"

    @property
    def in_force(self):
        """Whose points, points_possible and passed count now: the latest regrade's, else its own."""
        return max(self.regraded.all(), key=lambda result: result.pk, default=self)


class AttemptQuestion(models.Model):
    """A question as it was given in an attempt, and what was answered."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="asked")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="asked")
    # The order in which its options and prompts are shown, and the response: courses/kinds/sheets.py says their shapes.
    order = models.JSONField(default=dict, editable=False)
    answer = models.JSONField(default=dict, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    # How often it was saved: what a page that was loaded before knows less than.
    saves = models.PositiveIntegerField(default=0, editable=False)
    # A share of what the version brings. Set once: when it is handed in, or an assessor has marked it.
    worth = FractionField(null=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="courses_one_question_a_position")]

    def __str__(self):
        return f"{self.attempt_id}:{self.position}"

    @property
    def is_answered(self) -> bool:
        return is_answered(self.answer)


class Marking(models.Model):
    """What an assessor found of a free text. Another look is another marking, which names the one it corrects."""

    asked = models.ForeignKey(AttemptQuestion, on_delete=models.PROTECT, related_name="markings")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="markings")
    # The place of the level met, for each criterion of the version's rubric.
    levels = models.JSONField()
    worth = FractionField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked"], condition=Q(corrects=None), name="courses_one_first_marking")
        ]

    def __str__(self):
        return f"{self.asked}: {self.worth}"
