"""When someone is told what is asked of them, and when their manager is. Pure."""

from datetime import date

from competence.models import Reminder
from competence.obligations import OPEN, Obligation, State

DAYS_BEFORE = 7
# So long after the day that it was due, the manager is told as well.
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
