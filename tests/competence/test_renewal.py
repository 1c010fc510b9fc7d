from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.renewal import last_day_of


@pytest.mark.parametrize(
    ("completed", "months", "last_day"),
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
        ("2026-03-02", None, None),
    ],
)
def test_the_last_day_of_a_proof(completed, months, last_day):
    expected = date.fromisoformat(last_day) if last_day else None
    assert last_day_of(date.fromisoformat(completed), months) == expected


completions = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(completions, st.integers(1, 120))
def test_a_period_ends_in_the_month_that_it_counts_to(completed, months):
    last = last_day_of(completed, months)
    assert (last.year - completed.year) * 12 + last.month - completed.month == months
    assert last.day == completed.day or (last + timedelta(days=1)).day == 1


@given(completions, completions, st.integers(1, 120))
def test_whoever_completes_later_holds_it_no_shorter(one, other, months):
    earlier, later = sorted((one, other))
    assert last_day_of(earlier, months) <= last_day_of(later, months)
