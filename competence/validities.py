"""What is asked about validities by more than one action."""

from competence.models import Validity
from competence.renewal import WITH_PERIOD, Mode
from people.refusals import Refused


def check(validity: Validity) -> None:
    if validity.mode in WITH_PERIOD and (validity.months is None or validity.months < 1):
        raise Refused("A proof must hold for at least one month. Leave it empty if it does not end.")
    if validity.mode == Mode.CALENDAR and not (validity.month and validity.day):
        raise Refused("Say on which day of which month a proof ends.")


def facts_of(validity: Validity) -> dict[str, str | int | None]:
    return {
        "validity": validity.pk,
        "since": validity.since.isoformat(),
        "mode": str(validity.mode),
        "months": validity.months,
        "month": validity.month,
        "day": validity.day,
        "window_days": validity.window_days,
        "minimum_days": validity.minimum_days,
    }


def in_words(validity: Validity) -> str:
    """“12 months from completion”, to stand after “A proof of it holds for”, or “does not end”."""
    months = f"{validity.months} month{'' if validity.months == 1 else 's'}"
    return {
        Mode.NONE: "without an end",
        Mode.FROM_COMPLETION: f"{months} from its completion",
        Mode.FROM_EXPIRY: f"{months} from the end of the last one",
        Mode.FIXED: f"{months} from a fixed day",
        Mode.CALENDAR: f"to {validity.day}/{validity.month} of a year",
    }[Mode(validity.mode)]
