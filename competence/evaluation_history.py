"""What happened to an evaluation, as its page tells it: plans, outcomes, and lessons that recurred in between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from competence.effectiveness import TONES, WORDS, Recurrence, State
from competence.models import Evaluation, EvaluationOutcome, EvaluationPlan
from knowledge.models import KnowledgePage, LessonStep
from knowledge.permissions import visible_to

# On one day, what was planned comes before what was found.
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """`fact` is a plan or an outcome; else `pages` are the lesson that recurred and the one that says so."""

    day: date
    word: str
    tone: str
    fact: EvaluationPlan | EvaluationOutcome | None = None
    pages: tuple[KnowledgePage, ...] = ()
    is_corrected: bool = False


def lessons_of(recurred: Iterable[Recurrence], reader) -> list[Told]:
    """Two queries. A lesson that the reader may not see is not named."""
    on = {one.step: one.on for one in recurred}
    if not on:
        return []
    steps = LessonStep.objects.filter(pk__in=on).order_by("at", "pk")
    named = {step: pair for step, *pair in steps.values_list("pk", "lesson_id", "edition__page_id")}
    wanted = {pk for pair in named.values() for pk in pair}
    pages = visible_to(KnowledgePage.objects.filter(pk__in=wanted), reader).in_bulk()
    return [
        Told(
            on[step],
            "A lesson recurred",
            TONES[State.REOPENED],
            pages=tuple(pages[pk] for pk in pair if pk in pages),
        )
        for step, pair in named.items()
    ]


def history_of(evaluation: Evaluation, lessons: list[Told]) -> list[Told]:
    """In order of days; what was found in that of its moments. Two queries, however long it is."""
    plans = EvaluationPlan.objects.filter(evaluation=evaluation).select_related("evaluator", "recorded_by")
    outcomes = EvaluationOutcome.objects.filter(evaluation=evaluation).select_related("evaluator")
    corrected = {plan.corrects_id for plan in plans}
    corrected_outcomes = {outcome.corrects_id for outcome in outcomes}
    told = [(plan.since, FIRST, plan.pk, _of_plan(plan, plan.pk in corrected)) for plan in plans]
    told += [(one.since, one.found_at, one.pk, _of_outcome(one, one.pk in corrected_outcomes)) for one in outcomes]
    told += [(one.day, LAST, 0, one) for one in lessons]
    return [each for *_, each in sorted(told, key=lambda it: it[:3])]


def _of_plan(plan, is_corrected):
    if plan.void:
        return Told(plan.since, WORDS[State.WITHDRAWN], TONES[State.WITHDRAWN], plan)
    return Told(plan.since, "Changed" if plan.corrects_id else "Planned", "neutral", plan, is_corrected=is_corrected)


def _of_outcome(outcome, is_corrected):
    state = State(outcome.result)
    return Told(outcome.since, WORDS[state], TONES[state], outcome, is_corrected=is_corrected)
