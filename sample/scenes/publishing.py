"""Pages are written, published, changed and read."""

from datetime import timedelta

from django.utils import timezone

from knowledge.actions import draft_page, open_edition, publish
from knowledge.models import DecisionRecord, KnowledgeBrief, LessonLearned, Process, Why
from sample.habits import draw, one_in
from sample.organisation import Page, PageReading
from sample.timeline import PageEvent
from sample.working_days import AFTERNOON, moment, working_day

MODELS = {"processes": Process, "briefs": KnowledgeBrief, "decisions": DecisionRecord, "lessons": LessonLearned}
SECTIONS = {
    "what_happened": "What happened",
    "impact": "Impact",
    "root_cause": "Root cause",
    "correction": "Correction",
    "corrective_action": "Corrective action",
}


def publish_edition(house, event: PageEvent, at):
    page, written = event.page, event.page.editions[event.number - 1]
    author = written.author or page.owner
    if event.number == 1:
        house.pages[page.key] = _draft(house, page, author, at)
    model = house.pages[page.key]
    for name, value in _texts(page, event.number).items():
        setattr(model, name, value)
    edition = publish(
        model,
        by=house.people[house.sample.approver_of(page, author)],
        author=house.people[author],
        at=at,
        change_summary=written.summary,
        training_impact=written.impact,
        impact_reason=written.reason,
    )
    edition.page = model
    house.editions[page.key] = edition
    before, house.readers[page.key] = house.readers[page.key], set()
    if written.impact != "none":
        _tell_readers(house, page, edition, before, at)


def _draft(house, page: Page, author, at):
    return draft_page(
        MODELS[page.kind],
        title=page.title,
        slug=page.key,
        by=house.people[author],
        at=at,
        accountable=house.people[page.owner],
        experts=[house.people[username] for username in page.experts],
        processes=[house.pages[key] for key in page.processes],
        tags=page.tags,
        **_texts(page, 1),
        **_about(house, page),
    )


def _texts(page: Page, number: int) -> dict[str, str]:
    if page.kind == "lessons":
        sections = page.sections_of(number)
        return {name: sections[heading] for name, heading in SECTIONS.items()}
    texts = {"body": page.text_of(number)}
    if page.kind == "decisions":
        texts["status"] = page.editions[number - 1].status or page.status
    return texts


def _about(house, page: Page):
    """What stays the same through a page's editions."""
    if page.kind == "processes":
        return {"purpose": page.purpose}
    if page.kind == "briefs":
        return {"summary": page.summary}
    if page.kind == "decisions":
        return {
            "decided_on": None if page.decided_day is None else house.day(page.decided_day),
            "decision_makers": page.decision_makers,
            "supersedes": [house.pages[key] for key in page.supersedes],
        }
    whys = [Why(text=text, sort_order=place) for place, text in enumerate(page.whys)]
    return {"happened_on": house.day(page.happened_day), "whys": whys}


def _tell_readers(house, page: Page, edition, before, at):
    """Its experts read it, and whoever acknowledged the edition before; some leave it unread."""
    habits, day = house.sample.history.habits, timezone.localdate(at)
    for username in sorted({*page.experts, *before}):
        if not one_in(habits.skips_one_in, "skips", username, page.key, edition.number):
            wait = draw(*habits.days_until_read, "reads", username, page.key, edition.number)
            house.to_read[working_day(0, day + timedelta(days=wait))].append((username, page.key))


def read_what_is_new(house, day):
    for place, (username, page) in enumerate(house.to_read.pop(day, [])):
        if house.works_here(username, day):
            house.read(username, page, moment(day, AFTERNOON + place))


def read_page(house, reading: PageReading, at):
    if reading.only_opened:
        open_edition(house.editions[reading.page], by=house.people[reading.person], at=at)
    else:
        house.read(reading.person, reading.page, at)
