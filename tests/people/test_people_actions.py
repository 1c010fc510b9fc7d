from datetime import date

import pytest
from django.utils import timezone

from evidence.leaves import parse
from evidence.models import Entry
from jobs.models import Job
from people.actions import (
    add_department,
    add_person,
    add_role,
    appoint_administrator,
    close_sign_in,
    correct_role_holding,
    end_role,
    grant_role,
    invite,
    join_department,
    join_group,
    leave_group,
    report_to,
    withdraw_person,
)
from people.groups import HR
from people.models import DepartmentMembership, Person, ReportingLine, RoleHolding
from people.refusals import Refused
from people.signals import role_changed
from tests.scenes import NOON, TODAY, department_named, hire, hold, role_named

pytestmark = pytest.mark.django_db

MARCH_31 = date(2026, 3, 31)


def entries(kind):
    return Entry.objects.filter(key__startswith=f"people.{kind}:")


@pytest.fixture
def changes():
    """What role_changed told."""
    told = []

    def hear(sender, holding, by, at, **kwargs):
        told.append(holding)

    role_changed.connect(hear)
    yield told
    role_changed.disconnect(hear)


@pytest.mark.databases
def test_a_role_given_is_a_fact_an_entry_and_a_signal(changes):
    ada, hr = hire(), hire("Hanna", "Reuter")
    holding = grant_role(ada, role_named("Fitter"), since=TODAY, by=hr, at=NOON)
    assert RoleHolding.objects.on(TODAY).get(person=ada) == holding
    assert holding.recorded_by == hr
    assert entries("role_granted").count() == 1
    assert changes == [holding]


@pytest.mark.databases
def test_the_last_day_is_set_once():
    ada = hire()
    holding = hold(ada, "Fitter")
    end_role(holding, until=MARCH_31, by=None, at=NOON, reason="moved to testing")
    with pytest.raises(Refused, match="already ends on 31 March 2026"):
        end_role(RoleHolding.objects.get(), until=date(2026, 4, 30), by=None, at=NOON, reason="again")
    holding.refresh_from_db()
    assert (holding.until, holding.ended_because) == (MARCH_31, "moved to testing")
    assert entries("role_ended").count() == 1


def test_a_stale_copy_of_a_holding_cannot_end_it_again():
    holding = hold(hire(), "Fitter")
    stale = RoleHolding.objects.get(pk=holding.pk)
    end_role(holding, until=MARCH_31, by=None, at=NOON, reason="moved")
    with pytest.raises(Refused):
        end_role(stale, until=TODAY, by=None, at=NOON, reason="late")


@pytest.mark.parametrize(
    ("since", "until"),
    [(TODAY, None), (date(2026, 3, 31), None), (date(2026, 1, 1), TODAY), (date(2026, 3, 10), date(2026, 3, 11))],
)
def test_a_role_is_not_held_twice_on_one_day(since, until):
    ada = hire()
    hold(ada, "Fitter", since=TODAY, until=MARCH_31)
    with pytest.raises(Refused, match="already has the role Fitter"):
        hold(ada, "Fitter", since=since, until=until)


def test_a_role_can_be_taken_up_again_on_the_day_after():
    ada = hire()
    hold(ada, "Fitter", since=TODAY, until=MARCH_31)
    hold(ada, "Fitter", since=date(2026, 4, 1))
    assert RoleHolding.objects.on(date(2026, 4, 1)).count() == 1


def test_a_last_day_before_the_first_is_refused():
    with pytest.raises(Refused, match="is before the first"):
        hold(hire(), "Fitter", since=TODAY, until=date(2026, 3, 1))


@pytest.mark.databases
def test_a_correction_is_a_new_fact_that_names_the_old(changes):
    ada = hire()
    wrong = hold(ada, "Fitter", since=TODAY)
    right = correct_role_holding(
        wrong, since=date(2026, 2, 1), until=None, reason="typed the wrong month", by=None, at=NOON
    )
    assert list(RoleHolding.objects.standing()) == [right]
    assert right.corrects == wrong
    assert RoleHolding.objects.get(pk=wrong.pk).since == TODAY
    assert not RoleHolding.objects.on(date(2026, 1, 31)).exists()
    [corrected] = entries("role_corrected")
    granted = Entry.objects.get(pk=f"people.role_granted:{wrong.pk}")
    assert parse(bytes(corrected.leaf)).corrects == bytes(granted.leaf_hash).hex()
    assert changes[-1] == right


def test_what_never_was_counts_on_no_day_and_stays_readable():
    holding = hold(hire(), "Fitter")
    correct_role_holding(holding, since=TODAY, until=None, void=True, reason="wrong person", by=None, at=NOON)
    assert not RoleHolding.objects.on(TODAY).exists()
    assert not RoleHolding.objects.standing().exists()
    assert RoleHolding.objects.count() == 2


def test_what_has_been_corrected_is_neither_corrected_nor_ended_again():
    holding = hold(hire(), "Fitter")
    correct_role_holding(holding, since=TODAY, until=MARCH_31, reason="typo", by=None, at=NOON)
    with pytest.raises(Refused, match="already been corrected"):
        correct_role_holding(holding, since=TODAY, until=None, reason="typo", by=None, at=NOON)
    with pytest.raises(Refused, match="corrected by another"):
        end_role(holding, until=MARCH_31, by=None, at=NOON, reason="late")


def test_joining_a_department_ends_the_one_before_on_the_day_before():
    ada = hire(department="Assembly", since=date(2026, 1, 1))
    join_department(ada, department_named("Testing"), since=TODAY, by=None, at=NOON)
    days = DepartmentMembership.objects.order_by("since").values_list("department__name", "since", "until")
    assert list(days) == [("Assembly", date(2026, 1, 1), date(2026, 3, 1)), ("Testing", TODAY, None)]


def test_nobody_is_in_two_departments_on_one_day():
    ada = hire(department="Assembly", since=TODAY)
    with pytest.raises(Refused, match="is in Assembly from 2 March 2026"):
        join_department(ada, department_named("Testing"), since=date(2026, 2, 1), by=None, at=NOON)
    assert DepartmentMembership.objects.get().until is None


def test_a_history_can_be_told_in_any_order():
    ada = hire(department="Testing", since=TODAY)
    join_department(ada, department_named("Assembly"), since=date(2025, 1, 1), until=date(2026, 3, 1), by=None, at=NOON)
    assert DepartmentMembership.objects.on(date(2025, 6, 1)).get().department.name == "Assembly"


def test_a_new_manager_takes_the_place_of_the_old():
    ada, old, new = hire(), hire("Otto", "Alt"), hire("Nora", "Neu")
    report_to(ada, old, since=date(2026, 1, 1), by=None, at=NOON)
    report_to(ada, new, since=TODAY, by=None, at=NOON)
    assert ReportingLine.objects.on(date(2026, 3, 1)).get().manager == old
    assert ReportingLine.objects.on(TODAY).get().manager == new


def test_nobody_reports_to_themselves():
    ada = hire()
    with pytest.raises(Refused, match="cannot report to themselves"):
        report_to(ada, ada, since=TODAY, by=None, at=NOON)


@pytest.mark.parametrize(
    ("username", "number", "sentence"), [("ADA", "", "username .* is taken"), ("new", "7", "employee number 7")]
)
def test_sign_in_names_and_employee_numbers_are_given_once(username, number, sentence):
    add_person("ada", first_name="Ada", last_name="Byron", employee_number="7", by=None, at=NOON)
    with pytest.raises(Refused, match=sentence):
        add_person(username, first_name="A", last_name="B", employee_number=number, by=None, at=NOON)


@pytest.mark.parametrize("add", [add_department, add_role])
def test_names_are_given_once_whatever_their_case(add):
    add("Assembly", by=None, at=NOON)
    with pytest.raises(Refused, match="There is already"):
        add("assembly", by=None, at=NOON)


def test_whoever_has_no_password_cannot_sign_in_by_one():
    assert not hire().has_usable_password()


@pytest.mark.databases
def test_whoever_leaves_loses_what_they_hold_with_their_last_day(changes):
    boss = hire("Max", "Boss")
    ada = hire(role="Fitter", department="Assembly", manager=boss, since=date(2026, 1, 1))
    ben = hire("Ben", "Berg", manager=ada, since=date(2026, 1, 1))
    yesterday = date(2026, 3, 1)
    withdraw_person(ada, last_day=yesterday, reason="retires", by=None, at=NOON)
    for model in (RoleHolding, DepartmentMembership, ReportingLine):
        assert model.objects.on(yesterday).filter(person=ada).exists()
        assert not model.objects.on(TODAY).filter(person=ada).exists()
    assert not ReportingLine.objects.on(TODAY).filter(person=ben).exists()
    assert not Person.objects.get(pk=ada.pk).is_active
    assert entries("person_withdrawn").count() == 1
    assert changes[-1].until == yesterday


def test_a_planned_end_after_the_last_day_is_corrected_to_it():
    ada = hire()
    hold(ada, "Fitter", since=date(2026, 1, 1), until=date(2026, 12, 31))
    withdraw_person(ada, last_day=MARCH_31, reason="retires", by=None, at=NOON)
    assert RoleHolding.objects.standing().get().until == MARCH_31


def test_a_role_that_begins_after_the_last_day_is_named_and_must_go_first():
    ada = hire()
    hold(ada, "Fitter", since=date(2026, 5, 1))
    with pytest.raises(Refused, match="as Fitter from 1 May 2026"):
        withdraw_person(ada, last_day=MARCH_31, reason="retires", by=None, at=NOON)
    assert Person.objects.get(pk=ada.pk).last_day is None


def test_a_sign_in_stays_open_until_the_last_day_is_over():
    ada = hire()
    withdraw_person(ada, last_day=MARCH_31, reason="retires", by=None, at=NOON)
    job = Job.objects.get(kind="people.close_sign_in")
    assert timezone.localtime(job.not_before).isoformat() == "2026-04-01T00:00:00+02:00"
    close_sign_in(ada.pk, on=MARCH_31)
    assert Person.objects.get(pk=ada.pk).is_active
    close_sign_in(ada.pk, on=date(2026, 4, 1))
    assert not Person.objects.get(pk=ada.pk).is_active


def test_nobody_leaves_twice_or_is_given_a_role_afterwards():
    ada = hire()
    withdraw_person(ada, last_day=TODAY, reason="retires", by=None, at=NOON)
    with pytest.raises(Refused, match="already left"):
        withdraw_person(ada, last_day=TODAY, reason="retires", by=None, at=NOON)
    with pytest.raises(Refused, match="left on 2 March 2026"):
        hold(ada, "Fitter")


def test_joining_and_leaving_a_group_leave_an_entry_each_time_and_twice_is_once():
    ada = hire()
    for _ in range(2):
        join_group(ada, HR, by=None, at=NOON)
    assert ada.group_names == {HR}
    for _ in range(2):
        leave_group(ada, HR, by=None, at=NOON)
    assert ada.group_names == frozenset()
    join_group(ada, HR, by=None, at=NOON)
    assert (entries("group_joined").count(), entries("group_left").count()) == (2, 1)


def test_an_administrator_is_appointed_once():
    ada = hire()
    for _ in range(2):
        appoint_administrator(ada, by=None, at=NOON)
    assert Person.objects.get(pk=ada.pk).is_superuser
    assert entries("administrator_appointed").count() == 1


def test_an_invitation_needs_an_address():
    ada = add_person("ada", first_name="Ada", last_name="Byron", by=None, at=NOON)
    with pytest.raises(Refused, match="no e-mail address"):
        invite(ada, by=None, at=NOON)


def test_no_name_and_no_key_of_a_person_stands_in_a_leaf():
    boss = hire("Maximiliane", "Oberhuber")
    ada = hire("Adelheid", "Byronowski", role="Fitter", department="Assembly", manager=boss)
    end_role(ada.holdings.get(), until=MARCH_31, by=boss, at=NOON, reason="Adelheid moves")
    withdraw_person(ada, last_day=MARCH_31, reason="Adelheid retires", by=boss, at=NOON)
    leaves = b"\n".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True)).lower()
    for word in (b"adelheid", b"byronowski", b"maximiliane", b"oberhuber"):
        assert word not in leaves
