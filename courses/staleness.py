"""Which questions an edition puts in doubt. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from courses.models import QuestionVersion
from knowledge.passages import Passage


class Fate(StrEnum):
    """Of the passage that a question tests."""

    CHANGED = "changed"
    GONE = "gone"


def fate_of(version: QuestionVersion, passages: Mapping[str, Passage], *, asks_for_test: bool) -> Fate | None:
    """None where what it tests reads as it did. `passages` of the edition, by their ids. What tests a page as a whole
    is in doubt where the author says that the change is to be tested.
    """
    if not version.passage:
        return Fate.CHANGED if asks_for_test else None
    now = passages.get(version.passage)
    if now is None:
        return Fate.GONE
    return None if now.sha256 == version.passage_sha256 else Fate.CHANGED
