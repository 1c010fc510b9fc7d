"""The log's tree, read from the database in tiles of 256 hashes: whatever its size, few are read."""

from collections.abc import Iterable, Iterator
from functools import cache

from evidence.merkle import CompactRange, consistency_proof, inclusion_proof
from evidence.models import LogIndex, Subtree

TILE = 256


class Tree:
    """The log as it stood with `size` entries. It reads each tile once, so it is made anew for each question."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._tile = cache(self._read_tile)

    def compact(self) -> CompactRange:
        tree = CompactRange()
        for root, width in self._pieces(0, self.size):
            tree.append(root, width)
        return tree

    def root_between(self, start: int, end: int) -> bytes:
        tree = CompactRange()
        for root, width in self._pieces(start, end):
            tree.append(root, width)
        return tree.root()

    def inclusion(self, position: int) -> list[bytes]:
        return inclusion_proof(position, self.size, self.root_between)

    def consistency(self, older: int) -> list[bytes]:
        return consistency_proof(older, self.size, self.root_between)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[bytes, int]]:
        """The widest stored subtrees that [start, end) is made of, from left to right."""
        while start < end:
            height = 0
            while start % TILE ** (height + 1) == 0 and start + TILE ** (height + 1) <= end:
                height += 1
            width = TILE**height
            number = start // width
            yield self._tile(height, number // TILE)[number % TILE], width
            start += width

    def _read_tile(self, height: int, tile: int) -> list[bytes]:
        first, end = tile * TILE, (tile + 1) * TILE
        rows: Iterable[tuple[int, bytes | memoryview]]
        if height == 0:
            leaves = LogIndex.objects.filter(position__gte=first, position__lt=min(end, self.size))
            rows = leaves.order_by("position").values_list("position", "entry__leaf_hash")
        else:
            subtrees = Subtree.objects.filter(height=height, number__gte=first, number__lt=end)
            rows = subtrees.order_by("number").values_list("number", "root")
        hashes = [
            bytes(root)
            for number, (found, root) in enumerate(rows, first)
            if found == number and not isinstance(root, str)  # SQLite keeps text in any column
        ]
        if len(hashes) < min(TILE, self.size // TILE**height - first):
            raise TreeBroken(f"Hashes are missing between {first} and {end} at height {height} of the log's tree.")
        return hashes


class TreeBroken(LookupError):
    """The log's tables hold less than its last checkpoint says."""
