"""What this room shows on the pages of others, and on its own Wagtail page."""

from dataclasses import dataclass

from django import template
from django.db.models import Exists, OuterRef
from django.utils import timezone

from competence.models import Competence
from courses.desk import count_waiting_for
from courses.learning import Asked, asked_of, is_open
from courses.models import Attempt, ClassroomSession, Course, CourseReading, QuestionVersion
from courses.permissions import may_hold_sessions, may_write_questions
from courses.prerequisites import prerequisites_of, why_not_begun
from courses.progress import CourseStep, Progress, progress_in
from courses.readings import ReadingStep
from courses.stages import Stage
from courses.superseded import citing_superseded
from knowledge.permissions import visible_to
from people.permissions import is_administrator, is_process_owner

register = template.Library()


@dataclass(frozen=True)
class Standing:
    """Where the reader of a course's page stands with it."""

    progress: Progress
    prerequisites: list[tuple[Competence, bool]]
    questions: int
    # Classroom sessions to come, by the key of their step.
    ahead: list[ClassroomSession]
    asked: Asked | None
    attempt: Attempt | None
    results: list[Attempt]
    may_write: bool
    may_hold_sessions: bool

    @property
    def not_begun(self) -> str:
        return why_not_begun(self.prerequisites)

    @property
    def readings(self) -> list[CourseStep]:
        return self.progress.at(Stage.READINGS)

    @property
    def texts(self) -> list[ReadingStep]:
        return [step.of for step in self.readings]

    @property
    def files(self) -> list[CourseStep]:
        return self.progress.at(Stage.FILES)

    @property
    def sessions(self) -> list[tuple[CourseStep, list[ClassroomSession]]]:
        """Each with when it is held next."""
        steps = self.progress.at(Stage.SESSIONS)
        return [(step, [one for one in self.ahead if one.step == step.of.key]) for step in steps]

    @property
    def quiz(self) -> CourseStep | None:
        return next(iter(self.progress.at(Stage.QUIZ)), None)

    @property
    def practicals(self) -> list[CourseStep]:
        return self.progress.at(Stage.PRACTICALS)

    @property
    def files_closed(self) -> str:
        return self.not_begun or self.progress.why_closed(Stage.FILES)

    @property
    def quiz_closed(self) -> str:
        return self.not_begun or self.progress.why_closed(Stage.QUIZ)

    @property
    def practicals_closed(self) -> str:
        return self.not_begun or self.progress.why_closed(Stage.PRACTICALS)


@register.simple_tag(takes_context=True)
def your_standing(context, course) -> Standing:
    person, today = context["request"].user, timezone.localdate()
    attempts = list(Attempt.objects.filter(person=person, course=course).with_results().order_by("-pk"))
    ahead = ClassroomSession.objects.filter(course=course, starts_at__gte=timezone.now(), called_off_at=None)
    return Standing(
        progress=progress_in(course, person, on=today),
        prerequisites=prerequisites_of(course, person, on=today),
        questions=_questions_of(course),
        ahead=list(ahead.order_by("starts_at")),
        asked=next((it for it in asked_of(person, on=today) if course in it.courses), None),
        attempt=next((attempt for attempt in attempts if not attempt.submitted_at), None),
        results=[attempt for attempt in attempts if attempt.submitted_at],
        may_write=may_write_questions(person, course),
        may_hold_sessions=may_hold_sessions(person, course),
    )


def _questions_of(course) -> int:
    """How many a quiz asks that starts now; at most, where they are drawn."""
    if slots := list(course.slots.all()):
        return sum(slot.count if slot.is_random else 1 for slot in slots)
    return QuestionVersion.objects.drawn().filter(question__course=course).count()


@register.inclusion_tag("courses/waits_on_desk.html", takes_context=True)
def waits_on_desk(context):
    """For an assessor, on their own pages: how much waits for them."""
    return {"count": count_waiting_for(context["request"].user)}


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
