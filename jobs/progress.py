"""How far a job has come, told beside the database: what it writes there itself is seen by others only at its end."""

from django.core.cache import caches

KEPT = 60 * 60


def tell(key: str, done: int, total: int) -> None:
    caches["progress"].set(key, (done, total), KEPT)


def told(key: str) -> tuple[int, int] | None:
    return caches["progress"].get(key)
