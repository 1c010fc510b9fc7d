"""Which questions a quiz gives someone now."""

from collections import Counter
from collections.abc import Collection
from random import Random

from courses.delta import Place, asks_about
from courses.drawing import Candidate, draw
from courses.models import AttemptQuestion, Course, QuestionVersion


def chosen(course: Course, person, chance: Random, *, places: Collection[Place] | None = None) -> list[QuestionVersion]:
    """In the order in which they are asked, without their keys. With `places`: only what asks about these passages."""
    drawn = QuestionVersion.objects.drawn().without_key().select_related("question")
    slots = list(course.slots.all())
    if not slots:
        placed = drawn.filter(question__course=course).order_by("question__position", "question")
        versions = [version for version in placed if _fits(version, places)]
    else:
        candidates = [
            Candidate(version, frozenset(tag.name.casefold() for tag in version.question.tags.all()))
            for version in drawn.prefetch_related("question__tags").order_by("question")
            if _fits(version, places)
        ]
        given = AttemptQuestion.objects.filter(attempt__person=person)
        versions = draw(slots, candidates, Counter(given.values_list("version__question", flat=True)), chance)
    if course.shuffles:
        chance.shuffle(versions)
    return versions


def can_be_passed(versions: list[QuestionVersion]) -> bool:
    """Not all of them only describe."""
    return any(version.possible for version in versions)


def _fits(version: QuestionVersion, places: Collection[Place] | None) -> bool:
    return places is None or asks_about(version, places)
