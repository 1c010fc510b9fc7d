from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.actions import reconcile
from jobs.models import Job
from people.models import Person
from sample.checking import problems
from sample.house import House
from sample.making import ContentRefused
from sample.reading import read_organisation
from sample.scenes import excepting, keeping, marking, publishing, showing, staff, studying, teaching
from sample.timeline import Event, timeline
from sample.working_days import moment, mornings, working_days

Scene = Callable[[House, Any, datetime], None]
Progress = Callable[[int, int], None]

SCENES: dict[str, Scene] = {
    "add_person": staff.add_member,
    "found_departments": staff.found_departments,
    "add_role": staff.add_job_role,
    "place_person": staff.place_person,
    "move": staff.move,
    "announce_leaving": staff.announce_leaving,
    "close_sign_in": staff.close_sign_in,
    "publish_process": publishing.publish_edition,
    "publish_page": publishing.publish_edition,
    "read_page": publishing.read_page,
    "step_lesson": keeping.step_lesson,
    "hand_over": keeping.hand_page_over,
    "look_at_page": keeping.look_at_page,
    "suggest": keeping.suggest,
    "answer": keeping.answer,
    "report": keeping.report,
    "define_competence": teaching.define,
    "open_course": teaching.open_course,
    "write_question": teaching.ask,
    "require": teaching.require_of,
    "take_part": teaching.participate,
    "tighten": teaching.tighten,
    "set_validity": showing.set_rule,
    "count_as": showing.make_equivalent,
    "record_certificate": showing.record_certificate,
    "accept_experience": showing.accept_experience,
    "record_leave": excepting.be_away,
    "end_leave": excepting.be_back,
    "waive": excepting.set_aside,
    "end_waiver": excepting.ask_again,
}
NIGHT = 6 * 60
# What was written to people in these two years reached them then, and no attempt was left open until its time was over.
DONE_THEN = (
    "courses.close_attempt",
    "knowledge.post_bulletin",
    "knowledge.suggestion_answered",
    "knowledge.lesson_reopened",
    "knowledge.lesson_entrusted",
)


@transaction.atomic
def load_sample(*, at: datetime, progress: Progress = lambda done, total: None) -> bool:
    """Live through two years of Brisk that end on the day before `at`, day by day, through the actions of the rooms.

    All of it or nothing. False: people work in this house already, so that nothing was done.
    """
    if Person.objects.filter(is_superuser=False).exists():
        return False
    organisation = read_organisation()
    if wrong := problems(organisation):
        raise ContentRefused("\n".join(wrong))
    house = House(organisation, today=timezone.localdate(at))
    events = _by_day(house)
    days = list(working_days(min(events), house.today - timedelta(days=1)))
    month = min(events).month
    for number, day in enumerate(days, start=1):
        if day.month != month:
            keeping.begin_month(house, day)
            month = day.month
        _live_through(house, day, events[day])
        progress(number, len(days))
    reconcile(None, by=None, at=at)
    Job.objects.filter(kind__in=DONE_THEN, claimed_at=None).update(claimed_at=at, finished_at=at)
    return True


def _by_day(house: House) -> defaultdict[date, list[Event]]:
    events = defaultdict(list)
    for event in timeline(house.sample):
        events[house.day(event.day)].append(event)
    return events


def _live_through(house: House, day: date, events: list[Event]) -> None:
    if day.weekday() == 0:
        reconcile(None, by=None, at=moment(day, NIGHT))
    for event, at in zip(events, mornings(day, len(events)), strict=True):
        SCENES[event.verb](house, event.about, at)
    publishing.read_what_is_new(house, day)
    keeping.look_again(house, day)
    marking.mark(house, day)
    studying.study(house, day)
    showing.show_what_is_asked(house, day)
