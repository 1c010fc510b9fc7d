"""The passages of a brief that questions test, through its editions. Pure."""

from collections.abc import Iterator

from courses.kinds import Content
from knowledge.passages import normal, sections_of
from sample.pages import Page
from sample.questions import Question

# How long an author takes to look at a question whose passage an edition changed.
DAYS_TO_CONFIRM = 14


def passage_in(page: Page, number: int, heading: str) -> str | None:
    """Under that heading, as it stood in that edition; None where it was not there."""
    sections = sections_of(page.text_of(number))
    return next((normal(text) for path, text in sections if path[-1:] == (heading,)), None)


def edition_on(page: Page, day: int) -> int:
    """How many editions it had, with that of the day."""
    return sum(edition.day <= day for edition in page.editions)


def wordings_of(question: Question, opened: int) -> list[tuple[int, Content]]:
    """What is asked, from which day on."""
    now = (question.day or opened, question.says)
    return [(opened, question.earlier), now] if question.earlier else [now]


def askings(question: Question, opened: int, page: Page) -> Iterator[tuple[int, Content]]:
    """On which days it is written, and what: anew, or again as it stands, once an edition has changed its passage."""
    wordings = wordings_of(question, opened)
    yield from wordings
    for number, edition in enumerate(page.editions[1:], start=2):
        day = edition.day + DAYS_TO_CONFIRM
        standing = [says for since, says in wordings if since < edition.day]
        is_rewritten = any(edition.day <= since <= day for since, _ in wordings)
        if standing and not is_rewritten and day < 0 and _changed(page, number, question.passage):
            yield day, standing[-1]


def _changed(page: Page, number: int, heading: str) -> bool:
    return passage_in(page, number, heading) != passage_in(page, number - 1, heading)
