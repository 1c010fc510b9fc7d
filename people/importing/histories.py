"""What a file of dated titles or departments asks to be changed, person by person, against what is known. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """That a title or a department was someone's from a first day to a last. `id` is of a fact that is here."""

    name: str
    since: date
    until: date | None
    id: int = 0


@dataclass(frozen=True)
class Rewrite:
    """A span of the file, and the fact whose place it takes, if one does: only ended by it, or corrected."""

    span: Span
    instead_of: Span | None = None

    @property
    def only_ends(self) -> bool:
        old = self.instead_of
        return bool(old and (old.name, old.since, old.until) == (self.span.name, self.span.since, None))


@dataclass
class HistoryPlan:
    """{line: what is to be written}, the lines that are here already, and the facts that these leave no room for."""

    rewrites: dict[int, Rewrite] = field(default_factory=dict)
    unchanged: list[int] = field(default_factory=list)
    void: list[Span] = field(default_factory=list)


def plan_history(said: Sequence[tuple[int, Span]], here: Sequence[Span]) -> HistoryPlan:
    """Of one person: their lines of the file, and what the other system had told before.

    Where one span ends on the day on which the next begins, it holds until the day before.
    """
    plan = HistoryPlan()
    left = {(span.name, span.since, span.until): span for span in here}
    missing = []
    for line, span in _one_after_another(said):
        if left.pop((span.name, span.since, span.until), None):
            plan.unchanged.append(line)
        else:
            missing.append((line, span))
    remaining = sorted(left.values(), key=lambda span: (span.since, span.id))
    for line, span in missing:
        old = next((other for other in remaining if _same_beginning(other, span)), None)
        old = old or next((other for other in remaining if _overlap(other, span)), None)
        if old:
            remaining.remove(old)
        plan.rewrites[line] = Rewrite(span, old)
    spans = [span for _, span in missing]
    plan.void = [other for other in remaining if any(_overlap(other, span) for span in spans)]
    return plan


def _one_after_another(said: Sequence[tuple[int, Span]]) -> list[tuple[int, Span]]:
    ordered = sorted(said, key=lambda told: (told[1].since, told[1].until or date.max))
    beginnings = {span.since for _, span in ordered}
    found = []
    for line, span in ordered:
        until = span.until
        if until and until in beginnings and until > span.since:
            until -= DAY
        found.append((line, Span(span.name, span.since, until)))
    return found


def _same_beginning(one: Span, other: Span) -> bool:
    return (one.name, one.since, one.until) == (other.name, other.since, None)


def _overlap(one: Span, other: Span) -> bool:
    return one.since <= (other.until or date.max) and other.since <= (one.until or date.max)
