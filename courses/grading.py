"""What an attempt is worth: pure and exact, so that a pass mark is met or missed, never nearly.

What one answer is worth is said by its kind of question (courses/kinds); why, by docs/decisions/0007-quizzes.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Score:
    """`points` may be below nothing, where guessing costs."""

    points: Fraction
    possible: int

    @property
    def percent(self) -> int:
        """Rounded down: a score shown as 80 is at least 80."""
        return max(self.points * 100 // self.possible, 0) if self.possible else 0

    def passes(self, pass_percent: int) -> bool:
        """Nobody passes a quiz that asked nothing."""
        return self.possible > 0 and self.points * 100 >= pass_percent * self.possible


def score(answers: Iterable[tuple[Fraction, int]]) -> Score:
    """`answers`: of each question asked, the share that its answer is worth, and the points that it can bring."""
    given = list(answers)
    return Score(
        sum((worth * possible for worth, possible in given), Fraction(0)), sum(possible for _, possible in given)
    )


def in_words(points: Fraction) -> str:
    """Whole where it is whole, else with two places, rounded down."""
    hundredths = points * 100 // 1
    sign, (whole, rest) = "-" if hundredths < 0 else "", divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def as_fact(points: Fraction) -> int | str:
    """For the log: exact."""
    return points.numerator if points.denominator == 1 else str(points)
