from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sample.habits import draw, one_in
from sample.working_days import moment, mornings, working_day, working_days

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(st.integers(0, 50), st.integers(0, 50), st.text())
def test_a_draw_lies_within_its_bounds(low, more, name):
    assert low <= draw(low, low + more, name) <= low + more


def test_chance_is_the_same_in_each_process():
    assert [draw(1, 100, "ellie.prescott", number) for number in range(5)] == [72, 14, 80, 66, 99]
    assert [number for number in range(40) if one_in(8, "fails", number)] == [1, 13, 18, 24, 30]


@given(days, st.integers(-800, 0), st.integers(0, 5))
def test_working_days_keep_the_order_of_events(today, offset, later):
    first, second = working_day(offset, today), working_day(offset + later, today)
    assert first <= second
    assert first.weekday() < 5


@given(days, st.integers(-800, 0))
def test_three_days_after_a_last_day_is_a_later_working_day(today, offset):
    assert working_day(offset, today) < working_day(offset + 3, today)


@given(days, st.integers(0, 30))
def test_every_event_falls_on_a_day_that_is_lived_through(today, back):
    assert working_day(-back, today) in set(working_days(today - timedelta(days=40), today))


@given(days, st.integers(1, 500))
def test_a_crowded_morning_still_ends_before_noon(day, count):
    moments = list(mornings(day, count))
    assert moments == sorted(moments)
    assert moments[-1] < moment(day, 12 * 60)
