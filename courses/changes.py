"""The questions of a quiz, as changes through which a lesson may be closed."""

from django.urls import reverse

from courses.models import Question
from knowledge.changes import register


def find_question(reference: str) -> tuple[str, str] | None:
    """`reference` is as people see it: the course's address and the question's place, "batteries-on-the-bench/2"."""
    slug, _, place = reference.strip().strip("/").rpartition("/")
    if not place.isdecimal() or len(place) > 4:
        return None
    asked = Question.objects.filter(course__slug=slug, course__live=True, withdrawn_at=None)
    question = asked.select_related("course").filter(position=int(place)).first()
    if question is None:
        return None
    address = reverse("courses:questions", args=[question.course_id])
    return f"Question {place} of “{question.course.title}”", f"{address}#question-{question.pk}"


register("question", "A question of a quiz", find_question)
