"""A rubric as people write it: a criterion a line, with its levels and what each brings.

Isolation | not done 0 | done, not tried 1 | done and tried 2
"""

from courses.kinds import Criterion, Level, check_rubric
from people.refusals import Refused

HOW = "A criterion a line, with its levels and their points: Isolation | not done 0 | done 1 | done and tried 2"


def rubric_in(text: str) -> tuple[Criterion, ...]:
    rubric = tuple(_criterion(line) for line in text.splitlines() if line.strip())
    check_rubric(rubric)
    return rubric


def _criterion(line: str) -> Criterion:
    words, *levels = (part.strip() for part in line.split("|"))
    return Criterion(words, tuple(_level(level, line) for level in levels))


def _level(text: str, line: str) -> Level:
    words, _, points = text.rpartition(" ")
    if not words or not points.isascii() or not points.isdigit() or len(points) > 3:
        raise Refused(f"“{text}” in the line “{line.strip()}” is no level. Write what is met, then its points: done 2")
    return Level(words.strip(), int(points))
