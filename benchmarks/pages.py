"""Processor time that a request of each main page costs, beside the same server's empty page."""

import re

from benchmarks.server import Reader, cpu_seconds, serving

REQUESTS = 200
WARM_UP = 20
SHELVES = ("processes", "briefs", "decisions", "lessons", "courses")
PASSWORD = "a-stone-upon-a-stone"  # noqa: S105 a house that lives for a minute on loopback
PREPARE = f"""
from django.core.management import call_command
from django.utils import timezone
from config.first_day import furnish
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
print(dict(furnish(at=timezone.now(), new_password=lambda: {PASSWORD!r}))["administrator"][0])
"""


def main() -> None:
    with serving(PREPARE) as house:
        reader = Reader(house.port, house.said.split()[-1], PASSWORD)
        empty = _cost(reader, house.pid, "/empty-page/")
        print(f"{'page':<18} {'processor ms':>12} {'empty page = 1':>15}")
        print(f"{'empty':<18} {empty:>12.2f} {1:>15.1f}")
        for name, path in _pages(reader).items():
            cost = _cost(reader, house.pid, path)
            print(f"{name:<18} {cost:>12.2f} {cost / empty:>15.1f}", flush=True)


def _pages(reader: Reader) -> dict[str, str]:
    shelves = {
        "process": "processes",
        "brief": "briefs",
        "decision": "decisions",
        "lesson": "lessons",
        "course": "courses",
    }
    one_of_each = {name: _first_on(reader, f"/{shelf}/") for name, shelf in shelves.items()}
    return {
        "home": "/",
        "all briefs": "/briefs/",
        **{f"one of {shelf}": path for shelf, path in one_of_each.items()},
        "search": "/search/?q=battery",
        "my learning": "/learning/",
        "matrix": "/competence/",
        "audit room": "/evidence/",
    }


def _first_on(reader: Reader, shelf: str) -> str:
    _, html = reader.get(shelf)
    return re.findall(rf'href="({shelf}[^"/]+/)"', html)[0]


def _cost(reader: Reader, pid: int, path: str) -> float:
    """Milliseconds of processor time a request."""
    for _ in range(WARM_UP):
        status, _ = reader.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}.")
    before = cpu_seconds(pid)
    for _ in range(REQUESTS):
        reader.get(path)
    return (cpu_seconds(pid) - before) / REQUESTS * 1000


if __name__ == "__main__":
    main()
