"""Which questions wait for someone to say whether they are still right, and what changed under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from courses.anchors import passages_in
from courses.models import Attempt, Course, QuestionVersion
from knowledge.comparing import ComparedPassage, Fate, Kind, Piece, compare, pieces_of
from knowledge.freezing import thawed
from knowledge.models import Edition, KnowledgePage
from knowledge.passages import Passage
from knowledge.permissions import visible_to
from people.permissions import is_administrator, is_process_owner, may_write


def to_look_at(person, *, everyones=False):
    """The stale questions that `person` may put right, in the order of their courses: those that they wrote or whose
    course is theirs, and `everyones` too; all of them to who answers for processes.

    None of what they are asked themselves at this moment.
    """
    if not may_write(person):
        return QuestionVersion.objects.none()
    courses = visible_to(Course.objects.all(), person)
    stale = (
        QuestionVersion.objects.ready()
        .filter(question__withdrawn_at=None, stale__isnull=False)
        .filter(tests__in=visible_to(KnowledgePage.objects.all(), person).values("pk"))
        .filter(Q(question__course=None) | Q(question__course__in=courses.values("pk")))
    )
    if not (everyones or is_administrator(person) or is_process_owner(person)):
        stale = stale.filter(Q(question__course__owner=person) | Q(written_by=person))
    for course in _sitting(person):
        stale = stale.exclude(question__course=course)
    return stale.select_related("question__course", "tests", "stale__edition").order_by(
        "question__course__title", "question__position", "question"
    )


def _sitting(person) -> set[int | None]:
    """The courses whose questions `person` has before them now; None is the bank."""
    opened = Attempt.objects.open().filter(person=person).values_list("course", "asked__version__question__course")
    return {course for both in opened for course in both}


@dataclass(frozen=True)
class Look:
    """What a stale question tests, as it was and as it is. `edition` is None where the page is in force no more."""

    edition: Edition | None
    was: Passage | None = None
    now: Passage | None = None
    # Where `now` is gone: the passage that reads as it did.
    moved: Passage | None = None
    before: Sequence[Piece] = ()
    after: Sequence[Piece] = ()
    # What it could test.
    passages: Sequence[Passage] = ()
    # Of a question on the whole page
    changed: Sequence[ComparedPassage] = ()


def look_at(version: QuestionVersion) -> Look:
    edition = Edition.objects.current_for([version.tests_id]).get(version.tests_id)
    if not version.passage or version.tests_edition is None:
        return Look(edition, changed=_changed(version.tests_edition, edition))
    was = passages_in(version.tests_edition).get(version.passage)
    passages = passages_in(edition) if edition else {}
    now = passages.get(version.passage)
    moved = None if now else next((one for one in passages.values() if one.sha256 == version.passage_sha256), None)
    pieces = pieces_of(*(one.text if one else "" for one in (was, now or moved)))
    return Look(
        edition,
        was,
        now,
        moved,
        before=[piece for piece in pieces if piece.fate is not Fate.INSERTED],
        after=[piece for piece in pieces if piece.fate is not Fate.DELETED],
        passages=[passage for passage in passages.values() if passage.text.strip()],
    )


def _changed(older: Edition | None, newer: Edition | None) -> list[ComparedPassage]:
    if older is None or newer is None:
        return []
    return [one for one in compare(thawed(older), thawed(newer)).passages if one.kind != Kind.UNCHANGED]
