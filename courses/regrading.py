"""What an attempt is worth once answers to some of its questions count in another way. Pure and exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from courses.grading import Score, score
from courses.kinds import WHOLE, Content, Response, Sheet
from courses.models import Attempt, Treatment


@dataclass(frozen=True)
class Given:
    """An answer as it was graded."""

    question: int
    worth: Fraction
    possible: int
    response: Response


@dataclass(frozen=True)
class Rule:
    treatment: str
    key: Content | None = None


def regraded(answers: Iterable[Given], rules: Mapping[int, Rule]) -> Score:
    """`rules`: those in force, by question. One does not depend on another."""
    return score(counted(answer, rules.get(answer.question)) for answer in answers)


def counted(answer: Given, rule: Rule | None) -> tuple[Fraction, int]:
    """(worth, possible). Another key changes what is right, not how many points the question was announced to bring."""
    if rule is None:
        return answer.worth, answer.possible
    if rule.treatment == Treatment.EVERYONE:
        return WHOLE, answer.possible
    if rule.key is not None:
        return rule.key.worth(answer.response), answer.possible
    return Fraction(0), 0


def rules_of(attempt: Attempt) -> dict[int, Rule]:
    """In force for it: of each question the last regrade that changed it. Asks nothing more of `with_results`."""
    regrades = [result.regrade for result in sorted(attempt.regraded.all(), key=lambda result: result.pk)]
    return {one.question_id: Rule(one.treatment, one.key.says if one.key else None) for one in regrades}


def why_not_by(key: Content, kind: str, sheet: Sheet) -> str:
    """Why answers on that sheet cannot be graded by `key`; empty where they can. Each place must mean the same."""
    if key.is_marked:
        return "An assessor marks it: there is no key. Give everyone the points, or leave the question out."
    if key.kind != kind:
        return f"They were given a question of another kind than “{key.words}”."
    ours = key.sheet()
    if (ours.options, ours.prompts, ours.offers) != (sheet.options, sheet.prompts, sheet.offers):
        return "They were given other options, or in other places."
    return ""
