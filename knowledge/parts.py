"""The values of a frozen copy's parts (knowledge/freezing.py) in words. Pure."""

from datetime import date

from django.utils.dateformat import format as in_words

FLAG_WORDS = {True: "Yes", False: "No"}


def lines_of(text) -> list[str]:
    """What stands one a line."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def day_in_words(value: str) -> str:
    return in_words(date.fromisoformat(value), "j F Y") if value else ""


def nested(rows) -> list[tuple[str, list]]:
    """[depth from 1, text] in the order of reading as [(text, [those below it]), …]."""
    roots: list[tuple[str, list]] = []
    open_lists: list[list] = [roots]
    for depth, text in rows:
        del open_lists[max(1, min(depth, len(open_lists))) :]
        below: list = []
        open_lists[-1].append((text, below))
        open_lists.append(below)
    return roots
