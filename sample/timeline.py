"""What happened at Brisk, in order: the dated parts of the sample's files as one list of events. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from courses.kinds import Content
from sample.organisation import History, Organisation
from sample.pages import Page, Step
from sample.passages import askings
from sample.questions import Bank, Course, Question

# Of one day, what comes first: the order in which things need each other.
VERBS = (
    "add_person",
    "found_departments",
    "add_role",
    "place_person",
    "define_competence",
    "publish_process",
    "report",
    "suggest",
    "answer",
    "publish_page",
    "step_lesson",
    "open_course",
    "write_question",
    "set_validity",
    "count_as",
    "require",
    "take_part",
    "tighten",
    "move",
    "record_leave",
    "end_leave",
    "waive",
    "end_waiver",
    "record_certificate",
    "accept_experience",
    "announce_leaving",
    "hand_over",
    "close_sign_in",
    "look_at_page",
    "read_page",
)


@dataclass(frozen=True)
class PageEvent:
    """An edition of a page, counted from 1."""

    page: Page
    number: int


@dataclass(frozen=True)
class StepEvent:
    page: Page
    step: Step


@dataclass(frozen=True)
class AskEvent:
    """Of a course, or of the bank where `course` is empty."""

    question: Question
    says: Content
    author: str
    course: str = ""


@dataclass(frozen=True)
class Event:
    day: int
    verb: str
    about: Any


def timeline(organisation: Organisation) -> list[Event]:
    events = [*_house(organisation), *_knowledge(organisation), *_learning(organisation), *_history(organisation)]
    return sorted(events, key=lambda event: (event.day, VERBS.index(event.verb)))


def _house(sample: Organisation) -> Iterator[Event]:
    opening = sample.history.opening
    yield Event(opening, "found_departments", sample.departments)
    for role in sample.roles.values():
        yield Event(opening, "add_role", role)
    for person in sample.people.values():
        day = max(person.joined, opening)
        yield Event(day, "add_person", person)
        yield Event(day, "place_person", person)
    for competence in sample.competences.values():
        yield Event(sample.competences_day, "define_competence", competence)


def _knowledge(sample: Organisation) -> Iterator[Event]:
    for page in sample.pages.values():
        verb = "publish_process" if page.kind == "processes" else "publish_page"
        for number, edition in enumerate(page.editions, start=1):
            yield Event(edition.day, verb, PageEvent(page, number))
        for step in page.steps:
            yield Event(step.day, "step_lesson", StepEvent(page, step))


def _learning(sample: Organisation) -> Iterator[Event]:
    for course in sample.courses.values():
        yield Event(course.day, "open_course", course)
        for day, asking in _askings(sample, course, course.key):
            yield Event(day, "write_question", asking)
    for day, asking in _askings(sample, sample.bank, ""):
        yield Event(day, "write_question", asking)
    for requirement in sample.requirements:
        yield Event(sample.asked_from(requirement), "require", requirement)
    for participation in sample.participations:
        yield Event(participation.day, "take_part", participation)


def _askings(sample: Organisation, asking: Course | Bank, course: str) -> Iterator[tuple[int, AskEvent]]:
    for question in asking.questions:
        for day, says in askings(question, asking.day, sample.pages[question.tests]):
            yield day, AskEvent(question, says, asking.author, course)


def _history(sample: Organisation) -> Iterator[Event]:
    history = sample.history
    for move in history.moves:
        yield Event(move.day, "move", move)
    for leaving in history.leaving:
        yield Event(leaving.day, "announce_leaving", leaving)
        # Three days on is a later working day, whatever day of the week the last one was.
        if leaving.last_day + 3 < 0:
            yield Event(leaving.last_day + 3, "close_sign_in", leaving)
    for stricter in history.stricter:
        yield Event(stricter.day, "tighten", stricter)
    for reading in history.readings:
        yield Event(reading.day, "read_page", reading)
    yield from _keeping(history)
    yield from _showing(history)
    yield from _exceptions(history)


def _keeping(history: History) -> Iterator[Event]:
    for handing in history.handing_over:
        yield Event(handing.day, "hand_over", handing)
    for look in history.looks:
        yield Event(look.day, "look_at_page", look)
    for proposal in history.proposals:
        yield Event(proposal.day, "suggest", proposal)
        if proposal.answer:
            yield Event(proposal.answer.day, "answer", (proposal, proposal.answer))
    for report in history.reports:
        yield Event(report.day, "report", report)


def _showing(history: History) -> Iterator[Event]:
    for certificate in history.certificates:
        yield Event(certificate.day, "record_certificate", certificate)
    for experience in history.experience:
        yield Event(experience.day, "accept_experience", experience)
    for equivalent in history.equivalents:
        yield Event(equivalent.day, "count_as", equivalent)
    for validity in history.validities:
        yield Event(validity.day, "set_validity", validity)


def _exceptions(history: History) -> Iterator[Event]:
    for leave in history.leaves:
        yield Event(leave.day, "record_leave", leave)
        if leave.ended:
            yield Event(leave.ended.day, "end_leave", (leave, leave.ended))
    for waiver in history.waivers:
        yield Event(waiver.day, "waive", waiver)
        if waiver.ended:
            yield Event(waiver.ended.day, "end_waiver", (waiver, waiver.ended))
