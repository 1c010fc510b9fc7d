"""What may be seen of an attempt that was handed in: how much of the right answers is told, its course has said."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from courses.grading import Score
from courses.kinds import WHOLE, Form, Sheet
from courses.models import Attempt, AttemptQuestion
from courses.sitting import reveals_right_answers
from knowledge.models import KnowledgePage
from knowledge.permissions import visible_to


@dataclass(frozen=True)
class ResultOption:
    text: str
    is_chosen: bool
    # None: it is not said.
    is_right: bool | None


@dataclass(frozen=True)
class ResultPrompt:
    text: str
    given: str
    # None: it is not said; "" where that was right.
    right: str | None


@dataclass(frozen=True)
class ResultQuestion:
    position: int
    stem: str
    form: Form
    possible: int
    # None: an assessor has not marked it yet.
    worth: Fraction | None
    is_answered: bool
    options: list[ResultOption]
    prompts: list[ResultPrompt]
    text: str
    # None: it is not said.
    right_text: str | None
    said: list[str]
    explanation: str
    tests: KnowledgePage | None
    passage: str

    @property
    def is_right(self) -> bool:
        return self.worth == WHOLE

    @property
    def points(self) -> Fraction:
        return (self.worth or Fraction(0)) * self.possible


def score_of(attempt: Attempt) -> Score:
    return Score(attempt.points or Fraction(0), attempt.points_possible or 0)


def result_of(attempt: Attempt, reader, at: datetime) -> list[ResultQuestion]:
    asked = list(attempt.asked.select_related("version").prefetch_related("markings"))
    tested = KnowledgePage.objects.live().filter(pk__in={question.version.tests_id for question in asked} - {None})
    seen = visible_to(tested, reader).in_bulk()
    tells = reveals_right_answers(attempt, at)
    return [_result(question, seen, tells=tells, never=attempt.reveals == "never") for question in asked]


def _result(question: AttemptQuestion, seen, *, tells: bool, never: bool) -> ResultQuestion:
    """Unless all is told, people learn what was wrong with their answer and where to read, not what to answer."""
    version, answer = question.version, question.answer
    says, sheet = version.says, version.shows
    tells = tells or (question.worth == WHOLE and not never)
    right = says.right()
    return ResultQuestion(
        position=question.position,
        stem=version.stem,
        form=sheet.form,
        possible=version.possible,
        worth=question.worth,
        is_answered=question.is_answered,
        options=_options(question, sheet, right, tells),
        prompts=_prompts(question, sheet, right, tells),
        text=answer.get("text", ""),
        right_text=right.get("text") if tells else None,
        said=[*says.said(answer), *(marking.comment for marking in question.markings.all() if marking.comment)],
        explanation=says.explanation if tells else "",
        tests=seen.get(version.tests_id),
        passage=version.passage,
    )


def _options(question, sheet: Sheet, right, tells) -> list[ResultOption]:
    if sheet.form not in (Form.ONE, Form.MANY):
        return []
    chosen, wanted = question.answer.get("chosen", ()), right.get("chosen", ())
    return [
        ResultOption(sheet.options[place], place in chosen, (place in wanted) if tells else None)
        for place in question.order["options"]
    ]


def _prompts(question, sheet: Sheet, right, tells) -> list[ResultPrompt]:
    placed, wanted = question.answer.get("placed") or [None] * len(sheet.prompts), right.get("placed", ())

    def text(place):
        return "" if place is None else sheet.options[place]

    return [
        ResultPrompt(
            sheet.prompts[prompt],
            text(placed[prompt]),
            None if not tells else "" if placed[prompt] == wanted[prompt] else text(wanted[prompt]),
        )
        for prompt in question.order["prompts"]
    ]
