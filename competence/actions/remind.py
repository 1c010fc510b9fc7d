from datetime import date, datetime

from django.db import transaction

from competence.evaluations import Followed, follow
from competence.gathering import gather
from competence.models import Evaluation, Reminder
from competence.obligations import obligations
from competence.reminding import concerns_manager, concerns_planner, stage_of, stage_of_evaluation
from jobs.actions import enqueue_each
from people.directory import working
from people.models import Person, ReportingLine

KEY = ("reader_id", "person_id", "competence_id", "due", "stage", "evaluation_id")


@transaction.atomic
def remind(*, on: date, at: datetime) -> int:
    """Let everyone be written to about what is newly asked of them, due or overdue, what they are to evaluate as well,
    and managers about what stays so: one mail each, each thing once.

    Returns to how many people. Whoever has left, or has no address, is not written to.
    """
    people = set(working(Person.objects.all(), on=on).values_list("pk", flat=True))
    reached = set(working(Person.objects.exclude(email=""), on=on).values_list("pk", flat=True))
    managers = dict(ReportingLine.objects.on(on).values_list("person_id", "manager_id"))
    known = set(Reminder.objects.values_list(*KEY))
    needed = {
        key
        for one in obligations(gather(on=on), on=on)
        if one.person in people
        for key in _told(one, managers.get(one.person), on)
    }
    needed |= {key for one in follow(Evaluation.objects.all(), on=on) for key in _told_to_evaluate(one, reached, on)}
    new = sorted((key for key in needed - known if key[0] in reached), key=lambda key: (*key[:-1], key[-1] or 0))
    Reminder.objects.bulk_create(
        (Reminder(**dict(zip(KEY, key, strict=True))) for key in new), ignore_conflicts=True, batch_size=1000
    )
    readers = sorted({key[0] for key in new})
    enqueue_each("competence.remind", {f"competence.remind:{pk}": {"person": pk} for pk in readers}, at=at)
    return len(readers)


def _told(one, manager, on):
    if stage := stage_of(one, on=on):
        yield one.person, one.person, one.competence, one.due, str(stage), None
    if manager and concerns_manager(one, on=on):
        yield manager, one.person, one.competence, one.due, str(Reminder.Stage.ESCALATED), None


def _told_to_evaluate(one: Followed, reached: set[int], on: date):
    """In place of an evaluator who cannot be written to, and of one who lets it lie, who planned it is told."""
    evaluator, planner, due = one.plan.evaluator_id, one.plan.recorded_by_id, one.standing.due
    about = evaluator, one.evaluation.competence_id, due
    if stage := stage_of_evaluation(one.standing, on=on):
        yield (evaluator if evaluator in reached else planner), *about, str(stage), one.evaluation.pk
    if planner and planner != evaluator and concerns_planner(one.standing, on=on):
        yield planner, *about, str(Reminder.Stage.ESCALATED), one.evaluation.pk
