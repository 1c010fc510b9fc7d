"""What may be seen of a submitted attempt: how much is said of the right answers depends on whether it was passed."""

from dataclasses import dataclass

from courses.answers import right_options
from courses.grading import Score, points
from courses.models import Attempt, AttemptQuestion
from knowledge.models import KnowledgePage
from knowledge.permissions import visible_to


@dataclass(frozen=True)
class ResultOption:
    text: str
    is_chosen: bool
    # None: it is not said.
    is_right: bool | None
    feedback: str


@dataclass(frozen=True)
class ResultQuestion:
    position: int
    stem: str
    is_right: bool
    is_answered: bool
    options: list[ResultOption]
    explanation: str
    tests: KnowledgePage | None


def score_of(attempt: Attempt) -> Score:
    return Score(attempt.points or 0, attempt.points_possible or 0)


def result_of(attempt: Attempt, reader) -> list[ResultQuestion]:
    asked = attempt.asked.select_related("version").prefetch_related("version__options")
    tested = KnowledgePage.objects.live().filter(pk__in={question.version.tests_id for question in asked} - {None})
    seen = visible_to(tested, reader).in_bulk()
    return [_result(question, seen, passed=bool(attempt.passed)) for question in asked]


def _result(question: AttemptQuestion, seen, *, passed: bool) -> ResultQuestion:
    """Until they pass, people learn what was wrong with their answer and where to read, not what to answer."""
    version, chosen = question.version, question.chosen
    is_right = bool(points(right_options(version), chosen))
    tells = passed or is_right
    return ResultQuestion(
        position=question.position,
        stem=version.stem,
        is_right=is_right,
        is_answered=bool(chosen),
        options=[
            ResultOption(
                text=option.text,
                is_chosen=option.pk in chosen,
                is_right=option.is_right if tells else None,
                feedback=option.feedback if option.pk in chosen else "",
            )
            for option in version.options.all()
        ],
        explanation=version.explanation if tells else "",
        tests=seen.get(version.tests_id),
    )
