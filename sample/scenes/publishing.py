"""Pages are written, published, changed and read."""

from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from knowledge.actions import draft_page, open_edition, publish
from knowledge.models import (
    ConsideredOption,
    DecisionRecord,
    KnowledgeBrief,
    LessonLearned,
    LessonMark,
    Process,
    ProcessMeasure,
    ProcessRisk,
    Why,
)
from sample.habits import draw, one_in
from sample.organisation import PageReading
from sample.pages import Page
from sample.scenes.keeping import will_look_again
from sample.timeline import PageEvent
from sample.working_days import AFTERNOON, moment, working_day

MODELS = {"processes": Process, "briefs": KnowledgeBrief, "decisions": DecisionRecord, "lessons": LessonLearned}
ROWS = {"options": ConsideredOption, "measures": ProcessMeasure, "risks": ProcessRisk}


def publish_edition(house, event: PageEvent, at):
    page, written = event.page, event.page.editions[event.number - 1]
    author = written.author or page.owner
    if event.number == 1:
        house.pages[page.key] = _draft(house, page, author, at)
    else:
        _rewrite(house, page, event.number)
    model = house.pages[page.key]
    edition = publish(
        model,
        by=house.people[house.sample.approver_of(page, author)],
        author=house.people[author],
        at=at,
        change_summary=written.summary,
        significance=written.significance,
        training_impact=written.impact,
        impact_reason=written.reason,
    )
    edition.page = model
    # Each reading of it will name them.
    prefetch_related_objects([model], "processes")
    house.editions[page.key] = edition
    before, house.readers[page.key] = house.readers[page.key], set()
    if written.impact != "none":
        _tell_readers(house, page, edition, before, at)
    will_look_again(house, page, timezone.localdate(at))


def _draft(house, page: Page, author, at):
    fields = page.fields_of(1)
    rows = {name: _rows(name, given) for name, given in fields.rows.items()}
    linked = {"deputies": [house.people[username] for username in page.deputies], **_linked(house, page)}
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
        review_months=page.review_months,
        **fields.texts,
        **_about(house, page),
        # Each that is set, even to nothing, is read back.
        **{name: value for name, value in (linked | rows).items() if value},
        **_status(page, 1),
    )


def _rewrite(house, page: Page, number: int):
    """What the edition changes, and no more: the rows of a page that stay need not be written again."""
    model, fields, before = house.pages[page.key], page.fields_of(number), page.fields_of(number - 1)
    for name, value in (fields.texts | _status(page, number)).items():
        setattr(model, name, value)
    for name, given in fields.rows.items():
        if given != before.rows[name]:
            setattr(model, name, _rows(name, given))
    if page.kind == "processes":
        model.feeds = _linked(house, page)["feeds"]


def _rows(name: str, given):
    return [ROWS[name](sort_order=place, **row) for place, row in enumerate(given)]


def _status(page: Page, number: int) -> dict[str, str]:
    return {"status": page.editions[number - 1].status or page.status} if page.kind == "decisions" else {}


def _linked(house, page: Page):
    """Other pages and what is said of them, as far as they are there yet: a process feeds one that is founded later."""
    if page.kind == "processes":
        return {"feeds": [house.pages[key] for key in page.feeds if key in house.pages]}
    if page.kind == "decisions":
        marks = [
            LessonMark(lesson=house.pages[it.lesson], mark=it.mark, because=it.because, sort_order=place)
            for place, it in enumerate(page.lessons)
        ]
        return {"supersedes": [house.pages[key] for key in page.supersedes], "lesson_marks": marks}
    if page.kind == "lessons":
        return {"whys": [Why(text=it.text, depth=it.depth or None, sort_order=at) for at, it in enumerate(page.whys)]}
    return {}


def _about(house, page: Page):
    """What stays the same through a page's editions."""
    if page.kind == "processes":
        return {"purpose": page.purpose, "part_of": house.pages.get(page.part_of)}
    if page.kind == "briefs":
        return {"summary": page.summary}
    if page.kind == "decisions":
        people = {name: "\n".join(getattr(page, name)) for name in ("decision_makers", "consulted", "informed")}
        return people | {"decided_on": _day(house, page.decided_day)}
    return {
        "is_positive": page.is_positive,
        "happened_on": _day(house, page.happened_day),
        "found_on": _day(house, page.found_day),
        "found_where": page.found_where,
        "action_owner": house.people.get(page.action_owner),
        "action_due": _day(house, page.action_due_day),
        "recurrence_of": house.pages.get(page.recurrence_of),
    }


def _day(house, offset):
    return None if offset is None else house.day(offset)


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
