"""What the sample's files say, as plain values. A day is counted from the day of loading, which is 0."""

from collections.abc import Mapping
from dataclasses import dataclass

from sample.absences import Leave, Waiver
from sample.pages import Handing, Look, Page, Proposal, Report
from sample.questions import Bank, Course
from sample.showing import Certificate, Equivalent, Experience, Renewal, Unshown


@dataclass(frozen=True)
class Competence:
    key: str
    name: str
    description: str
    renewal_window_days: int = 30
    validity_months: int | None = None
    kind: str = "competence"
    mode: str = ""  # from completion, where there are months and it is not said
    month: int | None = None
    day: int | None = None
    shown: str = ""  # "acknowledged" or "practice", where neither a course nor a certificate shows it
    shown_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """`ground` is the key of a role, a department or a process. Without a day it follows the competence's course."""

    kind: str
    ground: str
    competence: str
    due_days: int
    stage: int | None = None
    level: int = 1
    newcomers_only: bool = False
    day: int | None = None


@dataclass(frozen=True)
class Participation:
    day: int
    role: str
    process: str


@dataclass(frozen=True)
class Department:
    key: str
    name: str
    under: str = ""


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
    days_until_marked: tuple[int, int]
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
    leaves: tuple[Leave, ...]
    waivers: tuple[Waiver, ...]
    certificates: tuple[Certificate, ...]
    experience: tuple[Experience, ...]
    equivalents: tuple[Equivalent, ...]
    validities: tuple[Renewal, ...]
    not_shown: tuple[Unshown, ...]

    def gone(self) -> dict[str, int]:
        """The last day of each who has left by the day of loading."""
        return {it.person: it.last_day for it in self.leaving if it.last_day < 0}


@dataclass(frozen=True)
class Organisation:
    """Everything by its key, in the order of the files."""

    departments: Mapping[str, Department]
    roles: Mapping[str, Role]
    people: Mapping[str, Member]
    competences: Mapping[str, Competence]
    competences_day: int
    competences_by: str
    requirements: tuple[Requirement, ...]
    participations: tuple[Participation, ...]
    pages: Mapping[str, Page]
    courses: Mapping[str, Course]
    bank: Bank
    history: History

    def pages_of(self, kind: str) -> list[Page]:
        return [page for page in self.pages.values() if page.kind == kind]

    def approver_of(self, page: Page, author: str) -> str:
        """Whoever answers for the page's process, or else for approving; nobody approves their own text."""
        candidates = [*(self.pages[key].owner for key in page.processes), *self.history.approvers]
        return next(username for username in candidates if username != author)

    def asked_from(self, requirement: Requirement) -> int:
        """Nobody is asked for what cannot be learned yet."""
        if requirement.day is not None:
            return requirement.day
        return next(it.day for it in self.courses.values() if it.teaches == requirement.competence)
