"""What a query matches, and how And, Or and Not put such answers together. Pure.

Whoosh's own compounds drop an Every or a Null among their parts, and read "a or not b" as "a without b".
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Matches:
    """The objects named in `scores`, by primary key; or, if `everything_but`, all that are not named in it."""

    scores: dict[str, float] = field(default_factory=dict)
    everything_but: bool = False

    def __contains__(self, pk: str) -> bool:
        return (pk in self.scores) != self.everything_but

    def __and__(self, other: Matches) -> Matches:
        if self.everything_but and other.everything_but:
            return Matches(_union(self.scores, other.scores), everything_but=True)
        if self.everything_but:
            return other & self
        if other.everything_but:
            return Matches({pk: score for pk, score in self.scores.items() if pk not in other.scores})
        return Matches({pk: score + other.scores[pk] for pk, score in self.scores.items() if pk in other.scores})

    def __or__(self, other: Matches) -> Matches:
        if self.everything_but or other.everything_but:
            return ~(~self & ~other)
        return Matches(_union(self.scores, other.scores))

    def __invert__(self) -> Matches:
        return Matches(self.scores, not self.everything_but)

    def __mul__(self, boost: float) -> Matches:
        return Matches({pk: score * boost for pk, score in self.scores.items()}, self.everything_but)

    def score(self, pk: str) -> float:
        return 0.0 if self.everything_but else self.scores[pk]

    def above(self, weaker: Matches) -> Matches:
        """These, and after the last of them the weaker ones."""
        lead = max(weaker.scores.values(), default=0.0)
        return Matches(weaker.scores | {pk: lead + score for pk, score in self.scores.items()})


EVERYTHING = Matches(everything_but=True)
NOTHING = Matches()


def _union(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    if len(one) < len(other):
        one, other = other, one
    union = dict(one)
    for pk, score in other.items():
        union[pk] = union.get(pk, 0.0) + score
    return union
