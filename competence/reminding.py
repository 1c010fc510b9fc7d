"""When someone is told what is asked of them, and when their manager is. Pure."""

from datetime import date

from competence.effectiveness import Standing
from competence.effectiveness import State as Evaluated
from competence.models import Reminder
from competence.obligations import OPEN, Obligation, State

DAYS_BEFORE = 7
# So long after the day that it was due, the manager is told as well; of an evaluation, who planned it.
DAYS_UNTIL_MANAGER = 7


def stage_of(obligation: Obligation, *, on: date) -> Reminder.Stage | None:
    """How far it has come on the day. What was missed in between, while nothing was sent, is not made up for."""
    if obligation.due is None or obligation.state not in OPEN:
        return None
    if obligation.state is State.OVERDUE:
        return Reminder.Stage.OVERDUE
    if obligation.due == on:
        return Reminder.Stage.TODAY
    return Reminder.Stage.SOON if (obligation.due - on).days <= DAYS_BEFORE else Reminder.Stage.ASKED


def concerns_manager(obligation: Obligation, *, on: date) -> bool:
    if obligation.due is None or obligation.state is not State.OVERDUE:
        return False
    return (on - obligation.due).days >= DAYS_UNTIL_MANAGER


def stage_of_evaluation(standing: Standing, *, on: date) -> Reminder.Stage | None:
    """As above. Of what a lesson opened again its evaluator has been told at once."""
    if standing.due is None:
        return None
    if standing.state is Evaluated.OVERDUE:
        return Reminder.Stage.OVERDUE
    if standing.due == on:
        return Reminder.Stage.TODAY
    if (standing.due - on).days <= DAYS_BEFORE:
        return Reminder.Stage.SOON
    return Reminder.Stage.ASKED if standing.state in (Evaluated.PLANNED, Evaluated.DUE) else None


def concerns_planner(standing: Standing, *, on: date) -> bool:
    return standing.due is not None and (on - standing.due).days >= DAYS_UNTIL_MANAGER
