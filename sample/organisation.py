"""What the sample's files say, as plain values. A day is counted from the day of loading, which is 0."""

from collections.abc import Mapping
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
class Option:
    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True)
class Wording:
    kind: str
    ask: str
    options: tuple[Option, ...]
    because: str


@dataclass(frozen=True)
class Question:
    """`passage` is the heading in the brief under which the answer stands; `earlier` is what was asked before `day`."""

    tests: str
    passage: str
    wording: Wording
    day: int | None = None
    earlier: Wording | None = None


@dataclass(frozen=True)
class Course:
    key: str
    title: str
    teaches: str
    summary: str
    introduction: str
    readings: tuple[str, ...]
    day: int
    author: str
    questions: tuple[Question, ...]
    pass_percent: int = 80


@dataclass(frozen=True)
class Competence:
    key: str
    name: str
    description: str
    validity_months: int | None
    renewal_window_days: int


@dataclass(frozen=True)
class Requirement:
    role: str
    competence: str
    due_days: int


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    description: str


@dataclass(frozen=True)
class Member:
    username: str
    name: tuple[str, str]
    number: str
    joined: int
    department: str
    roles: tuple[str, ...]
    reports_to: str = ""
    groups: tuple[str, ...] = ()
    administrator: bool = False


@dataclass(frozen=True)
class Move:
    day: int
    person: str
    takes: str
    reason: str
    ends: str = ""
    department: str = ""
    reports_to: str = ""


@dataclass(frozen=True)
class Leaving:
    """`day` is when it was written down."""

    day: int
    last_day: int
    person: str
    reason: str


@dataclass(frozen=True)
class Stricter:
    day: int
    role: str
    competence: str
    due_days: int
    by: str
    reason: str


@dataclass(frozen=True)
class PageReading:
    day: int
    person: str
    page: str
    only_opened: bool = False


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


@dataclass(frozen=True)
class Deviation:
    """From that day on, someone goes about a course unlike their habit."""

    day: int
    person: str
    course: str


@dataclass(frozen=True)
class Habits:
    late_one_in: int
    days_late: tuple[int, int]
    fails_one_in: int
    days_until_next_try: tuple[int, int]
    days_until_read: tuple[int, int]
    days_looked_before: tuple[int, int]
    looks_later_one_in: int
    skips_one_in: int


@dataclass(frozen=True)
class History:
    opening: int
    approvers: tuple[str, ...]
    moves: tuple[Move, ...]
    leaving: tuple[Leaving, ...]
    stricter: tuple[Stricter, ...]
    readings: tuple[PageReading, ...]
    habits: Habits
    putting_off: tuple[Deviation, ...]
    failing: tuple[Deviation, ...]
    looks: tuple[Look, ...]
    not_looked_at: tuple[str, ...]
    handing_over: tuple[Handing, ...]
    left_unowned: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    reports: tuple[Report, ...]
    bulletins_from: int
    assessed_from: int

    def gone(self) -> dict[str, int]:
        """The last day of each who has left by the day of loading."""
        return {it.person: it.last_day for it in self.leaving if it.last_day < 0}


@dataclass(frozen=True)
class Organisation:
    """Everything by its key, in the order of the files."""

    departments: Mapping[str, str]
    roles: Mapping[str, Role]
    people: Mapping[str, Member]
    competences: Mapping[str, Competence]
    competences_day: int
    competences_by: str
    requirements: tuple[Requirement, ...]
    pages: Mapping[str, Page]
    courses: Mapping[str, Course]
    history: History

    def pages_of(self, kind: str) -> list[Page]:
        return [page for page in self.pages.values() if page.kind == kind]

    def approver_of(self, page: Page, author: str) -> str:
        """Whoever answers for the page's process, or else for approving; nobody approves their own text."""
        candidates = [*(self.pages[key].owner for key in page.processes), *self.history.approvers]
        return next(username for username in candidates if username != author)

    def course_for(self, competence: str) -> Course:
        return next(course for course in self.courses.values() if course.teaches == competence)
