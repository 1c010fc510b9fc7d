"""What the sample's files say, as plain values. A day is counted from the day of loading, which is 0."""

from collections.abc import Mapping
from dataclasses import dataclass


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
    changes: tuple[Change, ...] = ()
    status: str = ""  # of a decision, where it was not yet what it is now


@dataclass(frozen=True)
class Page:
    kind: str  # "processes", "briefs", "decisions" or "lessons"
    key: str
    title: str
    owner: str
    body: str
    editions: tuple[PageEdition, ...]
    experts: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    purpose: str = ""
    summary: str = ""
    status: str = ""
    decided_day: int | None = None
    decision_makers: str = ""
    supersedes: tuple[str, ...] = ()
    happened_day: int | None = None
    whys: tuple[str, ...] = ()

    def text_of(self, number: int) -> str:
        """The body as it stood in that edition: the files hold the last, and what each edition changed."""
        text = self.body
        for edition in reversed(self.editions[number:]):
            for change in reversed(edition.changes):
                text = text.replace(change.now if change.before else change.now + "\n", change.before)
        return text

    def sections_of(self, number: int) -> dict[str, str]:
        """The same, by its headings of the second level."""
        parts = self.text_of(number).split("## ")[1:]
        return {heading.strip(): text.strip() for heading, _, text in (part.partition("\n") for part in parts)}


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
