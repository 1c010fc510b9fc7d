"""States in words and tones: the same on every page, in a mail and in a file."""

from datetime import date

from competence.obligations import URGENCY as URGENCY
from competence.obligations import Obligation, State

# By how far someone has come in it; a role may ask for any.
LEVELS = {1: "with guidance", 2: "on one’s own", 3: "able to teach it"}

# The weeks of someone's first that requirements name.
STAGES = {1: "in the first week", 2: "in the second week", 3: "in the third week"}

WORDS = {
    State.OVERDUE: "Overdue",
    State.DUE: "Due",
    State.AWAY: "On leave",
    State.RENEWAL: "To be renewed",
    State.COMPETENT: "Competent",
    State.WAIVED: "Waived",
}
TONES = {
    State.OVERDUE: "bad",
    State.DUE: "warn",
    State.RENEWAL: "info",
    State.COMPETENT: "ok",
    State.AWAY: "neutral",
    State.WAIVED: "neutral",
}


def when(obligation: Obligation) -> tuple[str, date | None]:
    """The day that matters in this state, and the word before it."""
    if obligation.until:
        return "until", obligation.until
    if obligation.due is None:
        return "" if obligation.state is State.AWAY else "without an end", None
    return "was due" if obligation.state is State.OVERDUE else "by", obligation.due
