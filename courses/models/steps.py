"""What a course consists of beside its readings and its quiz."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from courses.kinds import Criterion
from courses.models.courses import PERCENT, Course
from courses.rubrics import HOW, rubric_in
from knowledge.models.editing import markdown_panel
from people.refusals import Refused


class Step(Orderable):
    """Facts name it by its course and its key, which stays the same in each revision of the page: so it can be taken
    out of the course, and what people have shown stays whole."""

    key = models.UUIDField(default=uuid4, editable=False)

    class Meta(Orderable.Meta):
        abstract = True


class CourseFile(Step):
    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("wagtaildocs.Document", on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("document")]

    def __str__(self):
        return self.document.title


class Classroom(Step):
    """What is taught face to face, as often as it is held (ClassroomSession)."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="classrooms")
    title = models.CharField(max_length=160)
    about = models.CharField(max_length=250, blank=True)
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who plans its sessions and records who came, as HR does.",
    )

    panels = [FieldRowPanel([FieldPanel("title"), FieldPanel("instructor")]), FieldPanel("about")]

    def __str__(self):
        return self.title


def check_written_rubric(text: str) -> None:
    try:
        rubric_in(text)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from None


class PracticalTask(Step):
    """What is to be shown to the course's assessor."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=160)
    instructions = models.TextField()
    rubric = models.TextField(help_text=HOW, validators=[check_written_rubric])
    pass_percent = models.PositiveSmallIntegerField("pass mark", default=100, validators=PERCENT)

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("pass_percent")]),
        markdown_panel("instructions", help_text="What to do, and what with."),
        FieldPanel("rubric"),
    ]

    def __str__(self):
        return self.title

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return rubric_in(self.rubric)


class Prerequisite(Orderable):
    """What must be held before the course is begun."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="prerequisites")
    competence = models.ForeignKey("competence.Competence", on_delete=models.PROTECT, related_name="needed_by")

    panels = [FieldPanel("competence")]

    def __str__(self):
        return f"{self.competence} before {self.course}"
