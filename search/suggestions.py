"""What was perhaps meant: each word that no title holds, replaced by the title word most like it. Pure."""

import re
from collections.abc import Collection

from search.engine.analysis import fold

_SHORTEST = 4
_LONG = 7
_LETTERS = re.compile(r"[^\W\d_]+")


def corrected(text: str, words: Collection[str]) -> str | None:
    """None where there is nothing to correct."""
    better = _LETTERS.sub(lambda found: _replacement(found.group(), words), text)
    return better if better != text else None


def _replacement(word: str, words: Collection[str]) -> str:
    typed = fold(word)
    if len(typed) < _SHORTEST or typed in words:
        return word
    allowed = 1 if len(typed) < _LONG else 2
    near = []
    for candidate in words:
        if abs(len(candidate) - len(typed)) <= allowed and candidate.isalpha():
            distance = edits(typed, candidate, allowed)
            if distance <= allowed:
                near.append((distance, candidate[0] != typed[0], candidate))
    return min(near)[2] if near else word


def edits(one: str, other: str, limit: int) -> int:
    """Letters put in, left out, exchanged or swapped with their neighbour. Beyond `limit` any larger number."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, last = last, current
    return last[-1]
