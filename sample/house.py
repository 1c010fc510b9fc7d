"""What the loading has made so far, by the keys of the files."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from competence.models import Competence, Waiver
from courses.models import Attempt, Course, Question
from knowledge.actions import acknowledge, open_edition
from knowledge.models import Edition, KnowledgePage, Suggestion
from people.models import Department, JobRole, LeaveOfAbsence, Person
from sample import absences
from sample.answering import Asked
from sample.organisation import Organisation
from sample.pages import Proposal
from sample.working_days import working_day

Study = tuple[str, str]  # username and key of a course
READING = timedelta(minutes=4)


@dataclass
class House:
    sample: Organisation
    today: date
    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    roles: dict[str, JobRole] = field(default_factory=dict)
    competences: dict[str, Competence] = field(default_factory=dict)
    pages: dict[str, KnowledgePage] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    questions: dict[tuple[str, str], Question] = field(default_factory=dict)  # by course and last wording
    asked: dict[int, Asked] = field(default_factory=dict)  # by version
    last_days: dict[str, date] = field(default_factory=dict)
    leaves: dict[absences.Leave, LeaveOfAbsence] = field(default_factory=dict)
    waivers: dict[absences.Waiver, Waiver] = field(default_factory=dict)
    # The edition in force of each page, and who has acknowledged it.
    editions: dict[str, Edition] = field(default_factory=dict)
    readers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # Who means to read which page on a day.
    to_read: defaultdict[date, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    # How often each page was looked at, and which of those looks are meant to be followed by one on a day.
    looks: Counter[str] = field(default_factory=Counter)
    to_look: defaultdict[date, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    proposals: dict[Proposal, Suggestion] = field(default_factory=dict)
    months: int = 0
    attempts: Counter[Study] = field(default_factory=Counter)
    next_try: dict[Study, date] = field(default_factory=dict)
    failed: set[Study] = field(default_factory=set)
    # What waits for an assessor, and from which day on they mean to look at it.
    to_mark: dict[Study, tuple[date, Attempt]] = field(default_factory=dict)
    # What no course shows: by username and key of a competence, on which day they mean to show it, and at which level.
    to_show: dict[tuple[str, str], tuple[date, int]] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        return working_day(offset, self.today)

    @property
    def hr(self) -> Person | None:
        """The first person was added by nobody, and adds the others."""
        return next(iter(self.people.values()), None)

    def works_here(self, username: str, day: date) -> bool:
        return day <= self.last_days.get(username, date.max) and not self._is_away(username, day)

    def _is_away(self, username: str, day: date) -> bool:
        return any(
            told.person == username and leave.since <= day <= (leave.until or date.max)
            for told, leave in self.leaves.items()
        )

    def read(self, username: str, page: str, at: datetime) -> datetime:
        """They read and acknowledge the edition in force, if they have not yet. Returns when they are done."""
        if username in self.readers[page]:
            return at
        open_edition(self.editions[page], by=self.people[username], at=at)
        acknowledge(self.editions[page], by=self.people[username], at=at + READING)
        self.readers[page].add(username)
        return at + READING
