"""What a rule would change, before it is saved. Pure: the facts of today, and those that would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from competence.obligations import OPEN, Facts, Obligation, State, obligations


@dataclass(frozen=True)
class Preview:
    """Obligations as they would be, of those newly asked, newly overdue, or asked by another day; and as they were, of
    those no longer asked."""

    newly_asked: Sequence[Obligation]
    newly_overdue: Sequence[Obligation]
    other_day: Sequence[Obligation]
    released: Sequence[Obligation]


def preview(now: Facts, then: Facts, *, on: date) -> Preview:
    was = {(one.person, one.competence): one for one in obligations(now, on=on)}
    would = {(one.person, one.competence): one for one in obligations(then, on=on)}
    both = [(was[place], one) for place, one in would.items() if place in was]
    return Preview(
        newly_asked=[one for place, one in would.items() if place not in was],
        newly_overdue=[
            one
            for place, one in would.items()
            if one.state is State.OVERDUE and (place not in was or was[place].state is not State.OVERDUE)
        ],
        other_day=[one for before, one in both if one.state in OPEN and one.due != before.due],
        released=[one for place, one in was.items() if place not in would],
    )
