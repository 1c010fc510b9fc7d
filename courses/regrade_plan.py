"""What a regrade would change, and for whom: asked before it acts, and again under the lock when it does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from courses.grading import Score
from courses.kinds import NOTHING
from courses.models import Attempt, AttemptQuestion, QuestionVersion, Treatment
from courses.regrading import Given, Rule, regraded, rules_of, why_not_by

OWN = "It is your own. Let someone else who may write the questions regrade it."


class Turn(StrEnum):
    PASSES = "passes"
    FAILS = "fails"
    POINTS = "points"


@dataclass(frozen=True)
class Change:
    attempt: Attempt
    score: Score

    @property
    def passed(self) -> bool:
        return self.score.passes(self.attempt.pass_percent)

    @property
    def turn(self) -> Turn:
        if self.passed == self.attempt.in_force.passed:
            return Turn.POINTS
        return Turn.PASSES if self.passed else Turn.FAILS

    @property
    def line(self) -> str:
        was = self.attempt.in_force
        return f"{self.attempt.pk}:{was.points}/{was.points_possible}:{self.score.points}/{self.score.possible}"


@dataclass(frozen=True)
class LeftOut:
    attempt: Attempt
    because: str


@dataclass(frozen=True)
class Plan:
    """`waiting`: attempts that ask the question and are not graded yet; they are graded as they were given it."""

    changes: Sequence[Change]
    left_out: Sequence[LeftOut]
    unchanged: int
    waiting: int

    @property
    def seen(self) -> str:
        """Another as soon as anything in it is another."""
        told = [change.line for change in self.changes]
        told += [f"{one.attempt.pk}:{one.because}" for one in self.left_out]
        return sha256("\n".join([*told, str(self.unchanged)]).encode()).hexdigest()

    def of(self, turn: Turn) -> list[Change]:
        return [change for change in self.changes if change.turn == turn]


def plan_of(question, treatment: str, key: QuestionVersion | None, *, by) -> Plan:
    """As many queries, however many took it."""
    attempts = list(asking(question).graded().select_related("course", "person", "teaches").with_results())
    answers, given = _answers(attempts), _versions_given(question, attempts)
    rule = Rule(treatment, key.says if key else None)
    changes, left_out, unchanged = [], [], 0
    for attempt in attempts:
        if because := _why_not(rule, given[attempt.pk], attempt, by):
            left_out.append(LeftOut(attempt, because))
            continue
        found = regraded(answers[attempt.pk], rules_of(attempt) | {question.pk: rule})
        was = attempt.in_force
        if (found.points, found.possible) == (was.points, was.points_possible):
            unchanged += 1
        else:
            changes.append(Change(attempt, found))
    return Plan(changes, left_out, unchanged, asking(question).filter(graded_at=None).count())


def asking(question):
    asked = AttemptQuestion.objects.filter(version__question=question)
    return Attempt.objects.filter(pk__in=asked.values("attempt")).order_by("pk")


def _why_not(rule: Rule, versions: Sequence[QuestionVersion], attempt, by) -> str:
    if by is not None and attempt.person_id == by.pk:
        return OWN
    if rule.treatment != Treatment.KEY or rule.key is None:
        return ""
    return next(filter(None, (why_not_by(rule.key, one.kind, one.shows) for one in versions)), "")


def _answers(attempts) -> dict[int, list[Given]]:
    answers = defaultdict(list)
    asked = AttemptQuestion.objects.filter(attempt__in=attempts).order_by("pk")
    for pk, question, worth, possible, response in asked.values_list(
        "attempt", "version__question", "worth", "version__possible", "answer"
    ):
        answers[pk].append(Given(question, worth or NOTHING, possible, response))
    return answers


def _versions_given(question, attempts) -> dict[int, list[QuestionVersion]]:
    versions = question.versions.without_key().in_bulk()
    given = defaultdict(list)
    asked = AttemptQuestion.objects.filter(attempt__in=attempts, version__in=versions)
    for attempt, version in asked.values_list("attempt", "version"):
        given[attempt].append(versions[version])
    return given
