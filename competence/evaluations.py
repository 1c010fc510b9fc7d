"""Evaluations with all that was fixed, found and told of them: as many queries for one as for all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from competence.effectiveness import Found, Recurrence, Standing, State, standing_of
from competence.gathering import gather
from competence.models import Evaluation, EvaluationOutcome, EvaluationPlan
from competence.obligations import obligations
from competence.permissions import evaluations_visible_to
from knowledge.models import LessonState, LessonStep
from people.directory import working
from people.models import Person


@dataclass(frozen=True)
class Followed:
    evaluation: Evaluation
    plan: EvaluationPlan
    standing: Standing
    # Those that stand, the last one last.
    outcomes: list[EvaluationOutcome] = field(default_factory=list)
    # Every one since it was evaluated first, also where it has been evaluated again.
    recurred: list[Recurrence] = field(default_factory=list)

    @property
    def last(self) -> EvaluationOutcome | None:
        return self.outcomes[-1] if self.outcomes else None


def follow(evaluations: QuerySet[Evaluation], *, on: date) -> list[Followed]:
    """What is due first comes first, and what is closed last."""
    found = list(evaluations.select_related("competence", "process"))
    keys = [one.pk for one in found]
    plans = EvaluationPlan.objects.filter(evaluation__in=keys, corrected_by=None)
    plan_of = {plan.evaluation_id: plan for plan in plans.select_related("evaluator", "recorded_by")}
    outcomes = defaultdict(list)
    for outcome in EvaluationOutcome.objects.standing().filter(evaluation__in=keys).select_related("evaluator"):
        outcomes[outcome.evaluation_id].append(outcome)
    recurred = _recurrences({one.process_id for one in found if one.process_id and outcomes[one.pk]})
    followed = [_followed(one, plan_of[one.pk], outcomes[one.pk], recurred[one.process_id], on) for one in found]
    return sorted(followed, key=lambda it: (it.standing.due or date.max, -it.plan.due.toordinal(), it.evaluation.pk))


def followed_one(evaluation: Evaluation, *, on: date) -> Followed:
    return follow(Evaluation.objects.filter(pk=evaluation.pk), on=on)[0]


def evaluated_by(person, *, on: date) -> list[Followed]:
    """What someone has to evaluate now, of what they may see."""
    return [one for one in with_a_day([person.pk], person, on=on) if one.standing.is_open]


def with_a_day(evaluators, reader, *, on: date) -> list[Followed]:
    """What these people have to evaluate, now or later. `evaluators` are ids or a queryset of them."""
    plans = EvaluationPlan.objects.standing().filter(evaluator__in=evaluators)
    followed = follow(evaluations_visible_to(reader).filter(pk__in=plans.values("evaluation_id")), on=on)
    return [one for one in followed if one.standing.due]


def gone(followed: Iterable[Followed], *, on: date) -> set[int]:
    """Of the evaluators, those who no longer work here."""
    people = {one.plan.evaluator_id for one in followed}
    return people - set(working(Person.objects.filter(pk__in=people), on=on).values_list("pk", flat=True))


def asked_as_well(one: Followed, *, on: date) -> bool:
    """Whether the competence is asked of its evaluator too: they may be among those who were trained."""
    evaluator, competence = one.plan.evaluator_id, one.evaluation.competence_id
    return any(it.competence == competence for it in obligations(gather([evaluator], on=on), on=on))


def _followed(evaluation, plan, outcomes, recurred, on):
    found = [Found(one.found_at, State(one.result), one.again_by) for one in outcomes]
    standing = standing_of(plan.due, found, recurred, on=on, withdrawn=plan.void)
    since = [one for one in recurred if found and one.at > found[0].at]
    return Followed(evaluation, plan, standing, outcomes, since)


def _recurrences(processes: set[int]) -> dict[int | None, set[Recurrence]]:
    """Of each process: when a lesson that is linked to it, itself or by the one that repeats it, recurred."""
    recurrences = defaultdict(set)
    again = LessonStep.objects.filter(state=LessonState.REOPENED, edition__isnull=False)
    for linked in ("lesson__processes", "edition__page__processes"):
        told = again.filter(**{f"{linked}__in": processes}).values_list(linked, "pk", "at") if processes else ()
        for process, step, at in told:
            recurrences[process].add(Recurrence(at, step, timezone.localdate(at)))
    return recurrences


def linked_to(pages: Iterable[int]) -> QuerySet[Evaluation]:
    """Those of the processes that any of the pages is linked to."""
    return Evaluation.objects.filter(process__linked_pages__in=pages).distinct()
