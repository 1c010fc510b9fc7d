"""How a sample is drawn, and how large one should be (ISO 19011:2018, A.6). Pure: it reads no database.

The draw can be repeated by anyone: the seed is SHA-256(root of the checkpoint, auditor's number), an entry's rank is
SHA-256(seed, leaf hash), and the sample is the entries of the smallest ranks. The root fixes the population before the
auditor's number fixes the seed.
"""

import hashlib
import heapq
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

MOST = 2000


def seed_of(root: bytes, auditor_number: str) -> bytes:
    return hashlib.sha256(root + auditor_number.encode()).digest()


def rank_of(seed: bytes, leaf_hash: bytes) -> bytes:
    return hashlib.sha256(seed + leaf_hash).digest()


class Draw:
    """One pass over a population's leaf hashes, in the order of the log: what it was, and what was drawn from it."""

    def __init__(self, population: Iterable[bytes], seed: bytes, size: int) -> None:
        self.population_size = 0
        self._digest = hashlib.sha256()
        self.drawn = heapq.nsmallest(size, self._counted(population), key=lambda leaf: rank_of(seed, leaf))

    def _counted(self, population: Iterable[bytes]) -> Iterable[bytes]:
        for leaf_hash in population:
            self.population_size += 1
            self._digest.update(leaf_hash)
            yield leaf_hash

    @property
    def population_hash(self) -> str:
        return self._digest.hexdigest()


def suggested_size(population: int, *, confidence: int, tolerable: int) -> int:
    """Smallest sample that, if nothing is wrong in it, shows with `confidence` % that under `tolerable` % is wrong.

    The hypergeometric c = 0 plan: least n with C(N - D, n) / C(N, n) <= 1 - confidence, D = N * tolerable rounded up.
    """
    wrong = ceil(Fraction(population * tolerable, 100))
    missed, risk, size = Fraction(1), 1 - Fraction(confidence, 100), 0
    while missed > risk and size < population:
        missed *= Fraction(population - wrong - size, population - size)
        size += 1
    return size
