"""What is at risk as rows of a table: evidence for ISO 9001 7.1.6."""

from collections.abc import Iterator

from knowledge.risk_register import Register
from knowledge.risks import Kind, Search

SEARCHED = "Searched for and not found"


def lines_of_all(registers: list[Register], of_none: list[Search]) -> Iterator[list]:
    yield ["Number", "Process", "Pages", "At risk", *(kind.heading for kind in Kind), SEARCHED]
    for one in registers:
        counts = [one.counts[kind] for kind in Kind]
        yield [one.process.number, one.process.title, one.pages, len(one.at_risk), *counts, _texts(one.searches)]
    if of_none:
        yield ["", "On no process", "", "", *("" for _ in Kind), _texts(of_none)]


def lines_of_one(register: Register) -> Iterator[list]:
    yield ["Number", "Page", "Finding", "In words", "Who"]
    for kind, found in register.by_kind:
        for page, finding in found:
            yield [page.number, page.title, kind.heading, finding.words, finding.who]
    for search in register.searches:
        yield ["", search.text, SEARCHED, f"{search.times} times, last on {search.last.isoformat()}", ""]


def _texts(searches: list[Search]) -> str:
    return "; ".join(f"{search.text} ({search.times})" for search in searches)
