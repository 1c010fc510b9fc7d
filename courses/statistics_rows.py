"""The answers from which a course's statistics are made, and the statistics as its owner sees them."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef

from courses.kinds import Form
from courses.models import Attempt, AttemptQuestion, QuestionVersion
from courses.regrading import Given, counted, regraded, rules_of
from courses.statistics import OfVersion, Row, seconds_taken, statistics_of
from evidence.spreadsheets import harmless

TITLES = ("Question", "Version", "Kind", "Asks", "Attempts", "Facility", "Discrimination", "Median seconds", "Says")
ANSWER_TITLES = ("Answer", "Right", "Chosen", "Chosen by the best third", "Chosen by the weakest third")


@dataclass(frozen=True)
class Spoken:
    """Statistics with the version that they are of, and its question's place on the page."""

    place: int
    version: QuestionVersion
    of: OfVersion

    @property
    def facility_percent(self) -> int:
        """Below 0 where guessing costs; no bar is that short."""
        return round(self.of.facility * 100)

    @property
    def bar_percent(self) -> int:
        return max(self.facility_percent, 0)


def statistics_for(course) -> list[Spoken]:
    """As many queries, however many took it. Of each question the latest version first."""
    rows, versions = rows_of(course)
    found = statistics_of(rows, {pk: version.says for pk, version in versions.items()})
    asking = [(versions[one.version], one) for one in found if versions[one.version].shows.form is not Form.NONE]
    asking.sort(key=lambda each: (*_order(course, each[0].question), -each[0].number))
    places: dict[int, int] = {}
    for version, _ in asking:
        places.setdefault(version.question_id, len(places) + 1)
    return [Spoken(places[version.question_id], version, one) for version, one in asking]


def _order(course, question) -> tuple:
    return question.course_id != course.pk, question.position, question.pk


def rows_of(course) -> tuple[list[Row], dict[int, QuestionVersion]]:
    """Of those whose first attempt has been graded: of each that attempt, since later ones have seen feedback."""
    earlier = Attempt.objects.filter(person=OuterRef("person"), course=course, pk__lt=OuterRef("pk"))
    first = Attempt.objects.graded().filter(~Exists(earlier), course=course, renews=None)
    attempts = {attempt.pk: attempt for attempt in first.with_results()}
    asked = defaultdict(list)
    found = AttemptQuestion.objects.filter(attempt__in=first).order_by("attempt", "position")
    for one in found.only("attempt", "version", "answer", "saved_at", "worth"):
        asked[one.attempt_id].append(one)
    given = {one.version_id for some in asked.values() for one in some}
    versions = QuestionVersion.objects.select_related("question").in_bulk(given)
    return [row for pk, some in asked.items() for row in _rows(attempts[pk], some, versions)], versions


def _rows(attempt: Attempt, asked: list[AttemptQuestion], versions) -> Iterator[Row]:
    """A question keeps its own worth where everyone was given it; on the rest of the quiz counts what is in force."""
    rules = rules_of(attempt)
    taken = seconds_taken(attempt.started_at, {one.pk: one.saved_at for one in asked})
    given = [_given(one, versions[one.version_id]) for one in asked]
    whole = regraded(given, rules)
    for one, mine in zip(asked, given, strict=True):
        rule = rules.get(mine.question)
        worth, possible = counted(mine, rule)
        rest = whole.possible - possible
        yield Row(
            attempt=attempt.pk,
            question=mine.question,
            version=one.version_id,
            worth=worth if rule and rule.key else mine.worth,
            response=one.answer,
            rest=(whole.points - worth * possible) / rest if rest else None,
            seconds=taken.get(one.pk),
        )


def _given(one: AttemptQuestion, version: QuestionVersion) -> Given:
    return Given(version.question_id, one.worth or Fraction(0), version.possible, one.answer)


class _Passing:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def csv_lines(spoken: list[Spoken]) -> Iterator[str]:
    """A line for each answer to each version. The mark at the start tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Passing())
    yield "\ufeff" + writer.writerow([*TITLES, *ANSWER_TITLES])
    for one in spoken:
        about = _about(one)
        told = [[each.text, _right(each), each.count, each.upper, each.lower] for each in one.of.choices]
        for answer in told or [[""] * len(ANSWER_TITLES)]:
            yield writer.writerow([harmless(value) for value in (*about, *answer)])


def _about(one: Spoken) -> list:
    discrimination, seconds = one.of.discrimination, one.of.seconds
    return [
        one.place,
        one.version.number,
        one.version.get_kind_display(),
        one.version.stem,
        one.of.attempts,
        f"{float(one.of.facility):.3f}",
        "" if discrimination is None else f"{discrimination:.3f}",
        "" if seconds is None else f"{seconds:g}",
        " ".join(finding.words for finding in one.of.findings),
    ]


def _right(choice) -> str:
    return {True: "yes", False: "no", None: ""}[choice.is_right]
