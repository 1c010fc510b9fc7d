from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from taggit.managers import TaggableManager

from courses.kinds import WORDS, Content, Sheet, content_from, sheet_from
from courses.models.courses import Course, Difficulty


class QuestionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)


class Question(models.Model):
    """What is asked is its latest version that is no draft; attempts keep the one they were given.

    With a course it has a place in that course's quiz; without, it lies in the bank, and quizzes name it or draw it.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    # Where it lies in the bank, from the widest to the narrowest: "Batteries/Storage".
    category = models.CharField(max_length=250, blank=True)
    competence = models.ForeignKey(
        "competence.Competence", on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty.choices, null=True, blank=True)
    # What another system calls it, and by which an import finds it again.
    external_id = models.CharField(max_length=200, blank=True)
    # Set once, together.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.CharField(max_length=200, blank=True, editable=False)

    tags = TaggableManager(blank=True)
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="courses_one_question_an_external_id"
            )
        ]

    def __str__(self):
        if self.name:
            return self.name
        return f"question {self.position} of {self.course}" if self.course else f"question {self.pk}"


class QuestionVersionQuerySet(models.QuerySet):
    def latest_versions(self):
        """What is written now, drafts too."""
        newer = QuestionVersion.objects.filter(question=OuterRef("question"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def ready(self):
        """The latest of each question that is no draft."""
        newer = QuestionVersion.objects.filter(
            question=OuterRef("question"), number__gt=OuterRef("number"), is_draft=False
        )
        return self.filter(~Exists(newer), is_draft=False)

    def drawn(self):
        """What an attempt that starts now may be given."""
        return self.ready().filter(question__withdrawn_at=None, stale=None)

    def without_key(self):
        """The right answers do not even leave the database."""
        return self.defer("content")


class QuestionVersion(models.Model):
    """What a question says, right answers and all, which nothing may change."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=WORDS)
    stem = models.TextField("question")
    possible = models.PositiveSmallIntegerField(default=1)
    # courses/kinds: all that it says, and what of that someone who sits the quiz may see.
    content = models.JSONField()
    sheet = models.JSONField()
    is_draft = models.BooleanField(default=False)
    # The page whose text it tests, as it stood when this was written, and the passage (knowledge/passages.py) in it.
    tests = models.ForeignKey(
        "knowledge.KnowledgePage", on_delete=models.PROTECT, null=True, blank=True, related_name="question_versions"
    )
    tests_edition = models.ForeignKey(
        "knowledge.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="question_versions"
    )
    passage = models.CharField(max_length=16, blank=True)
    passage_sha256 = models.CharField(max_length=64, blank=True)
    # Of courses.kinds.hashing.canonical, in the form that it was written in.
    nonce = models.CharField(max_length=32, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    scheme = models.PositiveSmallIntegerField(default=2, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="courses_one_version_a_number")]

    def __str__(self):
        return self.stem

    @cached_property
    def says(self) -> Content:
        return content_from(self.kind, self.content)

    @cached_property
    def shows(self) -> Sheet:
        return sheet_from(self.sheet)


class Stale(models.Model):
    """That an edition changed the passage which a version tests, or has it no more: until someone has confirmed or
    rewritten the question, which makes another version, it is not drawn."""

    version = models.OneToOneField(QuestionVersion, on_delete=models.PROTECT, related_name="stale")
    edition = models.ForeignKey("knowledge.Edition", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.version} since {self.edition}"
