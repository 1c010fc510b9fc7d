from datetime import date

import pytest
from django.db import IntegrityError, transaction

from people.models import RoleHolding
from tests.scenes import hire, role_named

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

SPAN = date(2026, 3, 2), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_fact_holds_on_its_first_day_and_on_its_last(day, holds):
    RoleHolding.objects.create(person=hire(), role=role_named("Fitter"), since=SPAN[0], until=SPAN[1])
    assert RoleHolding.objects.on(day).exists() == holds


def test_the_database_refuses_a_last_day_before_the_first():
    ada, role = hire(), role_named("Fitter")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(person=ada, role=role, since=SPAN[1], until=SPAN[0])


def test_the_database_refuses_a_second_correction_of_one_fact():
    ada, role = hire(), role_named("Fitter")
    wrong = RoleHolding.objects.create(person=ada, role=role, since=SPAN[0])
    RoleHolding.objects.create(person=ada, role=role, since=SPAN[0], corrects=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(person=ada, role=role, since=SPAN[0], corrects=wrong)
