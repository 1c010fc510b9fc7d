"""What people did in a course beside its quiz: facts, which name a step by its course and key, and say what it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.kinds import Criterion
from courses.kinds.content import decoded
from courses.models.courses import Course
from courses.models.fractions import FractionField


class StepFact(models.Model):
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    step = models.UUIDField()
    title = models.CharField(max_length=255)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title


class FileOpened(StepFact):
    """That someone opened a file, as it was then: no more than that."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files_opened")
    file_hash = models.CharField(max_length=40)

    class Meta(StepFact.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "step", "file_hash"], name="courses_one_opening_of_a_file"
            )
        ]


class ClassroomSession(StepFact):
    """When and where a classroom is held; `at` is when that was planned."""

    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="classroom_sessions"
    )
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # Set once, together.
    called_off_at = models.DateTimeField(null=True, editable=False)
    called_off_because = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(StepFact.Meta):
        ordering = ["-starts_at", "-pk"]


class AttendanceQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(corrected_by=None, attended=True)


class Attendance(models.Model):
    """That someone was there. That they were not, after all, is another fact, which names the one it corrects."""

    session = models.ForeignKey(ClassroomSession, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendances")
    attended = models.BooleanField(default=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    corrected_because = models.CharField(max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(corrects=None), name="courses_one_first_attendance"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.session}"


class PracticalAssessmentQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sign_offs=None)


class PracticalAssessment(StepFact):
    """That someone asked to show a practical task, with the task and its rubric as they were then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practicals")
    instructions = models.TextField()
    rubric = models.JSONField()
    pass_percent = models.PositiveSmallIntegerField()

    objects = PracticalAssessmentQuerySet.as_manager()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return decoded(tuple[Criterion, ...], self.rubric)

    @property
    def sign_off(self) -> "SignOff | None":
        """The one that stands."""
        return next(reversed(self.sign_offs.all()), None)


class SignOff(models.Model):
    """What an assessor saw of a practical task. Another look is another fact, which names the one it corrects."""

    assessment = models.ForeignKey(PracticalAssessment, on_delete=models.PROTECT, related_name="sign_offs")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs")
    # The place of the level met, for each criterion of the rubric.
    levels = models.JSONField()
    worth = FractionField()
    passed = models.BooleanField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(corrects=None), name="courses_one_first_sign_off"
            )
        ]

    def __str__(self):
        return f"{self.assessment}: {self.worth}"

    @property
    def levels_in_words(self) -> list[tuple[str, str]]:
        criteria = zip(self.assessment.criteria, self.levels, strict=True)
        return [(criterion.text, criterion.levels[place].text) for criterion, place in criteria]


class Certificate(models.Model):
    """That someone completed a course. How long it holds, and whether it was revoked, its proof says."""

    code = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="certificates")
    title = models.CharField(max_length=255)
    proof = models.OneToOneField("competence.Proof", on_delete=models.PROTECT, related_name="certificate")
    attempt = models.ForeignKey("courses.Attempt", on_delete=models.PROTECT, null=True, related_name="certificates")
    issued_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["issued_at", "pk"]

    def __str__(self):
        return f"{self.person}: {self.title}"
