"""How far someone is with courses: each step, what it waits for, and whether all that proves something is shown."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from courses.certificates import StandingCertificate, standing_of
from courses.models import (
    Attempt,
    Attendance,
    Certificate,
    Classroom,
    Course,
    CourseFile,
    FileOpened,
    PracticalAssessment,
    PracticalTask,
    Question,
    Slot,
)
from courses.readings import reading_steps
from courses.rounds import EVER, Round, round_after
from courses.stages import PROVING, Stage
from people.refusals import Refused


@dataclass(frozen=True)
class CourseStep:
    """`of`: the reading, file, classroom or task. `latest`: the attempt or assessment that its word is about."""

    stage: Stage
    title: str
    word: str
    tone: str
    is_done: bool
    of: Any = None
    # When it was shown.
    at: datetime | None = None
    latest: Any = None
    is_waiting: bool = False


@dataclass(frozen=True)
class Progress:
    course: Course
    steps: list[CourseStep] = field(default_factory=list)
    certificate: StandingCertificate | None = None

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    def at(self, stage: Stage) -> list[CourseStep]:
        return [step for step in self.steps if step.stage is stage]

    @property
    def is_shown(self) -> bool:
        proving = [step for step in self.steps if step.stage in PROVING]
        return bool(proving) and all(step.is_done for step in proving)

    def why_closed(self, stage: Stage) -> str:
        """Empty where the stage is open. Readings come before the quiz, in whatever order the course is taken."""
        undone = [step for step in self.steps if step.stage < stage and not step.is_done]
        if not self.course.in_order:
            undone = [step for step in undone if stage is Stage.QUIZ and step.stage is Stage.READINGS]
        if not undone:
            return ""
        titles = ", ".join(f"“{step.title}”" for step in undone if step.stage is undone[0].stage)
        return f"Before {stage.named}, {undone[0].stage.to_do.format(titles)}."


def progress_in(course: Course, person, *, on: date) -> Progress:
    return progress_of([course], person, on=on)[course.pk]


def progress_of(
    courses: Iterable[Course], person, *, on: date, stages: Iterable[Stage] = tuple(Stage), anew=False
) -> dict[int, Progress]:
    """As many queries for many courses as for one. As long as a certificate is not to be renewed, what was shown for it
    counts as done, unless it is asked what was shown `anew`."""
    by_id = {course.pk: course for course in courses}
    certificates = _certificates(by_id.keys(), person)
    rounds = {pk: EVER if it.is_current(on) and not anew else _round(it, on) for pk, it in certificates.items()}
    steps: dict[int, list[CourseStep]] = defaultdict(list)
    for stage in stages:
        for pk, found in GATHERED[stage](by_id.keys(), person, rounds).items():
            steps[pk] += found
    return {pk: Progress(course, steps[pk], certificates.get(pk)) for pk, course in by_id.items()}


def check_open(course: Course, person, stage: Stage, *, on: date) -> None:
    if reason := progress_in(course, person, on=on).why_closed(stage):
        raise Refused(reason)


def round_in(course: Course, person, *, on: date) -> Round:
    """Which of what they have shown counts toward their next certificate."""
    last = _certificates([course.pk], person).get(course.pk)
    return _round(last, on) if last else EVER


Ids = Collection[int]
Rounds = Mapping[int, Round]
Steps = Mapping[int, list[CourseStep]]


def _certificates(courses: Ids, person) -> dict[int, StandingCertificate]:
    """The last of each course."""
    rows = Certificate.objects.filter(person=person, course__in=courses).select_related("proof")
    return {it.certificate.course_id: it for it in standing_of(rows.order_by("issued_at", "pk"))}


def _round(it: StandingCertificate, on: date) -> Round:
    return round_after(it.certificate.issued_at, it.proof.until, it.proof.renewal_window_days, on=on)


def _readings(courses: Ids, person, rounds: Rounds) -> Steps:
    def step(reading):
        word, tone = ("Opened", "info") if reading.opened else ("Not opened", "neutral")
        if reading.acknowledged:
            word, tone = "Acknowledged", "ok"
        return CourseStep(Stage.READINGS, reading.page.title, word, tone, reading.acknowledged, reading)

    return {pk: [step(one) for one in found] for pk, found in reading_steps(courses, person).items()}


def _files(courses: Ids, person, rounds: Rounds) -> Steps:
    files = list(CourseFile.objects.filter(course__in=courses).select_related("document"))
    opened = FileOpened.objects.filter(person=person, course__in=courses) if files else FileOpened.objects.none()
    seen = set(opened.values_list("course", "step", "file_hash"))
    found = defaultdict(list)
    for file in files:
        is_done = (file.course_id, file.key, file.document.file_hash) in seen
        word, tone = ("Opened", "ok") if is_done else ("Not opened", "neutral")
        found[file.course_id].append(CourseStep(Stage.FILES, file.document.title, word, tone, is_done, file))
    return found


def _sessions(courses: Ids, person, rounds: Rounds) -> Steps:
    classrooms = list(Classroom.objects.filter(course__in=courses))
    rows = Attendance.objects.standing().filter(person=person, session__course__in=courses)
    held = rows.values_list("session__course", "session__step", "session__starts_at").order_by("session__starts_at")
    attended = _counting(held if classrooms else (), rounds)
    found = defaultdict(list)
    for room in classrooms:
        at = attended.get((room.course_id, room.key))
        word, tone = ("Attended", "ok") if at else ("To attend", "neutral")
        found[room.course_id].append(CourseStep(Stage.SESSIONS, room.title, word, tone, bool(at), room, at))
    return found


def _counting(rows, rounds: Rounds) -> dict[tuple, datetime]:
    """{(course, step): when}, the last of those that count; the rows come in the order of time."""
    return {(course, step): at for course, step, at in rows if rounds.get(course, EVER).counts(at)}


def _quiz(courses: Ids, person, rounds: Rounds) -> Steps:
    """A course has a quiz also while all its questions are stale: nobody passes it by that."""
    asks = set(Slot.objects.filter(course__in=courses).values_list("course", flat=True))
    written = Question.objects.standing().filter(course__in=set(courses) - asks, versions__is_draft=False)
    asks |= set(written.values_list("course", flat=True))
    attempts = Attempt.objects.submitted().filter(person=person, course__in=asks, renews=None)
    counted = defaultdict(list)
    for attempt in attempts.with_results().order_by("submitted_at", "pk"):
        if rounds.get(attempt.course_id, EVER).counts(attempt.submitted_at):
            counted[attempt.course_id].append(attempt)
    return {pk: [_quiz_step(counted[pk])] for pk in asks}


def _quiz_step(attempts: list[Attempt]) -> CourseStep:
    passed = next((attempt for attempt in reversed(attempts) if attempt.in_force.passed), None)
    latest = passed or (attempts[-1] if attempts else None)
    if latest is None:
        word, tone = "Not taken", "neutral"
    elif latest.graded_at is None:
        word, tone = "To be marked", "info"
    else:
        word, tone = ("Passed", "ok") if passed else ("Not passed", "bad")
    return CourseStep(
        Stage.QUIZ, "Quiz", word, tone, bool(passed), at=passed.submitted_at if passed else None, latest=latest
    )


def _practicals(courses: Ids, person, rounds: Rounds) -> Steps:
    tasks = list(PracticalTask.objects.filter(course__in=courses))
    asked = defaultdict(list)
    if tasks:
        rows = PracticalAssessment.objects.filter(person=person, course__in=courses)
        for assessment in rows.prefetch_related("sign_offs").order_by("at", "pk"):
            asked[assessment.course_id, assessment.step].append(assessment)
    found = defaultdict(list)
    for task in tasks:
        counts = rounds.get(task.course_id, EVER).counts
        found[task.course_id].append(_practical_step(task, asked[task.course_id, task.key], counts))
    return found


def _practical_step(task, asked: list[PracticalAssessment], counts: Callable[[datetime], bool]) -> CourseStep:
    word, tone, at, latest = "Not shown", "neutral", None, None
    for assessment in asked:
        sign_off = assessment.sign_off
        if sign_off is None:
            word, tone, latest = "Waits for the assessor", "info", assessment
        elif counts(sign_off.at):
            word, tone, latest = ("Signed off", "ok", assessment) if sign_off.passed else ("Not met", "bad", assessment)
            at = sign_off.at if sign_off.passed else at
        if at:
            break
    is_waiting = latest is not None and latest.sign_off is None
    return CourseStep(Stage.PRACTICALS, task.title, word, tone, at is not None, task, at, latest, is_waiting)


GATHERED: Mapping[Stage, Callable[[Ids, Any, Rounds], Steps]] = {
    Stage.READINGS: _readings,
    Stage.FILES: _files,
    Stage.SESSIONS: _sessions,
    Stage.QUIZ: _quiz,
    Stage.PRACTICALS: _practicals,
}
