"""Names that a file gives and no file has. Pure."""

from collections.abc import Iterable, Iterator


def missing(where: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name and name not in known:
            yield f"{where} names the {what} {name!r}, which no file has."
