"""The passage that a question tests: a page, its edition in force, and a passage of that (knowledge/passages.py)."""

from dataclasses import dataclass
from typing import Self

from courses.models import QuestionVersion
from knowledge.freezing import thawed
from knowledge.models import Edition, KnowledgePage
from knowledge.passages import Passage, passages_of
from people.refusals import Refused


@dataclass(frozen=True)
class Anchor:
    """Without a page: tied to no text. Without a passage: to the page as a whole."""

    page: KnowledgePage | None = None
    edition: Edition | None = None
    passage: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, page: KnowledgePage | None, passage: str) -> Self:
        """In the edition in force."""
        if page is None:
            return cls()
        # Publishing locks it, too: an edition that comes at this moment finds the question, or is found by it.
        KnowledgePage.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=page.pk)
        edition = Edition.objects.current_for([page.pk]).get(page.pk)
        if not passage:
            return cls(page, edition)
        found = passages_in(edition).get(passage) if edition else None
        if found is None:
            raise Refused(f"The page “{page.title}” has no such passage any more. Choose one that it has.")
        return cls(page, edition, passage, found.sha256)

    def is_of(self, version: QuestionVersion) -> bool:
        return (self.page and self.page.pk, self.passage, self.sha256) == (
            version.tests_id,
            version.passage,
            version.passage_sha256,
        )


def passages_in(edition: Edition) -> dict[str, Passage]:
    """By their ids, in the order of the page."""
    return {passage.id: passage for passage in passages_of(thawed(edition))}
