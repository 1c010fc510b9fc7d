"""Until when a proof holds: the modes as a table, and what holds for any dates."""

# ruff: noqa: E501 - a row of the table is a line

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.renewal import Earned, Mode, Rule, derived_again, inputs, last_day


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("completed", "months", "expected"),
    [
        ("2026-03-02", 12, "2027-03-02"),
        ("2026-03-02", 1, "2026-04-02"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2096-02-29", 48, "2100-02-28"),  # 2100 is no leap year
        ("2027-02-28", 12, "2028-02-28"),  # not the 29th: the day is kept where it exists
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-06-30", 18, "2027-12-30"),
        ("2026-03-29", 12, "2027-03-29"),  # the day on which clocks change
    ],
)
def test_a_period_is_counted_in_calendar_months(completed, months, expected):
    assert last_day(Rule(Mode.FROM_COMPLETION, months), Earned(day(completed))) == day(expected)


def test_without_a_period_a_proof_does_not_end():
    assert last_day(Rule(), Earned(date(2026, 3, 2))) is None


YEAR = {"months": 12}
TABLE = [
    # what it shows; mode and rule; completed; asked by, first, last until; expected
    ("from expiry, the first time, early: from the day it was asked by", Mode.FROM_EXPIRY, YEAR, "2026-03-02", ("2026-03-31", None, None), "2027-03-31"),
    ("from expiry, the first time, late: a full period", Mode.FROM_EXPIRY, YEAR, "2026-05-02", ("2026-03-31", None, None), "2027-05-02"),
    ("from expiry, the first time, asked by no day", Mode.FROM_EXPIRY, YEAR, "2026-03-02", (None, None, None), "2027-03-02"),
    ("from expiry, on the first day of the window", Mode.FROM_EXPIRY, YEAR, "2027-03-01", (None, "2026-03-31", "2027-03-31"), "2028-03-31"),
    ("from expiry, on the last day", Mode.FROM_EXPIRY, YEAR, "2027-03-31", (None, "2026-03-31", "2027-03-31"), "2028-03-31"),
    ("from expiry, a day too late: from completion", Mode.FROM_EXPIRY, YEAR, "2027-04-01", (None, "2026-03-31", "2027-03-31"), "2028-04-01"),
    ("from expiry, passed again at once: no period twice", Mode.FROM_EXPIRY, YEAR, "2026-04-02", (None, "2026-03-31", "2027-03-31"), "2027-04-02"),
    ("from expiry, a short period and a proof that holds longer: nothing is lost", Mode.FROM_EXPIRY, {"months": 3}, "2026-04-02", (None, "2026-03-31", "2027-03-31"), "2027-03-31"),
    ("from expiry, 29 February", Mode.FROM_EXPIRY, YEAR, "2028-02-20", (None, "2027-02-28", "2028-02-29"), "2029-02-28"),
    ("fixed, early", Mode.FIXED, YEAR, "2026-03-02", ("2026-03-31", None, None), "2027-03-31"),
    ("fixed, late", Mode.FIXED, YEAR, "2026-06-10", ("2026-03-31", None, None), "2027-03-31"),
    ("fixed, so late that the window of the next is open", Mode.FIXED, YEAR, "2027-03-10", ("2026-03-31", None, None), "2028-03-31"),
    ("fixed, exactly the window before: it is too near", Mode.FIXED, YEAR, "2027-03-01", ("2026-03-31", None, None), "2028-03-31"),
    ("fixed, a day more than the window before", Mode.FIXED, YEAR, "2027-02-28", ("2026-03-31", None, None), "2027-03-31"),
    ("fixed, two years late", Mode.FIXED, YEAR, "2028-06-10", ("2026-03-31", None, None), "2029-03-31"),
    ("fixed, asked by no day: from the first completion", Mode.FIXED, YEAR, "2028-06-10", (None, "2026-05-05", None), "2029-05-05"),
    ("fixed, with a minimum longer than the window", Mode.FIXED, {"months": 12, "minimum_days": 120}, "2027-01-10", ("2026-03-31", None, None), "2028-03-31"),
    ("fixed, a minimum shorter than the window counts as the window", Mode.FIXED, {"months": 12, "minimum_days": 5}, "2027-03-10", ("2026-03-31", None, None), "2028-03-31"),
    ("fixed: a year, five months of window, done in August, asked by December (the case that went two years wrong elsewhere)", Mode.FIXED, {"months": 12, "window_days": 153, "minimum_days": 153}, "2014-08-24", ("2014-12-31", None, None), "2015-12-31"),
    ("fixed, from 31 January by one month", Mode.FIXED, {"months": 1, "window_days": 5}, "2026-02-10", ("2026-01-31", None, None), "2026-02-28"),
    ("fixed, from 31 January by two periods: the 31st again", Mode.FIXED, {"months": 1, "window_days": 5}, "2026-03-10", ("2026-01-31", None, None), "2026-03-31"),
    ("calendar, to the end of this year", Mode.CALENDAR, {"month": 12, "day": 31}, "2026-03-02", (None, None, None), "2026-12-31"),
    ("calendar, within the window: to the end of the next", Mode.CALENDAR, {"month": 12, "day": 31}, "2026-12-10", (None, None, None), "2027-12-31"),
    ("calendar, 29 February in another year", Mode.CALENDAR, {"month": 2, "day": 29}, "2026-03-02", (None, None, None), "2027-02-28"),
    ("calendar, 29 February in a leap year", Mode.CALENDAR, {"month": 2, "day": 29}, "2027-03-02", (None, None, None), "2028-02-29"),
    ("calendar, with a minimum of half a year", Mode.CALENDAR, {"month": 6, "day": 30, "minimum_days": 180}, "2026-03-02", (None, None, None), "2027-06-30"),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "rule", "completed", "before", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])  # fmt: skip
def test_the_modes(mode, rule, completed, before, expected):
    assert last_day(Rule(mode, **rule), Earned(day(completed), *map(day, before))) == day(expected)


days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
rules = st.builds(
    Rule,
    mode=st.sampled_from(Mode),
    months=st.integers(1, 120),
    window_days=st.integers(0, 400),
    minimum_days=st.integers(0, 400),
    month=st.integers(1, 12),
    day=st.integers(1, 31),
)
earned = st.builds(
    Earned, completed=days, asked_by=st.none() | days, first=st.none() | days, last_until=st.none() | days
)


@given(rules, earned)
def test_a_proof_never_ends_before_it_was_earned(rule, earned):
    end = last_day(rule, earned)
    assert (end is None) == (rule.mode == Mode.NONE)
    assert end is None or end > earned.completed


@given(rules, earned)
def test_whoever_has_just_passed_is_not_called_again_at_once(rule, earned):
    if rule.mode in (Mode.FIXED, Mode.CALENDAR):
        assert last_day(rule, earned) - earned.completed > timedelta(days=max(rule.window_days, rule.minimum_days))


@given(rules, earned)
def test_the_end_can_be_derived_again_from_what_is_kept(rule, earned):
    assert derived_again(inputs(rule, earned)) == last_day(rule, earned)


@given(days, st.integers(1, 120))
def test_renewing_within_the_window_loses_no_day(last_until, months):
    rule = Rule(Mode.FROM_EXPIRY, months)
    early = Earned(last_until - timedelta(days=30), last_until=last_until)
    late = Earned(last_until, last_until=last_until)
    assert last_day(rule, early) == last_day(rule, late) > last_until


@given(days, days, st.integers(1, 120))
def test_later_completed_never_ends_sooner(one, other, months):
    first, second = sorted((one, other))
    rule = Rule(Mode.FROM_COMPLETION, months)
    assert last_day(rule, Earned(first)) <= last_day(rule, Earned(second))
