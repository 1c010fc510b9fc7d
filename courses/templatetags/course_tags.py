"""What this room shows on the pages of others, and on its own Wagtail page."""

from dataclasses import dataclass

from django import template
from django.db.models import Exists, OuterRef
from django.utils import timezone

from courses.learning import Asked, asked_of, is_open
from courses.models import Attempt, Course, CourseReading, QuestionVersion
from courses.permissions import may_write_questions
from courses.readings import ReadingStep, reading_steps
from courses.superseded import citing_superseded
from knowledge.permissions import visible_to
from people.permissions import is_administrator, is_process_owner

register = template.Library()


@dataclass(frozen=True)
class Standing:
    """Where the reader of a course's page stands with it."""

    readings: list[ReadingStep]
    questions: int
    asked: Asked | None
    attempt: Attempt | None
    results: list[Attempt]
    may_write: bool

    @property
    def unread(self) -> int:
        return sum(not step.acknowledged for step in self.readings)


@register.simple_tag(takes_context=True)
def your_standing(context, course) -> Standing:
    person = context["request"].user
    attempts = list(Attempt.objects.filter(person=person, course=course).order_by("-pk"))
    return Standing(
        readings=reading_steps([course.pk], person)[course.pk],
        questions=QuestionVersion.objects.drawn().filter(question__course=course).count(),
        asked=next((it for it in asked_of(person, on=timezone.localdate()) if course in it.courses), None),
        attempt=next((attempt for attempt in attempts if not attempt.submitted_at), None),
        results=[attempt for attempt in attempts if attempt.submitted_at],
        may_write=may_write_questions(person, course),
    )


@register.inclusion_tag("courses/training_due.html", takes_context=True)
def training_due(context, person):
    """What is asked of someone and not done, in order of due date."""
    asked = [it for it in asked_of(person, on=timezone.localdate()) if is_open(it)]
    return {"asked": asked, "is_own": context["request"].user == person, "person": person}


@register.inclusion_tag("courses/courses_list.html", takes_context=True)
def courses_on(context, page):
    """The courses on offer that have a page read, or ask about it."""
    read = CourseReading.objects.filter(course=OuterRef("pk"), page=page.pk)
    asked = QuestionVersion.objects.drawn().filter(question__course=OuterRef("pk"), tests=page.pk)
    courses = _offered_to(context).filter(Exists(read) | Exists(asked)).order_by("title")
    return {"courses": courses, "heading": "Learn it in a course"}


@register.inclusion_tag("courses/courses_list.html", takes_context=True)
def courses_teaching(context, competence):
    return {"courses": _offered_to(context).filter(teaches=competence).order_by("title"), "heading": "Courses"}


@register.inclusion_tag("courses/superseded.html", takes_context=True)
def superseded_in(context, course):
    """On a course's page: which of the decisions that it teaches from were superseded, for those who can change it."""
    person = context["request"].user
    courses = Course.objects.filter(pk=course.pk) if course.pk and may_write_questions(person, course) else None
    return {"courses": citing_superseded(courses, person) if courses is not None else []}


@register.inclusion_tag("courses/superseded.html", takes_context=True)
def courses_to_look_at(context):
    """On the work list of an owner: their courses, and all of them for who answers for processes."""
    person = context["request"].user
    courses = Course.objects.live()
    if not (is_administrator(person) or is_process_owner(person)):
        courses = courses.filter(owner=person)
    return {"courses": citing_superseded(courses, person), "heading": "Courses to look at"}


def _offered_to(context):
    return visible_to(Course.objects.live(), context["request"].user)
