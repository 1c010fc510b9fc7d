"""How an evaluation stands, as a table: what was found, what recurred, on which day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from competence.effectiveness import Found, Recurrence, State, may_still_be_fixed, standing_of
from competence.models import Reminder
from competence.reminding import concerns_planner, stage_of_evaluation

DUE = date(2026, 6, 1)


def day(number):
    return DUE + timedelta(days=number)


def noon(number):
    return timezone.make_aware(datetime.combine(day(number), time(12)))


def found(number, result="effective", again=None):
    return Found(noon(number), State(result), None if again is None else day(again))


def recurred(number, step=1):
    return Recurrence(noon(number), step, day(number))


# What was found, what recurred, on which day: the state, and by when something is to be done. Days from its due day.
TABLE = {
    "long before": ([], [], -15, "planned", 0),
    "two weeks before": ([], [], -14, "due", 0),
    "on its day": ([], [], 0, "due", 0),
    "the day after": ([], [], 1, "overdue", 0),
    "recurred, and nothing found yet": ([], [recurred(-3)], -1, "due", 0),
    "found effective": ([found(-1)], [], 9, "effective", None),
    "recurred before that": ([found(-1)], [recurred(-2)], 9, "effective", None),
    "recurred at that moment": ([found(-1)], [recurred(-1)], 9, "effective", None),
    "recurred after that": ([found(-1)], [recurred(5)], 9, "reopened", 35),
    "on the last day of looking again": ([found(-1)], [recurred(5)], 35, "reopened", 35),
    "not looked at again in time": ([found(-1)], [recurred(5)], 36, "overdue", 35),
    "recurred twice: the first counts": ([found(-1)], [recurred(20, 2), recurred(5)], 36, "overdue", 35),
    "effective again": ([found(-1), found(10)], [recurred(5)], 50, "effective", None),
    "recurred once more": ([found(-1), found(10)], [recurred(5), recurred(12, 2)], 13, "reopened", 42),
    "not effective": ([found(0, "not_effective")], [], 9, "not_effective", None),
    "not effective contradicts no lesson": ([found(0, "not_effective")], [recurred(5)], 9, "not_effective", None),
    "partly": ([found(0, "partly")], [], 9, "partly", None),
    "partly, and it recurred": ([found(0, "partly")], [recurred(5)], 9, "reopened", 35),
    "to be looked at again much later": ([found(0, "not_effective", 60)], [], 9, "not_effective", 60),
    "to be looked at again soon": ([found(0, "not_effective", 60)], [], 50, "due", 60),
    "not looked at again": ([found(0, "partly", 60)], [], 61, "overdue", 60),
    "again sooner than a lesson asks for": ([found(0, "partly", 20)], [recurred(5)], 9, "reopened", 20),
}


@pytest.mark.parametrize("name", TABLE)
def test_how_it_stands(name):
    was_found, again, on, state, due = TABLE[name]
    standing = standing_of(DUE, was_found, again, on=day(on))
    assert (standing.state, standing.due) == (state, None if due is None else day(due))


def test_what_opened_it_again_is_named_in_order():
    before, first, second = recurred(-9, 3), recurred(5, 1), recurred(6, 2)
    standing = standing_of(DUE, [found(-1)], [second, before, first], on=day(9))
    assert standing.recurred == (first, second)
    assert standing_of(DUE, [found(-1), found(8)], [second, first], on=day(9)).recurred == ()


def test_what_is_withdrawn_asks_for_nothing():
    assert standing_of(DUE, [], [recurred(1)], on=day(9), withdrawn=True).due is None


@pytest.mark.parametrize(("on", "may"), [(-1, True), (0, True), (1, False)])
def test_what_is_looked_for_is_fixed_until_the_training_begins(on, may):
    assert may_still_be_fixed(DUE, on=day(on)) is may


@pytest.mark.parametrize(
    ("was_found", "again", "on", "stage"),
    [
        ([], [], -90, Reminder.Stage.ASKED),
        ([], [], -8, Reminder.Stage.ASKED),
        ([], [], -7, Reminder.Stage.SOON),
        ([], [], 0, Reminder.Stage.TODAY),
        ([], [], 1, Reminder.Stage.OVERDUE),
        ([found(0)], [], 1, None),
        ([found(0)], [recurred(1)], 2, None),
        ([found(0)], [recurred(1)], 24, Reminder.Stage.SOON),
        ([found(0)], [recurred(1)], 32, Reminder.Stage.OVERDUE),
        ([found(0, "not_effective", 60)], [], 9, None),
        ([found(0, "not_effective", 60)], [], 53, Reminder.Stage.SOON),
    ],
)
def test_when_its_evaluator_is_reminded(was_found, again, on, stage):
    assert stage_of_evaluation(standing_of(DUE, was_found, again, on=day(on)), on=day(on)) == stage


@pytest.mark.parametrize(("on", "told"), [(0, False), (6, False), (7, True)])
def test_who_planned_it_is_told_a_week_after_its_day(on, told):
    assert concerns_planner(standing_of(DUE, [], [], on=day(on)), on=day(on)) is told
