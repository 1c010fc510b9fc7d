"""The Merkle tree of RFC 6962 section 2.1: hashes, roots, proofs and their verification. Pure: it reads no database.

A tree may be too large to hold, so a root and a proof are asked of a `Range`, the root of the leaves [start, end).
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Range = Callable[[int, int], bytes]


class ProofInvalid(ValueError):
    """The proof does not show what it is said to show."""


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """Just enough of a tree to append to it and to know its root: one hash for each one-bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[tuple[int, bytes]] = []

    def append(self, root: bytes, width: int = 1) -> list[tuple[int, bytes]]:
        """Append a leaf by its hash, or a full subtree of `width` leaves by its root, where one may begin.

        Returns the width and root of each full subtree that this completes, from narrow to wide.
        """
        if self.size % width:
            raise ValueError(f"A subtree of {width} cannot begin at {self.size}.")
        self.size += width
        completed = [(width, root)]
        while self._full and self._full[-1][0] == width:
            root, width = node_hash(self._full.pop()[1], root), width * 2
            completed.append((width, root))
        self._full.append((width, root))
        return completed

    def root(self) -> bytes:
        if not self._full:
            return EMPTY_ROOT
        root = self._full[-1][1]
        for _, left in reversed(self._full[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of leaf hashes."""
    tree = CompactRange()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def ranges_of(leaves: Sequence[bytes]) -> Range:
    """The Range of a tree small enough to be held as a sequence of its leaf hashes."""
    return lambda start, end: root_of(leaves[start:end])


def split(size: int) -> int:
    """The largest power of two smaller than `size` (RFC 6962's k)."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, ranges: Range) -> list[bytes]:
    """PATH(index, D[size])."""
    if not 0 <= index < size:
        raise ValueError(f"A log of {size} has no position {index}.")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            proof.append(ranges(middle, end))
            end = middle
        else:
            proof.append(ranges(start, middle))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, ranges: Range) -> list[bytes]:
    """PROOF(old, D[new])."""
    if not 0 < old <= new:
        raise ValueError(f"There is no consistency proof from {old} to {new}.")
    proof: list[bytes] = []
    start, end = 0, new
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            proof.append(ranges(middle, end))
            end = middle
        else:
            proof.append(ranges(start, middle))
            start = middle
    if start:
        proof.append(ranges(start, end))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise ProofInvalid unless `proof` shows that the leaf hash stands at `index` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofInvalid("the position is outside the tree")
    _must_be_hashes(leaf, root, *proof)
    node, last = index, size - 1
    for sibling in proof:
        if last == 0:
            raise ProofInvalid("the proof is too long")
        if node % 2 or node == last:
            leaf = node_hash(sibling, leaf)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            leaf = node_hash(leaf, sibling)
        node, last = node // 2, last // 2
    if last:
        raise ProofInvalid("the proof is too short")
    if leaf != root:
        raise ProofInvalid("the proof leads to another root")


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raise ProofInvalid unless `proof` shows that the old tree begins the new one (RFC 9162 section 2.1.4.2).

    The empty tree begins every tree and so proves nothing: it is refused.
    """
    if not 0 < old <= new:
        raise ProofInvalid("there is no consistency proof between these sizes")
    if old == new:
        if proof:
            raise ProofInvalid("a tree needs no proof that it begins itself")
        if old_root != new_root:
            raise ProofInvalid("two roots of one size differ")
        return
    _must_be_hashes(old_root, new_root, *proof)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise ProofInvalid("the proof is too short")
    _walk_consistency(old - 1, new - 1, path, old_root, new_root)


def _walk_consistency(node: int, last: int, path: list[bytes], old_root: bytes, new_root: bytes) -> None:
    while node % 2:
        node, last = node // 2, last // 2
    old_node = new_node = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofInvalid("the proof is too long")
        if node % 2 or node == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            new_node = node_hash(new_node, sibling)
        node, last = node // 2, last // 2
    if last:
        raise ProofInvalid("the proof is too short")
    if old_node != old_root:
        raise ProofInvalid("the proof leads to another old root")
    if new_node != new_root:
        raise ProofInvalid("the proof leads to another new root")


def _must_be_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise ProofInvalid("a hash is not 32 bytes long")
