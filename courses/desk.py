"""What waits for an assessor."""

from dataclasses import dataclass

from courses.models import AttemptQuestion, PracticalAssessment
from courses.permissions import assessed_by, attempts_to_mark

# The oldest are shown, and there are more once these are done.
SHOWN = 100


@dataclass(frozen=True)
class Desk:
    answers: list[AttemptQuestion]
    practicals: list[PracticalAssessment]


def waiting_for(assessor) -> Desk:
    """The longest waiting first."""
    answers = _answers(assessor).select_related("attempt__course", "attempt__person")
    practicals = _practicals(assessor).select_related("course", "person")
    return Desk(
        list(answers.order_by("attempt__submitted_at", "pk")[:SHOWN]), list(practicals.order_by("at", "pk")[:SHOWN])
    )


def count_waiting_for(assessor) -> int:
    return _answers(assessor).count() + _practicals(assessor).count()


def _answers(assessor):
    return AttemptQuestion.objects.filter(attempt__in=attempts_to_mark(assessor), worth=None)


def _practicals(assessor):
    return PracticalAssessment.objects.waiting().filter(assessed_by(assessor))
