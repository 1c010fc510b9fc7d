"""The map of all processes that a reader may see: what is drawn, and the same as a list."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from knowledge.drawing import Map, Rect, draw_map, wrapped
from knowledge.drawing.nesting import WIDTH, parents_of
from knowledge.models import KnowledgePage, Process
from knowledge.permissions import visible_to
from knowledge.processes import in_groups

INSIDE = WIDTH - 28


@dataclass
class Mapped:
    """A process as the map shows it: where, in which lines of text, and with how much known of it."""

    process: Process
    rect: Rect
    title: list[str]
    owner: str
    briefs: int
    decisions: int
    lessons: int
    feeds: list[Process]
    parts: list["Mapped"] = field(default_factory=list)

    @property
    def is_unowned(self) -> bool:
        return self.process.accountable_id is None


@dataclass(frozen=True)
class ProcessMap:
    picture: Map
    # The outer ones first, so that those inside are drawn over them.
    boxes: list[Mapped]
    # Those that are part of none, each with its parts.
    tree: list[Mapped]


def process_map(reader) -> ProcessMap:
    visible = visible_to(Process.objects.live(), reader).select_related("accountable").defer("body").order_by("number")
    processes = {process.pk: process for process in visible}
    feeds = [pair for pair in _feeds() if set(pair) <= processes.keys()]
    part_of = {process.pk: process.part_of_id for process in processes.values()}
    picture = draw_map(list(processes), part_of, feeds)
    known = _counts(reader)
    mapped = {
        pk: _mapped(process, picture, known[pk], [processes[target] for source, target in feeds if source == pk])
        for pk, process in processes.items()
    }
    parents = parents_of(list(processes), part_of)
    for pk, parent in parents.items():
        if parent is not None:
            mapped[parent].parts.append(mapped[pk])
    tree = [mapped[pk] for pk, parent in parents.items() if parent is None]
    return ProcessMap(picture, list(_outer_first(tree)), tree)


def _feeds() -> list[tuple[int, int]]:
    through = Process.feeds.through.objects
    return list(
        through.order_by("from_process__number", "to_process__number").values_list("from_process", "to_process")
    )


def _counts(reader) -> Mapping[int, Counter]:
    pages = in_groups(visible_to(KnowledgePage.objects.live().filter(processes__isnull=False), reader))
    known: Mapping[int, Counter] = defaultdict(Counter)
    for process, group, count in pages.order_by().values_list("processes", "group").annotate(count=Count("pk")):
        known[process][group] += count
    return known


def _mapped(process, picture: Map, known: Counter, feeds: list[Process]) -> Mapped:
    owner = str(process.accountable) if process.accountable else "No owner"
    return Mapped(
        process=process,
        rect=picture.boxes[process.pk],
        title=wrapped(process.title, width=INSIDE, size=16, lines=2),
        owner=next(iter(wrapped(owner, width=INSIDE, size=12.5, lines=1)), ""),
        briefs=known["briefs"],
        decisions=known["decisions"],
        lessons=known["lessons"],
        feeds=feeds,
    )


def _outer_first(tree: list[Mapped]):
    for mapped in tree:
        yield mapped
        yield from _outer_first(mapped.parts)
