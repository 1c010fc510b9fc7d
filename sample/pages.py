"""What the sample's files say of pages: their text through its editions, and what became of them. Plain values."""

from dataclasses import dataclass

from sample.fields import Fields, fields_of, without


@dataclass(frozen=True)
class Change:
    """What an edition changed in the text. `now` stands in the text once; `before` may be empty: then it was added."""

    now: str
    before: str = ""


@dataclass(frozen=True)
class PageEdition:
    day: int
    summary: str = "First edition."
    impact: str = "read"
    reason: str = ""
    author: str = ""  # the page's owner, if empty
    significance: str = "major"
    changes: tuple[Change, ...] = ()
    adds: tuple[str, ...] = ()  # headings whose sections came with it
    status: str = ""  # of a decision, where it was not yet what it is now


@dataclass(frozen=True)
class Why:
    """`depth` is 0 where it asks on from the why above."""

    text: str
    depth: int = 0


@dataclass(frozen=True)
class Mark:
    """What those who decided made of a lesson."""

    lesson: str
    mark: str  # "considered" or "not_applicable"
    because: str


@dataclass(frozen=True)
class Step:
    """How far a lesson had come; `through` is the page whose edition of that day was the change."""

    day: int
    state: str
    by: str
    note: str = ""
    through: str = ""


@dataclass(frozen=True)
class Page:
    kind: str  # "processes", "briefs", "decisions" or "lessons"
    key: str
    title: str
    owner: str
    body: str
    editions: tuple[PageEdition, ...]
    deputies: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    review_months: int = 12
    # Of a process.
    purpose: str = ""
    part_of: str = ""
    feeds: tuple[str, ...] = ()
    # Of a brief.
    summary: str = ""
    # Of a decision.
    status: str = ""
    decided_day: int | None = None
    decision_makers: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    lessons: tuple[Mark, ...] = ()
    # Of a lesson.
    is_positive: bool = False
    happened_day: int | None = None
    found_day: int | None = None
    found_where: str = ""
    whys: tuple[Why, ...] = ()
    action_owner: str = ""
    action_due_day: int | None = None
    recurrence_of: str = ""
    steps: tuple[Step, ...] = ()

    def text_of(self, number: int) -> str:
        """The body as it stood in that edition: the files hold the last, and what each edition changed or added."""
        text = self.body
        for edition in reversed(self.editions[number:]):
            for change in reversed(edition.changes):
                text = text.replace(change.now if change.before else change.now + "\n", change.before)
            text = without(text, edition.adds) if edition.adds else text
        return text

    def fields_of(self, number: int) -> Fields:
        return fields_of(self.kind, self.text_of(number))


@dataclass(frozen=True)
class Look:
    """Someone who answers for a page found it still true, on a day of their own choice."""

    day: int
    page: str
    by: str
    note: str = ""


@dataclass(frozen=True)
class Handing:
    """A duty ("owner", "deputy", "expert" or "action") goes on; without a taker it ends, which `because` explains."""

    day: int
    page: str
    duty: str
    giver: str
    by: str
    taker: str = ""
    because: str = ""


@dataclass(frozen=True)
class Answer:
    day: int
    by: str
    outcome: str  # "taken" or "declined"
    words: str = ""


@dataclass(frozen=True)
class Proposal:
    """A reader's change to the text of a page, or, with a title, a page that is missing."""

    day: int
    by: str
    reason: str
    page: str = ""
    now: str = ""
    before: str = ""
    title: str = ""
    process: str = ""
    answer: Answer | None = None


@dataclass(frozen=True)
class Report:
    """What somebody told, and a facilitator is still writing up as a lesson: who told it is not kept."""

    day: int
    by: str
    facilitator: str
    process: str
    title: str
    what_happened: str
