from datetime import datetime, timedelta

from courses.actions import save_answers, start_attempt, submit_attempt
from courses.kinds import Form, Response
from courses.models import Attempt, AttemptQuestion
from courses.responses import Posted
from sample.habits import draw
from sample.house import House, Study

ANSWERING = timedelta(seconds=45)


def take_course(house: House, study: Study, *, fails: bool, at: datetime) -> Attempt:
    """Someone reads what they have not yet read, then answers every question: all but a few rightly, or too few."""
    username, key = study
    by, course = house.people[username], house.sample.courses[key]
    for page in course.readings:
        at = house.read(username, page, at)
    attempt = start_attempt(house.courses[key], by=by, at=at)
    asked = list(attempt.asked.select_related("version"))
    wrong = _wrongly_answered(asked, course.pass_percent, fails, f"{username} {key} {house.attempts[study]}")
    for question in asked:
        at += ANSWERING
        response = _answer(question, is_wrong=question in wrong)
        save_answers(attempt, [Posted(question, response)], by=by, at=at)
    return submit_attempt(attempt, by=by, at=at + ANSWERING)


def _wrongly_answered(asked, pass_percent, fails, chance) -> list[AttemptQuestion]:
    allowed = len(asked) * (100 - pass_percent) // 100
    count = allowed + draw(1, 2, chance, "too many") if fails else draw(0, allowed, chance, "few")
    first = draw(0, len(asked) - 1, chance, "first")
    return [asked[(first + number) % len(asked)] for number in range(count)]


def _answer(question: AttemptQuestion, *, is_wrong: bool) -> Response:
    """Wrong is, of a single choice, one of the wrong options; of a multiple choice, one of them too many."""
    right = question.version.says.right()
    if not is_wrong:
        return right
    sheet = question.version.shows
    wrong = next(place for place in range(len(sheet.options)) if place not in right["chosen"])
    return {"chosen": [wrong] if sheet.form is Form.ONE else sorted([*right["chosen"], wrong])}
