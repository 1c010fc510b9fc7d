"""Under which name an import finds a question again: its own identifier; where it has none, its file and its name."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from courses.importing.found import Found, Problem

LONGEST = 200
# Of the path: a file stays the same whether it or a folder around it is imported.
MOST_PARTS = 2


def source_of(path: Path) -> str:
    return "/".join(path.resolve().parts[-MOST_PARTS:]).lstrip("/")


def identified(
    questions: Iterable[Found], source: str, taken: Collection[str]
) -> Iterator[tuple[Found, str] | Problem]:
    """Each with its identifier, none of those `taken`; one whose own identifier is taken is not the same question."""
    met = set(taken)
    for found in questions:
        own = found.external_id
        if own and _short(own) in met:
            reason = f"Its identifier, {own[:80]}, is that of a question before it. Give each its own."
            yield Problem(found.label, found.line, reason)
            continue
        identifier = _short(own) if own else _free(_named(found, source), met)
        met.add(identifier)
        yield found, identifier


def _named(found: Found, source: str) -> str:
    name = found.name or hashlib.sha256(found.content.stem.encode()).hexdigest()[:12]
    return f"{source}#{found.category}/{name}" if found.category else f"{source}#{name}"


def _free(name: str, met: Collection[str]) -> str:
    """Of several with one name in a file, the second is its second also when the file is imported again."""
    number, identifier = 1, _short(name)
    while identifier in met:
        number += 1
        identifier = _short(f"{name}#{number}")
    return identifier


def _short(identifier: str) -> str:
    if len(identifier) <= LONGEST:
        return identifier
    return f"{identifier[: LONGEST - 17]}#{hashlib.sha256(identifier.encode()).hexdigest()[:16]}"
