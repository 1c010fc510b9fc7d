"""What only other rooms know of knowledge at risk: each registers how to ask it, in a module risk_sources.py.

register_tests(find)     of a queryset of pages, which a question tests, and what one can do about the others
register_searches(find)  what was searched for between two moments and not found
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.risks import Act, Search


@dataclass(frozen=True)
class Tests:
    """By the keys of pages. `otherwise`: what one can do about any that is in neither."""

    tested: set[int]
    acts: dict[int, Act] = field(default_factory=dict)
    otherwise: Act | None = None

    def untested(self, pk: int) -> Act | None:
        return None if pk in self.tested else self.acts.get(pk, self.otherwise)


FindTests = Callable[..., Tests]
FindSearches = Callable[[datetime, datetime], list[Search]]

_tests: list[FindTests] = []
_searches: list[FindSearches] = []


def register_tests(find: FindTests) -> None:
    _register(_tests, find)


def register_searches(find: FindSearches) -> None:
    _register(_searches, find)


def tests_of(pages) -> Tests:
    """Where no room asks questions, nothing is said to be untested."""
    return _tests[0](pages) if _tests else Tests(set())


def searches_between(since: datetime, until: datetime) -> list[Search]:
    return _searches[0](since, until) if _searches else []


def _register(finders: list, find) -> None:
    if finders and finders[0] is not find:
        raise ValueError("Another room answers this already.")
    finders[:] = [find]
