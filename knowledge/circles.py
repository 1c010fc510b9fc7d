"""Whether a chain of things that replace each other would close."""

from collections.abc import Collection, Mapping


def circle(links: Mapping[int, Collection[int]], new: int, olds: Collection[int]) -> list[int]:
    """The shortest chain from `new` over one of `olds` back to `new`, both ends named; empty where there is none.

    `links` says of each what it replaces.
    """
    ways = [[new, old] for old in sorted(olds)]
    met = set(olds)
    for way in ways:
        if way[-1] == new:
            return way
        for older in sorted(set(links.get(way[-1], ())) - met):
            met.add(older)
            ways.append([*way, older])
    return []
