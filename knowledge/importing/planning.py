"""In which order records are written, so that what one replaces is there before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from knowledge.importing.folder import Entry
from knowledge.importing.records import Kind, ParsedRecord


@dataclass(frozen=True)
class Plan:
    entries: tuple[Entry, ...]
    # By the file of a decision, the files of those that it replaces, whichever of the two says so.
    replaced: Mapping[str, tuple[str, ...]]
    # By file, those whose replacement would lead in a circle.
    circular: Mapping[str, tuple[str, ...]]


def plan(entries: Iterable[Entry]) -> Plan:
    by_file = {entry.reading.file: entry for entry in entries}
    replaced: dict[str, list[str]] = defaultdict(list)
    circular: dict[str, list[str]] = defaultdict(list)
    for old, new in _pairs(by_file):
        if old in replaced[new]:
            continue
        (circular if _leads_to(old, new, replaced) else replaced)[new].append(old)
    sorter = TopologicalSorter({file: replaced.get(file, ()) for file in by_file})
    ordered = tuple(by_file[file] for file in sorter.static_order())
    return Plan(ordered, {n: tuple(o) for n, o in replaced.items()}, {n: tuple(o) for n, o in circular.items()})


def _pairs(by_file: Mapping[str, Entry]) -> Iterable[tuple[str, str]]:
    decisions = [entry for entry in by_file.values() if _is_decision(entry)]
    # What the successor says of itself comes first: of two that name each other, it is the one believed.
    pairs = [(old, entry.reading.file) for entry in decisions for old in entry.resolved.supersedes]
    pairs += [(entry.reading.file, new) for entry in decisions for new in entry.resolved.superseded_by]
    return [pair for pair in dict.fromkeys(pairs) if all(_is_decision(by_file.get(file)) for file in pair)]


def _is_decision(entry: Entry | None) -> bool:
    return entry is not None and isinstance(entry.reading, ParsedRecord) and entry.reading.kind is Kind.DECISION


def _leads_to(start: str, goal: str, replaced: Mapping[str, list[str]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        file = waiting.pop()
        if file == goal:
            return True
        for older in replaced.get(file, ()):
            if older not in seen:
                seen.add(older)
                waiting.append(older)
    return False
