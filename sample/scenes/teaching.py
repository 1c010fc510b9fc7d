"""Competences are defined and asked for; courses are opened and their questions written."""

from datetime import timedelta

from django.utils import timezone

from competence.actions import define_competence, end_requirement, require, take_part
from competence.models import Requirement as StandingRequirement
from courses.actions import add_course, write_question
from courses.kinds import NOTHING, WHOLE, Content, MultipleChoice, Option, SingleChoice
from sample.organisation import Competence, Course, Participation, Question, Requirement, Stricter, Wording


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
    house.courses[course.key] = add_course(
        title=course.title,
        teaches=house.competences[course.teaches],
        summary=course.summary,
        introduction=course.introduction,
        readings=[house.pages[key] for key in course.readings],
        pass_percent=course.pass_percent,
        by=house.people[course.author],
        at=at,
    )


def ask(house, it: tuple[Course, Question, Wording], at):
    course, question, wording = it
    key = course.key, question.wording.ask
    version = write_question(
        _content(wording),
        course=house.courses[course.key],
        question=house.questions.get(key),
        tests=house.pages[question.tests],
        by=house.people[course.author],
        at=at,
    )
    house.questions[key] = version.question


def _content(wording: Wording) -> Content:
    options = tuple(Option(one.text, WHOLE if one.is_right else NOTHING, one.feedback) for one in wording.options)
    if wording.kind == SingleChoice.kind:
        return SingleChoice(stem=wording.ask, explanation=wording.because, options=options)
    return MultipleChoice(stem=wording.ask, explanation=wording.because, options=options, is_whole=True)


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
