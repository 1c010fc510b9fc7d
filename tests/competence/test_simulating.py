"""Five people under one rule: the next three dates of each."""

from datetime import date

import pytest

from competence.renewal import Mode, Rule
from competence.simulating import simulate

ON = date(2026, 1, 1)
YEAR = Rule(Mode.FROM_COMPLETION, months=12, window_days=30)

RULES = [
    ("does not end", Rule(), {
        "Early": [],
        "On time": [("2026-01-31", "competent")],
        "Late": [("2026-02-01", "overdue"), ("2026-03-02", "competent")],
        "Away": [("2026-01-02", "away"), ("2026-03-03", "due"), ("2026-04-02", "overdue")],
        "New": [("2026-02-01", "overdue")],
    }),
    ("a year", YEAR, {
        "Early": [("2026-12-02", "renewal"), ("2027-01-02", "overdue")],
        "On time": [("2026-01-31", "competent"), ("2027-01-01", "renewal"), ("2027-02-01", "overdue")],
        "Late": [("2026-02-01", "overdue"), ("2026-03-02", "competent"), ("2027-01-31", "renewal")],
        "Away": [("2026-01-02", "away"), ("2026-03-03", "due"), ("2026-04-02", "overdue")],
        "New": [("2026-02-01", "overdue")],
    }),
    ("a year from the end of the last", Rule(Mode.FROM_EXPIRY, months=12, window_days=30), {
        # The first is counted from the day by which it was asked for: who is early loses nothing.
        "Early": [("2027-01-01", "renewal"), ("2027-02-01", "overdue")],
    }),
    ("to the last of June", Rule(Mode.CALENDAR, month=6, day=30, window_days=30), {
        "Early": [("2026-05-31", "renewal"), ("2026-07-01", "overdue")],
        "On time": [("2026-01-31", "competent"), ("2026-05-31", "renewal"), ("2026-07-01", "overdue")],
    }),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "expected"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_the_next_dates_of_each(rule, expected):
    found = {
        one.who: [(str(day), state.value) for day, state in one.dates] for one in simulate(rule, due_days=30, on=ON)
    }
    assert list(found) == ["Early", "On time", "Late", "Away", "New"]
    assert {who: found[who] for who in expected} == expected
