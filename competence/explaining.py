"""Obligations in words: plain sentences for each state, with the facts that it rests on."""

from datetime import date

from competence.obligations import Asked, Obligation, Standing, State
from competence.words import LEVELS, STAGES


def explain(obligation: Obligation) -> str:
    return f"{_SENTENCES[obligation.state](obligation)} {_who_asks(obligation)}"


def explain_absence(standing: Standing | None, *, on: date) -> str:
    """Why nothing is asked; `standing` is what they can show all the same, if anything."""
    if standing is None:
        return "Not required: nothing that they do on this day asks for it."
    if standing.until is not None and standing.until < on:
        return f"Not required: nothing that they do on this day asks for it. A proof ended on {_day(standing.until)}."
    since = _day(standing.proof.since)
    return f"Shown on {since}{_until(standing)}, but not required: nothing that they do on this day asks for it."


def explain_no_training(number: int, title: str, since: date, reason: str) -> str:
    """Why someone who learned an older edition was not asked again."""
    return f"Edition {number} of “{title}”, since {_day(since)}, needed no training: {reason.rstrip('.')}."


def _competent(it):
    return f"Shown on {_day(it.standing.proof.since)}{_until(it.standing)}."


def _renewal(it):
    if it.standing.change:
        return f"{_change(it)}: to be {_again(it)} by {_day(it.due)}. Until then the last proof holds."
    return f"Holds until {_day(it.until)}, and can be renewed now."


def _due(it):
    when = f"Due by {_day(it.due)}" if it.due else "Due after a leave that has no end yet"
    return f"{when}: {_what_is_missing(it)}."


def _overdue(it):
    return f"Was due by {_day(it.due)}: {_what_is_missing(it)}."


def _away(it):
    until = f"until {_day(it.leave.until)}" if it.leave.until else "without an end yet"
    missing = f"On leave {until}, and not asked for meanwhile: {_what_is_missing(it)}."
    return f"{missing} Due by {_day(it.due)}." if it.due else missing


def _waived(it):
    until = f"until {_day(it.waiver.until)}" if it.waiver.until else "without an end"
    return f"Waived {until}{_because(it.waiver.reason)}."


_SENTENCES = {
    State.COMPETENT: _competent,
    State.RENEWAL: _renewal,
    State.DUE: _due,
    State.OVERDUE: _overdue,
    State.AWAY: _away,
    State.WAIVED: _waived,
}


def _what_is_missing(it):
    if it.standing is None:
        return "not shown yet"
    if it.standing.change and it.standing.until != it.proof.until:
        return f"{_change(it)}, and it was not {_again(it)}"
    return f"the last proof ended on {_day(it.standing.until)}"


def _change(it):
    change = it.standing.change
    return f"There is {change.words or 'a new edition'} since {_day(change.since)}"


def _again(it):
    return "shown again" if it.standing.change.is_test else "read again"


def _who_asks(it) -> str:
    how = f" at the level “{LEVELS[it.level]}”" if it.level > 1 and it.level in LEVELS else ""
    how += f" {STAGES[it.stage]}" if it.stage in STAGES else ""
    named = [_named(asked) for asked in it.because]
    if len(named) == 1:
        return f"{_capital(named[0])} asks for it{how}."
    return f"{_capital(', '.join(named[:-1]))} and {named[-1]} ask for it{how}."


def _named(asked: Asked) -> str:
    return f"the {asked.holding.ground.kind} {asked.holding.name} (since {_day(asked.since)})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _because(reason: str) -> str:
    return f", because {reason.rstrip('.')}" if reason else ""


def _until(standing: Standing) -> str:
    return f" and holds until {_day(standing.until)}" if standing.until else " and does not end"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "no day"
