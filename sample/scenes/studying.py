"""People take the courses that the house asks them to take: in time, late, or at a second try."""

from dataclasses import dataclass
from datetime import date, timedelta

from courses.models import Assignment
from sample.habits import draw, one_in
from sample.house import House, Study
from sample.organisation import Deviation
from sample.scenes.taking_a_course import take_course
from sample.working_days import AFTERNOON, moment


@dataclass(frozen=True)
class Asked:
    """An open assignment, as its person sees it."""

    pk: int
    study: Study
    since: date
    due: date


def study(house: House, day: date) -> None:
    """One course a person and day, of those that they have in mind for it."""
    busy = set()
    for asked in _asked(house):
        username, _ = asked.study
        if username not in busy and house.works_here(username, day) and _takes_it(house, asked, day):
            busy.add(username)
            _take(house, asked, day)


def _asked(house: House) -> list[Asked]:
    keys = {course.pk: key for key, course in house.courses.items()}
    rows = Assignment.objects.filter(until=None).order_by("due", "pk")
    columns = rows.values_list("pk", "person__username", "course", "since", "due")
    return [Asked(pk, (username, keys[course]), since, due) for pk, username, course, since, due in columns]


def _takes_it(house: House, asked: Asked, day: date) -> bool:
    if asked.study in house.to_mark or _deviates(house, asked.study, day, house.sample.history.putting_off):
        return False
    return day >= (house.next_try.get(asked.study) or _first_try(house, asked))


def _first_try(house: House, asked: Asked) -> date:
    """Somewhere between being asked and being due; a few are late."""
    habits, chance = house.sample.history.habits, (*asked.study, house.attempts[asked.study])
    if one_in(habits.late_one_in, "late", *chance):
        return asked.due + timedelta(days=draw(*habits.days_late, "late by", *chance))
    return asked.since + timedelta(days=draw(1, (asked.due - asked.since).days - 3, "begins", *chance))


def _take(house: House, asked: Asked, day: date) -> None:
    it = asked.study
    house.attempts[it] += 1
    start = moment(day, AFTERNOON + draw(0, 120, "starts", *it, house.attempts[it]))
    attempt = take_course(house, it, fails=_fails(house, it, day), at=start)
    house.next_try.pop(it, None)
    if attempt.graded_at is None:
        wait = draw(*house.sample.history.habits.days_until_marked, "marks", *it, house.attempts[it])
        house.to_mark[it] = day + timedelta(days=wait), attempt
    elif not attempt.passed:
        try_again(house, it, day)


def try_again(house: House, it: Study, day: date) -> None:
    wait = draw(*house.sample.history.habits.days_until_next_try, "again", *it, house.attempts[it])
    house.next_try[it] = day + timedelta(days=wait)


def _fails(house: House, it: Study, day: date) -> bool:
    if _deviates(house, it, day, house.sample.history.failing) and it not in house.failed:
        house.failed.add(it)
        return True
    return one_in(house.sample.history.habits.fails_one_in, "fails", *it, house.attempts[it])


def _deviates(house: House, it: Study, day: date, deviations: tuple[Deviation, ...]) -> bool:
    return any((one.person, one.course) == it and house.day(one.day) <= day for one in deviations)
