"""Whom an edition would ask again, before it is published. Pure: the one rule, asked with the edition and without."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from competence.obligations import Change, Facts, Obligation, State, obligations

SETTLED = (State.COMPETENT, State.WAIVED)


@dataclass(frozen=True)
class Effect:
    """Obligations as they would be: of those asked again, and of those who have not finished, whose days are kept."""

    again: Sequence[Obligation]
    unfinished: Sequence[Obligation]


def effect_of(change: Change, facts: Facts, *, on: date) -> Effect:
    """`facts` hold the change as well."""
    without = replace(facts, changes=[one for one in facts.changes if one != change])
    was = {(one.person, one.competence): one for one in obligations(without, on=on)}
    would = [(was[one.person, one.competence], one) for one in obligations(facts, on=on)]
    moved = [(before, one, (before.state, before.due) != (one.state, one.due)) for before, one in would]
    return Effect(
        again=[one for _, one, is_moved in moved if is_moved],
        unfinished=[one for before, one, is_moved in moved if not is_moved and before.state not in SETTLED],
    )
