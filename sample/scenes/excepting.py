"""People are away, and what is asked of them is set aside for a time."""

from django.utils import timezone

from competence.actions import end_waiver, waive
from people.actions import correct_leave, end_leave, record_leave
from sample.absences import Back, Leave, Waiver


def be_away(house, it: Leave, at):
    until = None if it.until is None else house.day(it.until)
    house.leaves[it] = record_leave(house.people[it.person], since=house.day(it.first), until=until, by=house.hr, at=at)


def be_back(house, it: tuple[Leave, Back], at):
    told, back = it
    leave, until = house.leaves[told], house.day(back.until)
    if leave.until is None:
        end_leave(leave, until=until, by=house.hr, at=at)
    else:
        house.leaves[told] = correct_leave(leave, since=leave.since, until=until, by=house.hr, at=at)


def set_aside(house, it: Waiver, at):
    house.waivers[it] = waive(
        house.people[it.person],
        house.competences[it.competence],
        since=timezone.localdate(at),
        until=house.day(it.until),
        reason=it.reason,
        by=house.people[it.by],
        at=at,
    )


def ask_again(house, it: tuple[Waiver, Back], at):
    told, back = it
    until, by = house.day(back.until), house.people[told.by]
    house.waivers[told] = end_waiver(house.waivers[told], until=until, reason=back.reason, by=by, at=at)
