"""Obligations in words: one plain sentence for each state, with the facts that it rests on."""

from collections.abc import Iterable
from datetime import date

from competence.obligations import Asked, Obligation, Proof, State, holds


def explain(obligation: Obligation) -> str:
    return _SENTENCES[obligation.state](obligation)


def explain_absence(proof: Proof | None, *, on: date) -> str:
    """Why nothing is asked; `proof` is what they can show all the same, if anything."""
    if proof is None:
        return "Not required: no role held on this day asks for it."
    if not holds(proof, on):
        return f"Not required: no role held on this day asks for it. A proof ended on {_day(proof.until)}."
    return f"Shown on {_day(proof.since)}{_until(proof)}, but not required: no role held on this day asks for it."


def _competent(obligation):
    return f"Shown on {_day(obligation.proof.since)}{_until(obligation.proof)}. {_who_asks(obligation.because)}"


def _renewal(obligation):
    return f"Holds until {_day(obligation.until)}, and can be renewed now. {_who_asks(obligation.because)}"


def _due(obligation):
    return f"Due by {_day(obligation.due)}: {_what_is_missing(obligation)}. {_who_asks(obligation.because)}"


def _overdue(obligation):
    return f"Was due by {_day(obligation.due)}: {_what_is_missing(obligation)}. {_who_asks(obligation.because)}"


_SENTENCES = {
    State.COMPETENT: _competent,
    State.RENEWAL: _renewal,
    State.DUE: _due,
    State.OVERDUE: _overdue,
}


def _what_is_missing(obligation):
    if obligation.proof:
        return f"the last proof ended on {_day(obligation.proof.until)}"
    return "not shown yet"


def _who_asks(because: Iterable[Asked]) -> str:
    named = [f"{asked.holding.role_name} (since {_day(asked.since)})" for asked in because]
    if len(named) == 1:
        return f"The role {named[0]} asks for it."
    return f"The roles {', '.join(named[:-1])} and {named[-1]} ask for it."


def _until(proof: Proof) -> str:
    return f" and holds until {_day(proof.until)}" if proof.until else " and does not end"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "no day"
