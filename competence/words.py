"""States in words and tones: the same on every page, in a mail and in a file."""

from datetime import date

from competence.obligations import Obligation, State

WORDS = {
    State.OVERDUE: "Overdue",
    State.DUE: "Due",
    State.RENEWAL: "To be renewed",
    State.COMPETENT: "Competent",
}
TONES = {
    State.OVERDUE: "bad",
    State.DUE: "warn",
    State.RENEWAL: "info",
    State.COMPETENT: "ok",
}
# What is most urgent comes first.
URGENCY = {state: place for place, state in enumerate(WORDS)}


def when(obligation: Obligation) -> tuple[str, date | None]:
    """The day that matters in this state, and the word before it."""
    if obligation.until:
        return "until", obligation.until
    if obligation.state == State.COMPETENT:
        return "without an end", None
    return ("by" if obligation.state == State.DUE else "was due"), obligation.due
