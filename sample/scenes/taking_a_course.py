from datetime import datetime, timedelta
from random import Random

from courses.actions import save_answers, start_attempt, submit_attempt
from courses.kinds import Form
from courses.models import Attempt, AttemptQuestion
from courses.responses import Posted
from sample.answering import responses
from sample.habits import draw
from sample.house import House, Study
from sample.knowing import margin

SECONDS = (12, 60)
WRITING = 4


def take_course(house: House, study: Study, *, fails: bool, at: datetime) -> Attempt:
    """Someone reads what they have not yet read, answers what they are asked, and hands it in."""
    username, key = study
    by, course = house.people[username], house.sample.courses[key]
    for page in course.readings:
        at = house.read(username, page, at)
    chance = Random(f"{username} {key} {house.attempts[study]}")  # noqa: S311
    attempt = start_attempt(house.courses[key], chance=chance, by=by, at=at)
    posted = _answers(house, study, attempt, fails, chance)
    moments = [(at := at + _thinking(username, one.asked, chance)) for one in posted]
    if course.one_a_page:
        for one, moment in zip(posted, moments, strict=True):
            save_answers(attempt, [one], by=by, at=moment)
    else:
        save_answers(attempt, posted, by=by, at=at)
    return submit_attempt(attempt, by=by, at=at)


def _answers(house: House, study: Study, attempt: Attempt, fails: bool, chance: Random) -> list[Posted]:
    username, _ = study
    questions = list(attempt.asked.select_related("version"))
    asked = [house.asked[question.version_id] for question in questions]
    margins = [margin(username, one.question, house.attempts[study], chance, fails=fails) for one in asked]
    given = responses(asked, margins, pass_percent=attempt.pass_percent, fails=fails, chance=chance)
    return [Posted(question, answer) for question, answer in zip(questions, given, strict=True) if answer]


def _thinking(username: str, question: AttemptQuestion, chance: Random) -> timedelta:
    """Some are quick, some take their time; writing takes everyone longer."""
    seconds = chance.randint(*SECONDS) * draw(70, 140, "pace", username) // 100
    return timedelta(seconds=seconds * (WRITING if question.version.shows.form is Form.TEXT else 1))
