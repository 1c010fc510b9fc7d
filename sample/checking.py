"""Whether the sample's files agree with each other. Pure: what is wrong with them, a sentence each."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sample import checking_competence, checking_courses
from sample.fields import Unfitting
from sample.naming import missing
from sample.organisation import Organisation
from sample.pages import Page, Proposal

LINK = re.compile(r"\]\(/(?P<kind>[a-z]+)/(?P<key>[^/)]+)/\)")


def problems(organisation: Organisation) -> list[str]:
    checks: list[Callable[[Organisation], Iterator[str]]] = [
        _people,
        _pages,
        _history,
        _keeping,
        *checking_courses.CHECKS,
        *checking_competence.CHECKS,
    ]
    return [problem for check in checks for problem in check(organisation)]


def _people(sample: Organisation) -> Iterator[str]:
    for department in sample.departments.values():
        yield from missing(department.name, "department", [department.under], sample.departments)
    for person in sample.people.values():
        yield from missing(person.username, "department", [person.department], sample.departments)
        yield from missing(person.username, "role", person.roles, sample.roles)
        yield from missing(person.username, "person", [person.reports_to], sample.people)


def _pages(sample: Organisation) -> Iterator[str]:
    for page in sample.pages.values():
        where = f"{page.kind}/{page.key}"
        yield from _linked_processes(sample, page, where)
        yield from _linked_records(sample, page, where)
        yield from _people_of(sample, page, where)
        yield from _changes(page, where)
        yield from _fields(page, where)
        for link in LINK.finditer(page.body):
            known = [it.key for it in sample.pages_of(link["kind"])]
            yield from missing(where, "page", [link["key"]], known)


def _fields(page: Page, where: str) -> Iterator[str]:
    """Whether each edition's text can be taken by the fields of its kind."""
    for number in range(1, len(page.editions) + 1):
        try:
            fields = page.fields_of(number)
        except Unfitting as problem:
            yield f"{where}, edition {number}: {problem}."
            return
    chosen = sum(option["is_chosen"] for option in fields.rows.get("options", []))
    if page.kind == "decisions" and chosen != (page.status != "proposed"):
        yield f"{where} is {page.status} and chooses {chosen} of its options."


def _linked_records(sample: Organisation, page: Page, where: str) -> Iterator[str]:
    """What a page names besides its processes: it must be there on the day of its first edition."""
    decisions = {it.key: it for it in sample.pages_of("decisions")}
    lessons = {it.key: it for it in sample.pages_of("lessons")}
    yield from missing(where, "page", page.supersedes, decisions)
    named = [mark.lesson for mark in page.lessons]
    yield from missing(where, "lesson", [*named, page.recurrence_of], lessons)
    for key in (*named, page.recurrence_of, *page.supersedes):
        if key in sample.pages and sample.pages[key].editions[0].day >= page.editions[0].day:
            yield f"{where} is published before {key!r}, which it names."
    for step in page.steps:
        yield from missing(where, "person", [step.by], sample.people)
        yield from missing(where, "page", [step.through], sample.pages)


def _linked_processes(sample: Organisation, page: Page, where: str) -> Iterator[str]:
    processes = {it.key: it for it in sample.pages_of("processes")}
    yield from missing(where, "process", [*page.processes, page.part_of, *page.feeds], processes)
    for key in page.feeds:
        if key in processes and processes[key].editions[0].day > page.editions[-1].day:
            yield f"{where} feeds {key!r}, which is founded after its last edition."
    for key in (*page.processes, page.part_of):
        if key in processes and processes[key].editions[0].day > page.editions[0].day:
            yield f"{where} is published before the process {key!r} that it belongs to."


def _people_of(sample: Organisation, page: Page, where: str) -> Iterator[str]:
    """Who answers for a page must work here from its first edition to this day."""
    named = [page.owner, *page.deputies, *page.experts, page.action_owner]
    yield from missing(where, "person", [*named, *(edition.author for edition in page.editions)], sample.people)
    history = sample.history
    given = {it.giver for it in history.handing_over if it.page == page.key}
    for username in filter(None, named):
        if username in history.gone() and username not in given and page.key not in history.left_unowned:
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


def _history(sample: Organisation) -> Iterator[str]:
    history, where = sample.history, "history.yaml"
    people = [
        it.person
        for told in (history.moves, history.leaving, history.readings, history.putting_off, history.failing)
        for it in told
    ]
    yield from missing(where, "person", [*history.approvers, *people], sample.people)
    courses = [it.course for it in (*history.putting_off, *history.failing)]
    yield from missing(where, "course", courses, sample.courses)
    yield from missing(where, "page", [it.page for it in history.readings], sample.pages)
    for move in history.moves:
        yield from missing(where, "role", [move.ends, move.takes], sample.roles)
        yield from missing(where, "department", [move.department], sample.departments)
        yield from missing(where, "person", [move.reports_to], sample.people)
    asked = {(it.kind, it.ground, it.competence) for it in sample.requirements}
    for stricter in history.stricter:
        if ("role", stricter.role, stricter.competence) not in asked:
            yield f"{where} tightens a requirement that competences.yaml does not have: {stricter}."


def _keeping(sample: Organisation) -> Iterator[str]:
    history, where = sample.history, "history.yaml"
    told: list[Any] = [*history.looks, *history.handing_over, *history.proposals]
    pages = [*history.not_looked_at, *history.left_unowned, *(it.page for it in told)]
    yield from missing(where, "page", pages, sample.pages)
    for handing in history.handing_over:
        yield from missing(where, "person", [handing.giver, handing.taker], sample.people)
    for proposal in history.proposals:
        yield from _proposal(sample, proposal)
    people = [it.by for it in told] + [username for it in history.reports for username in (it.by, it.facilitator)]
    yield from missing(where, "person", people, sample.people)
    processes = [it.process for it in history.proposals] + [it.process for it in history.reports]
    yield from missing(where, "process", processes, {it.key for it in sample.pages_of("processes")})


def _proposal(sample: Organisation, proposal: Proposal) -> Iterator[str]:
    """It changes what stood in the page on its day, and what was taken up stands in the page now."""
    if proposal.page not in sample.pages:
        return
    page = sample.pages[proposal.page]
    read = sum(edition.day < proposal.day for edition in page.editions)
    if page.text_of(read).count(proposal.before) != 1:
        yield f"history.yaml proposes to change {proposal.before!r}, which {page.key!r} did not say once on that day."
    if proposal.answer and proposal.answer.outcome == "taken" and proposal.now not in page.body:
        yield f"history.yaml takes up {proposal.now!r}, which {page.key!r} does not say."
