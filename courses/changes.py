"""The questions of a quiz, as changes through which a lesson may be closed."""

from django.urls import reverse

from courses.models import Course, Question, QuestionVersion
from knowledge.changes import Found, register
from knowledge.permissions import visible_to

LONGEST = 9


def find_question(reference: str) -> Found | None:
    """`reference` is as people see it, the course's address and the question's place in its quiz ("batteries/2"), or
    the question's id."""
    slug, _, number = reference.strip().strip("/").rpartition("/")
    if not number.isdecimal() or len(number) > LONGEST:
        return None
    version = _placed(slug, int(number)) if slug else _latest().filter(question=int(number)).first()
    if version is None:
        return None
    question = version.question
    address = reverse("courses:questions", args=[question.course_id])
    return Found(
        reference=str(question.pk),
        words=f"A question of “{question.course.title}”, version {version.number}",
        address=f"{address}#question-{question.pk}",
        changed_at=version.written_at,
    )


def seen_questions(references: set[str], reader) -> set[str]:
    courses = visible_to(Course.objects.all(), reader)
    asked = Question.objects.filter(pk__in=[int(reference) for reference in references], course__in=courses)
    return {str(pk) for pk in asked.values_list("pk", flat=True)}


def _placed(slug, place):
    """As the course's page of questions counts them."""
    asked = _latest().drawn().filter(question__course__slug=slug).order_by("question__position", "question")
    return next(iter(asked[place - 1 : place]), None) if place else None


def _latest():
    return QuestionVersion.objects.latest_versions().select_related("question__course")


register("question", "A question of a quiz", find_question, seen_questions)
