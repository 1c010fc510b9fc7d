"""People come, change what they do, and leave."""

from datetime import timedelta

from django.utils import timezone

from people.actions import (
    add_department,
    add_person,
    add_role,
    appoint_administrator,
    end_role,
    grant_role,
    join_department,
    join_group,
    report_to,
    withdraw_person,
)
from people.actions import close_sign_in as close
from people.models import RoleHolding
from sample.organisation import Leaving, Member, Move, Role


def add_member(house, member: Member, at):
    house.people[member.username] = add_person(
        member.username,
        first_name=member.name[0],
        last_name=member.name[1],
        email=f"{member.username}@brisk.example",
        employee_number=member.number,
        by=house.hr,
        at=at,
    )


def found_departments(house, departments, at):
    for key, it in departments.items():
        parent = house.departments.get(it.under)
        house.departments[key] = add_department(it.name, parent=parent, by=house.hr, at=at)


def add_job_role(house, role: Role, at):
    house.roles[role.key] = add_role(role.name, description=role.description, by=house.hr, at=at)


def place_person(house, member: Member, at):
    person, since = house.people[member.username], house.day(member.joined)
    join_department(person, house.departments[member.department], since=since, by=house.hr, at=at)
    if member.reports_to:
        report_to(person, house.people[member.reports_to], since=since, by=house.hr, at=at)
    for group in member.groups:
        join_group(person, group, by=house.hr, at=at)
    if member.administrator:
        appoint_administrator(person, by=house.hr, at=at)
    for role in member.roles:
        grant_role(person, house.roles[role], since=since, by=house.hr, at=at)


def move(house, it: Move, at):
    person, since = house.people[it.person], timezone.localdate(at)
    if it.ends:
        holding = RoleHolding.objects.on(since).get(person=person, role=house.roles[it.ends])
        end_role(holding, until=since - timedelta(days=1), reason=it.reason, by=house.hr, at=at)
    if it.department:
        join_department(person, house.departments[it.department], since=since, by=house.hr, at=at)
    if it.reports_to:
        report_to(person, house.people[it.reports_to], since=since, by=house.hr, at=at)
    grant_role(person, house.roles[it.takes], since=since, by=house.hr, at=at)


def announce_leaving(house, leaving: Leaving, at):
    house.last_days[leaving.person] = last_day = house.day(leaving.last_day)
    withdraw_person(house.people[leaving.person], last_day=last_day, reason=leaving.reason, by=house.hr, at=at)


def close_sign_in(house, leaving: Leaving, at):
    close(house.people[leaving.person].pk, on=timezone.localdate(at))
