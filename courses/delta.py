"""What a quiz is to ask of someone who passed it on older texts: only about what changed. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from competence.obligations import Change, Standing
from courses.models import QuestionVersion
from knowledge.passages import Passage

# A page and the id of a passage in it.
Place = tuple[int, str]


def asking_again(standing: Standing | None, changes: Iterable[Change], on: date) -> set[int]:
    """The pages of which an edition asks for a test of who learned an older one, where nothing but an edition asks.

    Empty where the proof has ended by itself, or is to be renewed in any case: then the whole is asked.
    """
    if standing is None or standing.change is None:
        return set()
    proof = standing.proof
    if proof.until and on >= proof.until - timedelta(days=proof.window_days):
        return set()
    learned = numbers_of(proof.texts)
    return {
        change.page
        for change in changes
        if change.is_test and change.since <= on and change.number > learned.get(change.page, change.number)
    }


def numbers_of(texts: Iterable[tuple[int, int]]) -> dict[int, int]:
    """By page, the latest edition of it."""
    return dict(sorted(texts))


def changed_places(learned: Mapping[int, Iterable[Passage]], now: Mapping[int, Iterable[Passage]]) -> frozenset[Place]:
    """What reads otherwise now, or stands there for the first time."""
    was = {(page, passage.id): passage.sha256 for page, passages in learned.items() for passage in passages}
    return frozenset(
        (page, passage.id)
        for page, passages in now.items()
        for passage in passages
        if was.get((page, passage.id)) != passage.sha256
    )


def asks_about(version: QuestionVersion, places: Collection[Place]) -> bool:
    """What tests a page as a whole asks about none of its passages."""
    return version.tests_id is not None and (version.tests_id, version.passage) in places
