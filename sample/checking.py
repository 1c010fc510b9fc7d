"""Whether the sample's files agree with each other. Pure: what is wrong with them, a sentence each."""

import re
from collections.abc import Callable, Iterable, Iterator

from sample.organisation import Course, Organisation, Page, Question

LINK = re.compile(r"\]\(/(?P<kind>[a-z]+)/(?P<key>[^/)]+)/\)")


def problems(organisation: Organisation) -> list[str]:
    checks: list[Callable[[Organisation], Iterator[str]]] = [_people, _pages, _courses, _requirements, _history]
    return [problem for check in checks for problem in check(organisation)]


def _missing(where: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name and name not in known:
            yield f"{where} names the {what} {name!r}, which no file has."


def _people(sample: Organisation) -> Iterator[str]:
    for person in sample.people.values():
        yield from _missing(person.username, "department", [person.department], sample.departments)
        yield from _missing(person.username, "role", person.roles, sample.roles)
        yield from _missing(person.username, "person", [person.reports_to], sample.people)


def _pages(sample: Organisation) -> Iterator[str]:
    for page in sample.pages.values():
        where = f"{page.kind}/{page.key}"
        yield from _missing(where, "page", page.supersedes, {it.key for it in sample.pages_of("decisions")})
        yield from _linked_processes(sample, page, where)
        yield from _people_of(sample, page, where)
        yield from _changes(page, where)
        for link in LINK.finditer(page.body):
            known = [it.key for it in sample.pages_of(link["kind"])]
            yield from _missing(where, "page", [link["key"]], known)


def _linked_processes(sample: Organisation, page: Page, where: str) -> Iterator[str]:
    processes = {it.key: it for it in sample.pages_of("processes")}
    yield from _missing(where, "process", page.processes, processes)
    for key in page.processes:
        if key in processes and processes[key].editions[0].day > page.editions[0].day:
            yield f"{where} is published before the process {key!r} that it belongs to."


def _people_of(sample: Organisation, page: Page, where: str) -> Iterator[str]:
    """Who answers for a page must work here from its first edition to this day."""
    named = [page.owner, *page.experts]
    yield from _missing(where, "person", [*named, *(edition.author for edition in page.editions)], sample.people)
    gone = {leaving.person for leaving in sample.history.leaving}
    for username in named:
        if username in gone:
            yield f"{where} names {username}, who has left."
        elif username in sample.people and sample.people[username].joined > page.editions[0].day:
            yield f"{where} names {username}, who joined after its first edition."


def _changes(page: Page, where: str) -> Iterator[str]:
    days = [edition.day for edition in page.editions]
    if days != sorted(set(days)):
        yield f"The editions of {where} are not in the order of their days."
    for number, edition in enumerate(page.editions, start=1):
        for change in edition.changes:
            count = page.text_of(number).count(change.now)
            if count != 1:
                yield f"{where}, edition {number}: {change.now!r} stands {count} times in its text, not once."
    texts = [page.text_of(number) for number in range(1, len(page.editions) + 1)]
    for number, edition in enumerate(page.editions[1:], start=2):
        if texts[number - 1] == texts[number - 2] and edition.status == page.editions[number - 2].status:
            yield f"{where}, edition {number} changes nothing."


def _courses(sample: Organisation) -> Iterator[str]:
    briefs = {page.key: page for page in sample.pages_of("briefs")}
    for course in sample.courses.values():
        where = f"courses/{course.key}"
        yield from _missing(where, "competence", [course.teaches], sample.competences)
        yield from _missing(where, "brief", course.readings, briefs)
        yield from _missing(where, "person", [course.author], sample.people)
        for question in course.questions:
            yield from _question(course, question, briefs)


def _question(course: Course, question: Question, briefs: dict[str, Page]) -> Iterator[str]:
    where = f"courses/{course.key}, {question.wording.ask[:40]!r}"
    if question.tests not in course.readings:
        yield f"{where} tests {question.tests!r}, which the course does not ask to read."
    elif f"## {question.passage}\n" not in briefs[question.tests].body:
        yield f"{where} tests a passage {question.passage!r} that {question.tests!r} does not have."
    elif question.day is not None and question.day not in {it.day for it in briefs[question.tests].editions}:
        yield f"{where} is of day {question.day}, on which no edition of {question.tests!r} was published."
    for wording in filter(None, [question.wording, question.earlier]):
        right = sum(option.is_right for option in wording.options)
        if right in (0, len(wording.options)) or (wording.kind == "single" and right != 1):
            yield f"{where} has {right} right options of {len(wording.options)}."


def _requirements(sample: Organisation) -> Iterator[str]:
    taught = {course.teaches for course in sample.courses.values()}
    for requirement in sample.requirements:
        yield from _missing("competences.yaml", "role", [requirement.role], sample.roles)
        yield from _missing("competences.yaml", "competence", [requirement.competence], taught)


def _history(sample: Organisation) -> Iterator[str]:
    history, where = sample.history, "history.yaml"
    people = [
        it.person
        for told in (history.moves, history.leaving, history.readings, history.putting_off, history.failing)
        for it in told
    ]
    yield from _missing(where, "person", [*history.approvers, *people], sample.people)
    courses = [it.course for it in (*history.putting_off, *history.failing)]
    yield from _missing(where, "course", courses, sample.courses)
    yield from _missing(where, "page", [it.page for it in history.readings], sample.pages)
    for move in history.moves:
        yield from _missing(where, "role", [move.ends, move.takes], sample.roles)
        yield from _missing(where, "department", [move.department], sample.departments)
        yield from _missing(where, "person", [move.reports_to], sample.people)
    asked = {(it.role, it.competence) for it in sample.requirements}
    for stricter in history.stricter:
        if (stricter.role, stricter.competence) not in asked:
            yield f"{where} tightens a requirement that competences.yaml does not have: {stricter}."
