"""Competences are defined and asked for; courses are opened and their questions written."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from competence.actions import define_competence, end_requirement, require, take_part
from competence.models import Requirement as StandingRequirement
from courses.actions import add_course, write_question
from courses.anchors import passages_in
from courses.models import Difficulty, Slot
from sample.answering import Asked
from sample.organisation import Competence, Participation, Requirement, Stricter
from sample.questions import Course, Question
from sample.timeline import AskEvent

QUIZ = ("minutes", "wait_hours", "attempts_allowed", "shuffles", "one_a_page", "reveals")


def define(house, competence: Competence, at):
    house.competences[competence.key] = define_competence(
        competence.name,
        description=competence.description,
        kind=competence.kind,
        mode=competence.mode or None,
        month=competence.month,
        day=competence.day,
        validity_months=competence.validity_months,
        renewal_window_days=competence.renewal_window_days,
        by=house.people[house.sample.competences_by],
        at=at,
    )


def open_course(house, course: Course, at):
    quiz = {name: getattr(course, name) for name in QUIZ}
    if course.draws:
        quiz["slots"] = [Slot(tag=it.tag, count=it.count, sort_order=place) for place, it in enumerate(course.draws)]
    house.courses[course.key] = add_course(
        title=course.title,
        teaches=house.competences[course.teaches],
        summary=course.summary,
        introduction=course.introduction,
        readings=[house.pages[key] for key in course.readings],
        pass_percent=course.pass_percent,
        assessor=house.people.get(course.assessor),
        by=house.people[course.author],
        at=at,
        **quiz,
    )


def ask(house, it: AskEvent, at):
    question = it.question
    key = it.course, question.says.stem
    version = write_question(
        it.says,
        course=house.courses.get(it.course),
        question=house.questions.get(key),
        tests=house.pages[question.tests],
        passage=_passage(house, question),
        tags=question.tags,
        by=house.people[it.author],
        at=at,
        **_filed(house, question),
    )
    house.questions[key] = version.question
    house.asked[version.pk] = Asked(question, it.says)


def _passage(house, question: Question) -> str:
    """The id of the passage, in the edition in force, that stands under the heading which the question names."""
    passages = passages_in(house.editions[question.tests]).values()
    return next(passage.id for passage in passages if passage.path[-1:] == (question.passage,))


def _filed(house, question: Question) -> dict[str, Any]:
    filed: dict[str, Any] = {}
    if question.competence:
        filed["competence"] = house.competences[question.competence]
    if question.difficulty:
        filed["difficulty"] = Difficulty[question.difficulty.upper()]
    return filed


def require_of(house, it: Requirement, at):
    grounds = {"role": house.roles, "department": house.departments, "process": house.pages}
    require(
        grounds[it.kind][it.ground],
        house.competences[it.competence],
        since=timezone.localdate(at),
        due_days=it.due_days,
        level=it.level,
        stage=it.stage,
        newcomers_only=it.newcomers_only,
        by=house.people[house.sample.competences_by],
        at=at,
    )


def participate(house, it: Participation, at):
    role, process, by = house.roles[it.role], house.pages[it.process], house.people[house.sample.competences_by]
    take_part(role, process, since=timezone.localdate(at), by=by, at=at)


def tighten(house, it: Stricter, at):
    role, competence, since = house.roles[it.role], house.competences[it.competence], timezone.localdate(at)
    by = house.people[it.by]
    standing = StandingRequirement.objects.on(since).get(role=role, competence=competence)
    end_requirement(standing, until=since - timedelta(days=1), reason=it.reason, by=by, at=at)
    require(role, competence, since=since, due_days=it.due_days, by=by, at=at)
