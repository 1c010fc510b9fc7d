"""The next days on which a state begins, and what a rule would change: both say what the rule itself says."""

# ruff: noqa: E501 - a row of the table is a line

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.foreseeing import next_dates
from competence.obligations import Facts, State, obligations
from competence.previewing import preview
from tests.competence.rule_table import (
    ADA,
    IN_FORCE,
    SOLDERING,
    asks,
    away,
    day,
    edition,
    facts,
    holds,
    shown,
    waived,
)
from tests.competence.test_obligations import days, some_facts

HERE = ADA, SOLDERING

NEXT = [
    ("not shown", "2026-03-05", [*IN_FORCE], [("2026-04-01", "overdue")]),
    ("shown for a year", "2026-03-05", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], [("2027-02-03", "renewal"), ("2027-03-06", "overdue")]),
    ("shown, without an end", "2026-03-05", [*IN_FORCE, shown("2026-03-05")], []),
    ("the role ends", "2026-03-05", [holds("2026-03-01", "2026-03-20"), asks("2026-01-01")], [("2026-03-21", None)]),
    ("the role begins", "2026-02-01", [*IN_FORCE], [("2026-03-01", "due"), ("2026-04-01", "overdue")]),
    ("waived for a month", "2026-03-05", [*IN_FORCE, waived("2026-03-03", "2026-04-02")], [("2026-04-03", "overdue")]),
    ("a leave ahead", "2026-03-05", [*IN_FORCE, away("2026-03-20", "2026-04-10")], [("2026-03-20", "away"), ("2026-04-11", "due"), ("2026-04-23", "overdue")]),
    ("an edition ahead that asks again", "2026-05-01", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01")], [("2026-06-01", "renewal"), ("2026-06-16", "overdue")]),
]  # fmt: skip


@pytest.mark.parametrize(("on", "told", "expected"), [row[1:] for row in NEXT], ids=[row[0] for row in NEXT])
def test_the_next_dates(on, told, expected):
    found = next_dates(facts(*told), HERE, on=day(on))
    assert [(str(when), state and state.value) for when, state in found] == expected


def state_on(house, place, on):
    return next((one.state for one in obligations(house, on=on) if (one.person, one.competence) == place), None)


@given(some_facts(), days, st.integers(1, 3), st.integers(1, 3))
def test_between_the_next_dates_nothing_changes(house, on, person, competence):
    place = person, competence
    coming = next_dates(house, place, on=on, count=2)
    states = [(on, state_on(house, place, on)), *coming]
    for (begins, state), (ends, _) in zip(states, [*coming, (on + timedelta(days=60), None)], strict=False):
        for number in range(min(60, (ends - begins).days)):
            assert state_on(house, place, begins + timedelta(days=number)) == state


def test_a_preview_names_who_is_newly_asked_and_who_is_overdue_at_once():
    now = facts(holds("2026-01-01"), holds("2026-03-01", person=2))
    then = replace(now, requirements=(asks("2026-03-05", within=0),))
    seen = preview(now, then, on=date(2026, 3, 6))
    assert [one.person for one in seen.newly_asked] == [1, 2]
    assert [one.person for one in seen.newly_overdue] == [1, 2]
    assert seen.released == []


def test_a_preview_of_a_rule_for_newcomers_leaves_the_others_alone():
    now = facts(holds("2026-01-01"), holds("2026-03-06", person=2))
    then = replace(now, requirements=(asks("2026-03-05", newcomers_only=True),))
    assert [one.person for one in preview(now, then, on=date(2026, 3, 6)).newly_asked] == [2]


def test_a_preview_names_who_is_released_and_who_is_asked_by_another_day():
    now = facts(*IN_FORCE)
    stricter = replace(now, requirements=(asks("2026-01-01", within=5),))
    assert [one.due for one in preview(now, stricter, on=date(2026, 3, 5)).other_day] == [date(2026, 3, 6)]
    assert [one.person for one in preview(now, replace(now, requirements=()), on=date(2026, 3, 5)).released] == [ADA]


@given(some_facts(), days)
def test_a_preview_of_nothing_changes_nothing(house, on):
    seen = preview(house, house, on=on)
    assert not any((seen.newly_asked, seen.newly_overdue, seen.other_day, seen.released))


@given(some_facts(), days)
def test_of_an_empty_house_everything_is_new(house, on):
    seen = preview(Facts(), house, on=on)
    assert list(seen.newly_asked) == list(obligations(house, on=on))
    assert {one.state for one in seen.newly_overdue} <= {State.OVERDUE}
