"""What someone is asked to learn, why, how far they are, and what they have shown."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from competence.explaining import explain
from competence.gathering import gather
from competence.models import Competence
from competence.no_training import no_training
from competence.obligations import HELD, OPEN, Obligation, obligations
from competence.words import TONES, WORDS, when
from courses.models import Attempt, Course
from courses.progress import Progress, progress_of
from knowledge.permissions import visible_to


@dataclass(frozen=True)
class Asked:
    """A competence that is asked of someone, and the courses on offer that teach it."""

    competence: Competence
    obligation: Obligation
    courses: list[Course] = field(default_factory=list)
    # Of later editions of what they learned, if they have shown it.
    no_training: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        return WORDS[self.obligation.state]

    @property
    def tone(self) -> str:
        return TONES[self.obligation.state]

    @property
    def when(self) -> tuple[str, date | None]:
        return when(self.obligation)

    @property
    def why(self) -> str:
        return explain(self.obligation)


@dataclass(frozen=True)
class CourseToDo:
    asked: Asked
    course: Course
    progress: Progress
    attempt: Attempt | None


@dataclass(frozen=True)
class Stage:
    """What is to do in one of someone's first weeks, or, if `number` is empty, whenever it is due."""

    number: int | None
    to_do: list[CourseToDo]

    @property
    def title(self) -> str:
        return f"Week {self.number}" if self.number else "After that, by due date"

    @property
    def week(self) -> tuple[date, date] | None:
        """Its first day and its last, where all that is in it counts from one day."""
        began = {one.since for item in self.to_do for one in item.asked.obligation.because if one.stage == self.number}
        if self.number is None or len(began) != 1:
            return None
        first = began.pop() + timedelta(weeks=self.number - 1)
        return first, first + timedelta(days=6)


@dataclass(frozen=True)
class Learning:
    to_do: list[CourseToDo]
    untaught: list[Asked]
    shown: list[Asked]

    @property
    def stages(self) -> list[Stage]:
        """The first weeks in their order, then the rest; nothing where nothing names a week."""
        numbers = {item.asked.obligation.stage for item in self.to_do}
        if numbers <= {None}:
            return []
        return [
            Stage(number, [item for item in self.to_do if item.asked.obligation.stage == number])
            for number in sorted(numbers, key=lambda number: (number is None, number))
        ]


def asked_of(person, *, on: date) -> list[Asked]:
    """In order of due date; what has no end comes last."""
    stated = obligations(gather([person.pk], on=on), on=on)
    wanted = [obligation.competence for obligation in stated]
    competences = Competence.objects.in_bulk(wanted)
    courses: dict[int, list[Course]] = {competence: [] for competence in wanted}
    offered = visible_to(Course.objects.live().filter(teaches__in=wanted), person)
    for course in offered.order_by("title"):
        courses[course.teaches_id].append(course)
    asked = [Asked(competences[it.competence], it, courses[it.competence]) for it in stated]
    return sorted(asked, key=lambda it: (it.obligation.due or date.max, it.competence.name))


def is_open(asked: Asked) -> bool:
    return asked.obligation.state in OPEN


def learning_of(person, *, on: date) -> Learning:
    asked = asked_of(person, on=on)
    courses = [(it, course) for it in asked if is_open(it) for course in it.courses]
    ids = {course.pk for _, course in courses}
    progress = progress_of([course for _, course in courses], person, on=on)
    attempts = {attempt.course_id: attempt for attempt in Attempt.objects.open().filter(person=person, course__in=ids)}
    return Learning(
        to_do=[CourseToDo(it, course, progress[course.pk], attempts.get(course.pk)) for it, course in courses],
        untaught=[it for it in asked if is_open(it) and not it.courses],
        shown=_with_no_training([it for it in asked if it.obligation.state in HELD], person, on),
    )


def _with_no_training(shown: list[Asked], person, on: date) -> list[Asked]:
    proofs = [(it, it.obligation.proof.id) for it in shown if it.obligation.proof]
    told = no_training({proof for _, proof in proofs}, person, on=on)
    return [replace(it, no_training=told.get(proof, [])) for it, proof in proofs]
