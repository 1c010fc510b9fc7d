"""What may be seen of an attempt that was handed in: how much of the right answers is told, its course has said."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from courses.grading import Score
from courses.kinds import WHOLE, Form, Sheet
from courses.models import Attempt, AttemptQuestion, Regrade
from courses.regrading import Given, Rule, counted, rules_of
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
    has_markdown: bool
    prompts: list[ResultPrompt]
    text: str
    # None: it is not said.
    right_text: str | None
    said: list[str]
    explanation: str
    tests: KnowledgePage | None
    passage: str
    # How it counts since it was regraded; empty where it was not, or that changed nothing here.
    treatment: str

    @property
    def is_right(self) -> bool:
        return self.worth == WHOLE

    @property
    def points(self) -> Fraction:
        return (self.worth or Fraction(0)) * self.possible


def score_of(attempt: Attempt) -> Score:
    result = attempt.in_force
    return Score(result.points or Fraction(0), result.points_possible or 0)


def regrades_of(attempt: Attempt) -> list[Regrade]:
    """Those that changed its result, the latest first."""
    return [result.regrade for result in sorted(attempt.regraded.all(), key=lambda result: -result.pk)]


def result_of(attempt: Attempt, reader, at: datetime) -> list[ResultQuestion]:
    asked = list(attempt.asked.select_related("version").prefetch_related("markings"))
    tested = KnowledgePage.objects.live().filter(pk__in={question.version.tests_id for question in asked} - {None})
    seen = visible_to(tested, reader).in_bulk()
    tells, rules = reveals_right_answers(attempt, at), rules_of(attempt)
    return [
        _result(question, seen, rules.get(question.version.question_id), tells=tells, never=attempt.reveals == "never")
        for question in asked
    ]


def _result(question: AttemptQuestion, seen, rule: Rule | None, *, tells: bool, never: bool) -> ResultQuestion:
    """Unless all is told, people learn what was wrong with their answer and where to read, not what to answer. What is
    right is what a regrade says is right; points that everyone was given tell nothing."""
    version, answer = question.version, question.answer
    says, sheet = (rule and rule.key) or version.says, version.shows
    worth, possible = _counted(question, rule)
    is_given = rule is not None and rule.key is None
    tells = tells or ((question.worth if is_given else worth) == WHOLE and not never)
    right = says.right()
    return ResultQuestion(
        position=question.position,
        stem=version.stem,
        form=sheet.form,
        possible=possible,
        worth=worth,
        is_answered=question.is_answered,
        options=_options(question, sheet, right, tells),
        has_markdown=sheet.has_markdown,
        prompts=_prompts(question, sheet, right, tells),
        text=answer.get("text", ""),
        right_text=right.get("text") if tells else None,
        said=[*says.said(answer), *(marking.comment for marking in question.markings.all() if marking.comment)],
        explanation=says.explanation if tells else "",
        tests=seen.get(version.tests_id),
        passage=version.passage,
        treatment=rule.treatment if rule else "",
    )


def _counted(question: AttemptQuestion, rule: Rule | None) -> tuple[Fraction | None, int]:
    version = question.version
    if question.worth is None or rule is None:
        return question.worth, version.possible
    return counted(Given(version.question_id, question.worth, version.possible, question.answer), rule)


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
