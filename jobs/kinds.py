"""What each kind of job does. A room declares its own in a module named job_handlers.py."""

from collections.abc import Callable
from typing import Any

Progress = Callable[[int, int], None]
Handler = Callable[[dict[str, Any], Progress], None]

_handlers: dict[str, Handler] = {}


class UnknownKind(LookupError):
    """A job of a kind that no room handles."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Declare the handler of `kind`. It may be run twice for one job, so it must be idempotent."""

    def declare(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            raise ValueError(f"Two handlers for jobs of kind {kind!r}.")
        return handler

    return declare


def handler_of(kind: str) -> Handler:
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownKind(f"No room handles jobs of kind {kind!r}.") from None
