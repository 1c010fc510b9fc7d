"""Whether what the sample's files say of competence, and of exceptions from it, agrees. Pure: a sentence each."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

from competence.renewal import WITH_PERIOD, Mode
from sample.absences import Leave, Waiver
from sample.naming import missing
from sample.organisation import Organisation, Requirement

HISTORY, COMPETENCES = "history.yaml", "competences.yaml"
SHOWN = ("", "acknowledged", "practice")


def _competences(sample: Organisation) -> Iterator[str]:
    for it in sample.competences.values():
        where = f"{COMPETENCES}, {it.key}"
        yield from missing(where, "person", it.shown_to, sample.people)
        if it.shown not in SHOWN or (it.shown == "practice") != (len(it.shown_to) > 1):
            yield f"{where} is shown by {it.shown!r} to {len(it.shown_to)}: practice needs two who see it."
        if (it.shown == "acknowledged") != (it.kind == "awareness"):
            yield f"{where} is {it.kind} and shown by {it.shown!r}: awareness is acknowledged, and nothing else is."
        yield from _mode(where, it.mode or "none", it.validity_months, it.month and it.day)


def _mode(where: str, mode: str, months: int | None, day: int | None) -> Iterator[str]:
    if mode not in list(Mode):
        yield f"{where} holds by '{mode}', which is none of {', '.join(Mode)}."
    elif mode in WITH_PERIOD and not months:
        yield f"{where} holds by '{mode}' and does not say for how many months."
    elif mode == Mode.CALENDAR and not day:
        yield f"{where} holds to a day of the year, and does not say to which."


def _requirements(sample: Organisation) -> Iterator[str]:
    grounds = {"role": sample.roles, "department": sample.departments, "process": _processes(sample)}
    taught = {course.teaches for course in sample.courses.values()}
    for it in sample.requirements:
        where = f"{COMPETENCES}, {it.kind} {it.ground}"
        if it.kind not in grounds:
            yield f"{where} asks for something: it must be a role, a department or a process."
            continue
        yield from missing(COMPETENCES, it.kind, [it.ground], grounds[it.kind])
        yield from missing(where, "competence", [it.competence], sample.competences)
        if it.day is None and it.competence not in taught:
            yield f"{where} does not say from which day it asks for {it.competence!r}, which no course teaches."
        yield from _early(sample, it, where)
    for one in sample.participations:
        yield from missing(COMPETENCES, "role", [one.role], sample.roles)
        yield from missing(COMPETENCES, "process", [one.process], _processes(sample))


def _early(sample: Organisation, it: Requirement, where: str) -> Iterator[str]:
    founded = sample.competences_day
    if it.kind == "process" and it.ground in sample.pages:
        founded = max(founded, sample.pages[it.ground].editions[0].day)
    if it.day is not None and it.day < founded:
        yield f"{where} asks for {it.competence!r} on day {it.day}, before that is there."


def _processes(sample: Organisation) -> Mapping[str, Any]:
    return {it.key: it for it in sample.pages_of("processes")}


def _named(sample: Organisation) -> Iterator[str]:
    history = sample.history
    told: list[Any] = [*history.waivers, *history.certificates, *history.experience, *history.not_shown]
    rules: list[Any] = [*history.equivalents, *history.validities]
    people = [it.person for it in (*told, *history.leaves)]
    deciding = [it.by for it in (*history.waivers, *history.certificates, *history.experience, *rules)]
    yield from missing(HISTORY, "person", [*people, *deciding], sample.people)
    competences = [it.competence for it in (*told, *history.validities)]
    equivalent = [key for it in history.equivalents for key in (it.proven, it.counts_as)]
    yield from missing(HISTORY, "competence", [*competences, *equivalent], sample.competences)
    exceptions: list[Any] = [*history.waivers, *history.experience]
    for it in exceptions:
        if it.by == it.person:
            yield f"{HISTORY} lets {it.by} decide on {it.competence!r} for themselves."


def _validities(sample: Organisation) -> Iterator[str]:
    for it in sample.history.validities:
        rule = it.rule
        yield from _mode(
            f"{HISTORY}, {it.competence} from day {it.day}", rule.mode, rule.months, rule.month and rule.day
        )


def _certificates(sample: Organisation) -> Iterator[str]:
    for it in sample.history.certificates:
        where = f"{HISTORY}, certificate {it.reference}"
        if it.first > it.day:
            yield f"{where} was given on day {it.first}, after it was written down."
        if it.until is not None and it.until < it.first:
            yield f"{where} ends on day {it.until}, before it was given."
        competence = sample.competences.get(it.competence)
        if competence and competence.kind == "awareness":
            yield f"{where} is of {it.competence!r}, which is acknowledged and not certified."


def _exceptions(sample: Organisation) -> Iterator[str]:
    for leave in sample.history.leaves:
        if leave.person in sample.people and leave.first < sample.people[leave.person].joined:
            yield f"{HISTORY} has {leave.person} on leave from day {leave.first}, before they joined."
        yield from _span(leave, f"{HISTORY}, leave of {leave.person}", leave.first)
    for waiver in sample.history.waivers:
        yield from _span(waiver, f"{HISTORY}, waiver for {waiver.person}", waiver.day)
        if waiver.ended and waiver.ended.until >= waiver.until:
            yield f"{HISTORY}, waiver for {waiver.person} ends on day {waiver.ended.until}, no sooner than it said."
    for one, other in combinations(sample.history.leaves, 2):
        if one.person == other.person and (one.holds(other.first) or other.holds(one.first)):
            yield f"{HISTORY} has {one.person} on leave twice on day {max(one.first, other.first)}."


def _span(it: Leave | Waiver, where: str, first: int) -> Iterator[str]:
    last = it.ended.until if it.ended else it.until
    if last is not None and last < first:
        yield f"{where} ends on day {last}, before it begins."
    if it.ended and not it.day < it.ended.day < 0:
        yield f"{where} was ended on day {it.ended.day}, which is not between day {it.day} and this one."


def _presence(sample: Organisation) -> Iterator[str]:
    """Nobody acts here before they joined, or while they are away."""
    for day, username in _acts(sample):
        if username in sample.people and day < sample.people[username].joined:
            yield f"{HISTORY} has {username} do something here on day {day}, before they joined."
        if any(leave.person == username and leave.holds(day) for leave in sample.history.leaves):
            yield f"{HISTORY} has {username} on leave on day {day}, on which they do something here."


def _acts(sample: Organisation) -> Iterator[tuple[int, str]]:
    history = sample.history
    doing: tuple[Any, ...] = (*history.looks, *history.proposals, *history.reports, *history.handing_over)
    deciding: tuple[Any, ...] = (*history.waivers, *history.certificates, *history.experience)
    yield from ((it.day, it.by) for it in (*doing, *deciding, *history.equivalents, *history.validities))
    moving: tuple[Any, ...] = (*history.readings, *history.moves, *history.not_shown, *history.certificates)
    yield from ((it.day, it.person) for it in (*moving, *history.experience))
    yield from ((it.answer.day, it.answer.by) for it in history.proposals if it.answer)
    for page in sample.pages.values():
        yield from ((edition.day, edition.author or page.owner) for edition in page.editions)
        yield from ((step.day, step.by) for step in page.steps)


CHECKS: tuple[Callable[[Organisation], Iterator[str]], ...] = (
    _competences,
    _requirements,
    _named,
    _validities,
    _certificates,
    _exceptions,
    _presence,
)
