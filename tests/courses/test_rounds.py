"""What counts toward a renewal, as a table: a certificate of 2 March that ends a year later, renewable for 30 days."""

from datetime import date, datetime, timedelta

import pytest

from courses.rounds import EVER, round_after
from tests.scenes import NOON

UNTIL, WINDOW = date(2027, 3, 2), 30
OPENS = date(2027, 1, 31)


def at(day: date) -> datetime:
    return datetime.combine(day, NOON.timetz())


@pytest.mark.parametrize(
    ("shown", "asked_on", "counts"),
    [
        (NOON, date(2026, 6, 1), False),  # for the certificate itself
        (NOON - timedelta(days=1), date(2027, 2, 10), False),
        (NOON + timedelta(seconds=1), date(2026, 6, 1), True),  # shown again, before it need be
        (at(date(2026, 6, 1)), OPENS - timedelta(days=1), True),
        (at(date(2026, 6, 1)), OPENS, False),  # the renewal has opened: that is too long ago
        (at(OPENS - timedelta(days=1)), OPENS, False),
        (at(OPENS), OPENS, True),
        (at(date(2027, 3, 2)), date(2027, 3, 2), True),
        (at(date(2027, 2, 1)), date(2029, 1, 1), True),  # long lapsed
        (at(date(2026, 6, 1)), date(2029, 1, 1), False),
    ],
)
def test_what_was_shown_counts_once_and_not_from_before_the_renewal_opened(shown, asked_on, counts):
    assert round_after(NOON, UNTIL, WINDOW, on=asked_on).counts(shown) is counts


def test_a_certificate_that_does_not_end_is_followed_by_whatever_is_shown_after_it():
    forever = round_after(NOON, None, WINDOW, on=date(2050, 1, 1))
    assert forever.counts(NOON + timedelta(seconds=1))
    assert not forever.counts(NOON)


def test_before_the_first_certificate_everything_counts():
    assert EVER.counts(NOON - timedelta(days=9999))
