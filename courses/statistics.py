"""What answers say about the question, by classical test theory: its facility, its discrimination, its options. Pure.

Facility is the mean worth of the answers. Discrimination is the corrected item-total correlation (Henrysson 1963): of
what the answers are worth with the share of the points that the same people reached on the *rest* of the quiz, so that
a question is not compared with itself. Thirds are those of that rest, too.

It takes one attempt of each person, the first: a later one has seen feedback, and answers to that. Each version stands
for itself, for another version is another question. A correlation is a float; nothing is passed or failed by it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import sqrt
from statistics import median

from courses.choices_made import Choice, choices_made
from courses.kinds import Content, Form, Response

MINIMUM = 10
EASY, HARD = Fraction(95, 100), Fraction(20, 100)


@dataclass(frozen=True)
class Row:
    """One answer of one attempt. `rest`: the share of the points that the attempt reached on its other questions, None
    where there are none. `seconds`: since the answer before it was saved."""

    attempt: int
    question: int
    version: int
    worth: Fraction
    response: Response
    rest: Fraction | None
    seconds: int | None = None


@dataclass(frozen=True)
class Finding:
    tone: str
    words: str


@dataclass(frozen=True)
class OfVersion:
    question: int
    version: int
    attempts: int
    facility: Fraction
    # None: nothing varies, or there is no rest.
    discrimination: float | None
    choices: Sequence[Choice]
    upper: int
    lower: int
    seconds: float | None
    findings: Sequence[Finding]


def statistics_of(rows: Iterable[Row], says: Mapping[int, Content]) -> list[OfVersion]:
    """`says`: by version. In the order of questions and versions, whatever that of the rows."""
    by_version = defaultdict(list)
    for row in rows:
        by_version[row.question, row.version].append(row)
    return [_of_version(given, says[version]) for (_, version), given in sorted(by_version.items())]


def _of_version(rows: Sequence[Row], says: Content) -> OfVersion:
    upper, lower = _thirds(rows)
    choices = choices_made(
        says, [row.response for row in rows], [row.response for row in upper], [row.response for row in lower]
    )
    facility = sum((row.worth for row in rows), Fraction(0)) / len(rows)
    pairs = [(row.worth, row.rest) for row in rows if row.rest is not None]
    discrimination = correlation(pairs)
    seconds = [row.seconds for row in rows if row.seconds is not None]
    is_choice = says.sheet().form in (Form.ONE, Form.MANY)
    return OfVersion(
        question=rows[0].question,
        version=rows[0].version,
        attempts=len(rows),
        facility=facility,
        discrimination=discrimination,
        choices=choices,
        upper=len(upper),
        lower=len(lower),
        seconds=median(seconds) if seconds else None,
        findings=_findings(len(rows), facility, discrimination, choices if is_choice else [], len(upper)),
    )


def correlation(pairs: Sequence[tuple[Fraction, Fraction]]) -> float | None:
    """Pearson's, summed exactly, so that the order of the pairs changes no digit."""
    count = len(pairs)
    if count < 2:
        return None
    mean_x, mean_y = (sum(values, Fraction(0)) / count for values in zip(*pairs, strict=True))
    both = sum(((x - mean_x) * (y - mean_y) for x, y in pairs), Fraction(0))
    spread = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    if not spread:
        return None
    size = min(sqrt(both * both / spread), 1.0)
    return -size if both < 0 else size


def _thirds(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The best and the weakest third. Who is level with the last of a third belongs to it; where the two would meet,
    nobody is better than anybody."""
    ranked = sorted(row.rest for row in rows if row.rest is not None)
    size = len(ranked) // 3
    if not size or ranked[size - 1] == ranked[-size]:
        return [], []
    upper = [row for row in rows if row.rest is not None and row.rest >= ranked[-size]]
    lower = [row for row in rows if row.rest is not None and row.rest <= ranked[size - 1]]
    return upper, lower


def _findings(attempts, facility, discrimination, choices: Sequence[Choice], upper: int) -> list[Finding]:
    if attempts < MINIMUM:
        return [Finding("neutral", f"Too few attempts ({attempts}) to say.")]
    found = []
    if discrimination is not None and discrimination < 0:
        words = "Those who know most get this wrong: the better someone did on the rest, the worse on this."
        found.append(Finding("bad", f"{words} Look at its key and its words."))
    if drawn := _drawn_from_the_right(choices):
        wrong, right = drawn
        words = f"Of the best third, {wrong.upper} of {upper} chose “{wrong.text}”, and {right.upper} the right answer."
        found.append(Finding("bad", words))
    if facility >= EASY:
        found.append(Finding("info", "Too easy: nearly everyone gets it right, so it tells nobody apart."))
    elif facility <= HARD:
        found.append(Finding("warn", "Too hard: nearly nobody gets it right. Is it in the text that they read?"))
    if unchosen := [f"“{choice.text}”" for choice in choices if choice.is_right is False and not choice.count]:
        found.append(Finding("neutral", f"Nobody chose {', '.join(unchosen)}: it misleads nobody."))
    return [Finding(one.tone, f"{one.words} ({attempts} attempts)") for one in found]


def _drawn_from_the_right(choices: Sequence[Choice]) -> tuple[Choice, Choice] | None:
    """The wrong answer that most of the best gave, and the right one, where fewer of them gave that. Only where one
    answer is the right one."""
    right = [choice for choice in choices if choice.is_right]
    wrong = [choice for choice in choices if choice.is_right is False]
    if len(right) != 1 or not wrong:
        return None
    most = max(wrong, key=lambda choice: choice.upper)
    return (most, right[0]) if most.upper > right[0].upper else None


def seconds_taken(started_at: datetime, saved: Mapping[int, datetime | None]) -> dict[int, int]:
    """For each answer how long after the one before it was last saved. Answers saved in one moment were on one page:
    how long each took is not known."""
    moments = defaultdict(list)
    for place, at in saved.items():
        if at is not None:
            moments[at].append(place)
    taken, before = {}, started_at
    for at in sorted(moments):
        if len(moments[at]) == 1:
            taken[moments[at][0]] = int((at - before).total_seconds())
        before = at
    return taken
