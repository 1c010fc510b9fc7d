"""Assessors read what people wrote, and say how far it meets the rubric."""

from datetime import date

from courses.actions import mark_answer
from courses.kinds import FreeText
from courses.models import Attempt
from sample.house import House
from sample.scenes.studying import try_again
from sample.working_days import AFTERNOON, moment


def mark(house: House, day: date) -> None:
    waiting = [(study, attempt) for study, (meant, attempt) in house.to_mark.items() if meant <= day]
    for place, (study, attempt) in enumerate(waiting):
        assessor = house.sample.courses[study[1]].assessor
        if house.works_here(assessor, day):
            del house.to_mark[study]
            _mark(house, attempt, assessor, at=moment(day, AFTERNOON + 180 + place))
            attempt.refresh_from_db()
            if not attempt.passed:
                try_again(house, study, day)


def _mark(house: House, attempt: Attempt, assessor: str, *, at) -> None:
    for asked in attempt.asked.select_related("version").filter(version__kind=FreeText.kind):
        written = {it.text: it for it in house.asked[asked.version_id].question.written}
        found = written[asked.answer["text"]]
        mark_answer(asked, levels=found.levels, comment=found.comment, by=house.people[assessor], at=at)
