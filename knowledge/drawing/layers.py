"""Boxes in columns, so that lines run from left to right and cross little (after Sugiyama, Tagawa and Toda, 1981)."""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[int, int]
SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Bend:
    """Where a line passes through a column in which neither of its boxes stands."""

    line: Edge
    column: int


Item = int | Bend


def against_the_flow(keys: Sequence[int], edges: Iterable[Edge]) -> set[Edge]:
    """Few edges without which there is no circle (after Eades, Lin and Smyth, 1993)."""
    left = dict.fromkeys(keys)
    open_edges = {edge for edge in edges if edge[0] != edge[1]}
    first: list[int] = []
    last: list[int] = []
    while left:
        gives, takes = (Counter(edge[end] for edge in open_edges) for end in (0, 1))
        end = next((key for key in left if not gives[key]), None)
        if end is not None:
            last.append(end)
        else:
            end = _freest(left, gives, takes)
            first.append(end)
        del left[end]
        open_edges = {edge for edge in open_edges if end not in edge}
    place = {key: at for at, key in enumerate([*first, *reversed(last)])}
    return {(source, target) for source, target in edges if place[source] >= place[target]}


def columns_of(keys: Sequence[int], edges: Iterable[Edge], *, room: int | None = None) -> dict[int, int]:
    """The column of each, right of all that lead to it. No column takes more than `room`. `edges` hold no circle."""
    before, waiting, after = defaultdict(list), dict.fromkeys(keys, 0), _after(edges)
    for source, targets in after.items():
        for target in targets:
            before[target].append(source)
            waiting[target] += 1
    column: dict[int, int] = {}
    taken: dict[int, int] = defaultdict(int)
    ready = [key for key in keys if not waiting[key]]
    while ready:
        key = ready.pop(0)
        at = max((column[source] + 1 for source in before[key]), default=0)
        while room and taken[at] >= room:
            at += 1
        column[key] = at
        taken[at] += 1
        for target in after[key]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return column


def ordered(columns: Sequence[Sequence[Item]], steps: Iterable[tuple[Item, Item]]) -> list[list[Item]]:
    """Each column from top to bottom: swept to and fro, each item to the mean of those it is joined to."""
    joined = _joined(steps)
    now = [list(column) for column in columns]
    best, fewest = now, crossings(now, joined)
    for sweep in range(SWEEPS):
        now = [list(column) for column in now]
        onward = range(1, len(now)) if sweep % 2 == 0 else range(len(now) - 2, -1, -1)
        for at in onward:
            _sweep(now[at], now[at - 1 if sweep % 2 == 0 else at + 1], joined)
        count = crossings(now, joined)
        if count < fewest:
            best, fewest = now, count
    return best


def crossings(columns: Sequence[Sequence[Item]], joined: Mapping[Item, set[Item]]) -> int:
    total = 0
    for left, right in pairwise(columns):
        place = {item: index for index, item in enumerate(right)}
        ends = [index for item in left for index in sorted(place[other] for other in joined[item] if other in place)]
        before: list[int] = []
        for end in ends:
            total += len(before) - bisect_right(before, end)
            insort(before, end)
    return total


def _sweep(column: list[Item], beside: Sequence[Item], joined: Mapping[Item, set[Item]]) -> None:
    place = {item: index for index, item in enumerate(beside)}
    wanted = {}
    for index, item in enumerate(column):
        seen = [place[other] for other in joined[item] if other in place]
        wanted[item] = sum(seen) / len(seen) if seen else float(index)
    column.sort(key=wanted.__getitem__)


def spread(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """The tops nearest to those wanted, in the same order, at least `gap` apart (least squares, pooling neighbours)."""
    offset, offsets = 0.0, []
    for height in heights:
        offsets.append(offset)
        offset += height + gap
    pools: list[tuple[float, int]] = []
    for want, above in zip(wanted, offsets, strict=True):
        total, count = want - above, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, number = pools.pop()
            total, count = total + more, count + number
        pools.append((total, count))
    level = [round(total / count, 1) for total, count in pools for _ in range(count)]
    return [base + above for base, above in zip(level, offsets, strict=True)]


def _freest(keys: Iterable[int], gives: Counter[int], takes: Counter[int]) -> int:
    return max(keys, key=lambda key: (not takes[key], gives[key] - takes[key]))


def _after(edges: Iterable[Edge]) -> dict[int, list[int]]:
    after: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        after[source].append(target)
    return after


def _joined(steps: Iterable[tuple[Item, Item]]) -> Mapping[Item, set[Item]]:
    joined: dict[Item, set[Item]] = defaultdict(set)
    for left, right in steps:
        joined[left].add(right)
        joined[right].add(left)
    return joined
