"""The whys of a lesson as the tree that they are. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass
class Branch:
    """Whys that each have one answer, from above to below; after the last of them the chain may part into branches."""

    links: list[tuple[int, Any]] = field(default_factory=list)
    branches: list["Branch"] = field(default_factory=list)


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


def branches_of(placed: Iterable[tuple[int, Any]]) -> list[Branch]:
    """The tree of whys with their depths, so that a chain goes straight down and only a parting goes aside."""
    return [_branch(part) for part in _parts(list(placed))]


def _parts(placed):
    """`placed` cut before each why that is as high as the first."""
    starts = [place for place, (depth, _) in enumerate(placed) if depth <= placed[0][0]]
    return [placed[start:end] for start, end in pairwise([*starts, len(placed)])]


def _branch(placed):
    branch = Branch()
    while placed:
        branch.links.append(placed[0])
        placed = placed[1:]
        parts = _parts(placed)
        if len(parts) > 1:
            branch.branches = [_branch(part) for part in parts]
            break
    return branch
