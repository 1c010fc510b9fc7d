"""The values of a frozen copy's parts (knowledge/freezing.py) in words. Pure."""

from datetime import date

from django.utils.dateformat import format as in_words

FLAG_WORDS = {True: "Yes", False: "No"}


def lines_of(text) -> list[str]:
    """What stands one a line."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def day_in_words(value: str) -> str:
    return in_words(date.fromisoformat(value), "j F Y") if value else ""
