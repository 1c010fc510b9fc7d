"""What puts a page of knowledge at risk (ISO 9001 7.1.6). Pure: dates in, findings out.

- An expert leaves who has a last day, in the past or to come, or whose sign-in is closed.
- A page hangs on a single expert where no more than one of those named works here on the day.
- Its review is overdue on the day after it was due, whoever answers for it.
- It is untested where no question that is asked today tests it.
- It is unread where nobody but its author has acknowledged it 30 days after it last asked to be read.
- What was searched for and not found belongs to each process that has a word of it in its title or in the tags of its
  pages, and else to the house.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

TIME_TO_READ = timedelta(days=30)
WORD = re.compile(r"\w{3,}")
SAY_LITTLE = frozenset(
    [
        "and",
        "are",
        "but",
        "can",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "not",
        "our",
        "that",
        "the",
        "this",
        "was",
        "what",
        "when",
        "where",
        "who",
        "why",
        "with",
    ]
)
# Where one can act.
AT_PAGE = "knowledge:page"
EDIT = "wagtailadmin_pages:edit"
HAND_OVER = "knowledge:hand-over-of"


class Kind(StrEnum):
    """What there is to find, the weightiest first."""

    LEAVING = "leaving"
    SINGLE = "single"
    OVERDUE = "overdue"
    UNTESTED = "untested"
    UNREAD = "unread"

    @property
    def heading(self) -> str:
        return HEADINGS[self]


HEADINGS = {
    Kind.LEAVING: "Expert leaving",
    Kind.SINGLE: "Single expert",
    Kind.OVERDUE: "Overdue review",
    Kind.UNTESTED: "Untested",
    Kind.UNREAD: "Unread",
}


@dataclass(frozen=True)
class Act:
    """What one can do about it: in words, and a URL name with the key that it asks for."""

    words: str
    to: str
    pk: int


@dataclass(frozen=True)
class Expert:
    pk: int
    name: str
    last_day: date | None = None
    is_active: bool = True

    @property
    def leaves(self) -> bool:
        return self.last_day is not None or not self.is_active

    def works_here(self, on: date) -> bool:
        return self.last_day >= on if self.last_day else self.is_active


@dataclass(frozen=True)
class Known:
    """What is known of a page on the day. `untested`: what one can do, and None where a question tests it."""

    pk: int
    review_due: date
    asked_to_be_read: date
    is_acknowledged: bool
    experts: Sequence[Expert] = ()
    untested: Act | None = None


@dataclass(frozen=True)
class Finding:
    """`words` name nobody, so that they can be kept; `who` is for today's reader."""

    kind: Kind
    words: str
    act: Act
    who: str = ""


@dataclass(frozen=True)
class Search:
    """What was searched for and not found, how often and when last."""

    text: str
    times: int
    last: date


def findings(page: Known, *, on: date) -> list[Finding]:
    found = [*_leaving(page, on), _single(page, on), _overdue(page, on), _untested(page), _unread(page, on)]
    return [finding for finding in found if finding]


def _leaving(page, on):
    """Where another expert stays, there is nothing to hand over."""
    another_stays = not all(expert.leaves for expert in page.experts)
    for expert in page.experts:
        if expert.leaves:
            hand_over = Act("Hand it over", HAND_OVER, expert.pk)
            act = Act("Name another in their place", EDIT, page.pk) if another_stays else hand_over
            yield Finding(Kind.LEAVING, _how_they_leave(expert, on), act, expert.name)


def _how_they_leave(expert, on):
    if expert.works_here(on):
        return f"An expert of it leaves on {expert.last_day:%-d %B %Y}."
    return "Someone who has left is still named as its expert."


def _single(page, on):
    here = [expert for expert in page.experts if expert.works_here(on)]
    if len(here) > 1:
        return None
    act = Act("Name another expert" if here else "Name an expert", EDIT, page.pk)
    if here:
        return Finding(Kind.SINGLE, "One person alone is named as its expert.", act, here[0].name)
    words = "No expert of it works here any more." if page.experts else "Nobody is named as its expert."
    return Finding(Kind.SINGLE, words, act)


def _overdue(page, on):
    if on <= page.review_due:
        return None
    words = f"It was to be looked at by {page.review_due:%-d %B %Y}."
    return Finding(Kind.OVERDUE, words, Act("Look whether it is still true", AT_PAGE, page.pk))


def _untested(page):
    return page.untested and Finding(Kind.UNTESTED, "No question tests it.", page.untested)


def _unread(page, on):
    if page.is_acknowledged or on < page.asked_to_be_read + TIME_TO_READ:
        return None
    words = f"Since {page.asked_to_be_read:%-d %B %Y} nobody but its author has acknowledged it."
    return Finding(Kind.UNREAD, words, Act("Read it", AT_PAGE, page.pk))


def words_of(text: str) -> frozenset[str]:
    """The words that say something, in lower case and without a plural s."""
    words = WORD.findall(text.casefold())
    return frozenset(_singular(word) for word in words if word not in SAY_LITTLE)


def _singular(word):
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def attributed(
    searches: Iterable[Search], processes: dict[int, frozenset[str]]
) -> tuple[dict[int, list[Search]], list[Search]]:
    """Each search to the processes with a word of it, by their keys; and those that belong to none."""
    by_process: dict[int, list[Search]] = {pk: [] for pk in processes}
    of_none = []
    for search in searches:
        words = words_of(search.text)
        owners = [pk for pk, theirs in processes.items() if words & theirs]
        for pk in owners:
            by_process[pk].append(search)
        if not owners:
            of_none.append(search)
    return by_process, of_none
