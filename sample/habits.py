"""Chance that comes out the same at each loading: drawn from names, not from a generator. Pure."""

from zlib import crc32


def draw(low: int, high: int, *names: object) -> int:
    """A number from `low` to `high`, both included."""
    if high <= low:
        return low
    return low + crc32("|".join(map(str, names)).encode()) % (high - low + 1)


def one_in(count: int, *names: object) -> bool:
    return draw(1, count, *names) == 1
