"""Values from what a file gives, or a sentence on what is wrong there. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any


class ContentRefused(ValueError):
    """A file that does not say what it should."""


def made(kind: type, where: str, given: Mapping[str, Any], /, **more: Any) -> Any:
    """A value of that kind, or a sentence on what is missing from the file or is not known there."""
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()} | more
    known = {field.name for field in fields(kind)}
    wrong = [f"does not know {name!r}" for name in sorted(told.keys() - known)]
    wrong += [f"lacks {name!r}" for name in _needed(kind) if name not in told]
    if wrong:
        raise ContentRefused(f"{where}: a {kind.__name__} {' and '.join(wrong)} ({dict(given)}).")
    return kind(**told)


def all_made(kind: type, where: str, given: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(made(kind, where, one) for one in given)


def _needed(kind: type) -> Iterator[str]:
    return (it.name for it in fields(kind) if it.default is MISSING and it.default_factory is MISSING)
