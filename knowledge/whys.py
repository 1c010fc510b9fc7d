"""The whys of a lesson as the tree that they are."""

from collections.abc import Iterable
from typing import Any


def with_depths(whys: Iterable[Any]) -> list[tuple[int, Any]]:
    """Each why with its depth, counted from 1, in the order of reading.

    One that says no depth asks on from the one above it; one that says a depth begins a branch there, which can be no
    deeper than that.
    """
    placed: list[tuple[int, Any]] = []
    depth = 0
    for why in whys:
        depth = min(why.depth, depth + 1) if why.depth else depth + 1
        placed.append((depth, why))
    return placed
