"""What an answer is worth: pure and exact. Whole numbers only, so that a pass mark is met or missed, never nearly.

A question gives one point for exactly the right options, and none for anything else (docs/decisions/0007-quizzes.md).
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    points: int
    possible: int

    @property
    def percent(self) -> int:
        """Rounded down: a score shown as 80 is at least 80."""
        return self.points * 100 // self.possible if self.possible else 0

    def passes(self, pass_percent: int) -> bool:
        """Nobody passes a quiz that asked nothing."""
        return self.possible > 0 and self.points * 100 >= pass_percent * self.possible


def points(right: Set[int], chosen: Set[int]) -> int:
    return int(bool(right) and chosen == right)


def score(answers: Iterable[tuple[Set[int], Set[int]]]) -> Score:
    """`answers` are pairs of the right and the chosen options of each question asked."""
    given = [points(right, chosen) for right, chosen in answers]
    return Score(points=sum(given), possible=len(given))
