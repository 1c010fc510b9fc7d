"""What a record is linked to, as its small picture shows it: a few of each kind of link, all visible to the reader."""

from dataclasses import dataclass
from itertools import chain, zip_longest

from django.db.models import Value

from knowledge.drawing import Link, LinksPicture, Rect, draw_links, wrapped
from knowledge.drawing.links import NARROW_WIDTH, ON_A_SIDE, SPINE, WIDTH
from knowledge.models import (
    Citation,
    KnowledgePage,
    LessonLearned,
    LessonMark,
    LessonState,
    LessonStep,
    Process,
    Supersession,
)
from knowledge.permissions import visible_to

# In the order in which they are shown: what a link is called, and whether it leads to what came before.
WORDS = {
    "part_of": ("Part of", True),
    "process": ("Belongs to", True),
    "fed_by": ("Fed by", True),
    "supersedes": ("Supersedes", True),
    "repeats": ("Repeats", True),
    "cites": ("Cites", True),
    "considers": ("Weighs", True),
    "answers": ("Changed for", True),
    "superseded_by": ("Superseded by", False),
    "repeated_in": ("Happened again in", False),
    "answered_by": ("Led to a change of", False),
    "feeds": ("Feeds", False),
    "part": ("Has as a part", False),
    "cited_in": ("Cited in", False),
    "weighed_in": ("Weighed in", False),
    "known": ("Has", False),
}


@dataclass(frozen=True)
class Linked:
    """A page at the other end of one or more links. `kind` names it and its mark."""

    page: KnowledgePage
    kind: str
    words: str
    wide: Rect
    narrow: Rect
    wide_title: list[str]
    narrow_title: list[str]


@dataclass(frozen=True)
class LinksAround:
    own: list[str]
    own_narrow: list[str]
    wide: LinksPicture
    narrow: LinksPicture
    nodes: list[Linked]
    more: int


def links_around(page, reader) -> LinksAround | None:
    """None where nothing is linked that the reader may see."""
    words = _links(page)
    visible = visible_to(KnowledgePage.objects.live().filter(pk__in=words), reader)
    pages = visible.select_related("content_type").order_by("number").in_bulk()
    links = {pk: names for pk, names in words.items() if pk in pages}
    shown = [link for side in (True, False) for link in _a_few(links, side)]
    if not shown:
        return None
    wide, narrow = (draw_links(shown, own=page.pk, is_narrow=it) for it in (False, True))
    return LinksAround(
        own=wrapped(page.title, width=WIDTH - 24, size=15, lines=2),
        own_narrow=wrapped(page.title, width=NARROW_WIDTH - SPINE - 24, size=15, lines=2),
        wide=wide,
        narrow=narrow,
        nodes=[_linked(link, pages[link.key], wide, narrow) for link in shown],
        more=len(links) - len(shown),
    )


def _links(page) -> dict[int, list[str]]:
    """By page, the names of its links (as in WORDS), in their order; all asked in one query."""
    of_kind = _of_process(page) if isinstance(page, Process) else _of_others(page)
    citations, steps = Citation.objects, LessonStep.objects.filter(state=LessonState.ACTIONED)
    of_all = [
        ("process", KnowledgePage.processes.through.objects.filter(knowledgepage=page.pk), "process"),
        ("cites", citations.filter(citing=page.pk), "cited"),
        ("cited_in", citations.filter(cited=page.pk), "citing"),
        ("answers", steps.filter(edition__page=page.pk), "lesson"),
    ]
    asked = [rows.order_by().values_list(field, Value(name)) for name, rows, field in [*of_all, *of_kind]]
    found: dict[int, list[str]] = {}
    for other, name in asked[0].union(*asked[1:]):
        if other != page.pk:
            found.setdefault(other, []).append(name)
    order = list(WORDS)
    return {other: sorted(names, key=order.index) for other, names in found.items()}


def _of_process(page):
    feeds = Process.feeds.through.objects
    return [
        ("part_of", Process.objects.filter(sub_processes=page.pk), "pk"),
        ("part", Process.objects.filter(part_of=page.pk), "pk"),
        ("fed_by", feeds.filter(to_process=page.pk), "from_process"),
        ("feeds", feeds.filter(from_process=page.pk), "to_process"),
        ("known", KnowledgePage.processes.through.objects.filter(process=page.pk), "knowledgepage"),
    ]


def _of_others(page):
    standing, marks = Supersession.objects.standing(), LessonMark.objects
    actioned = LessonStep.objects.filter(state=LessonState.ACTIONED, edition__isnull=False)
    return [
        ("supersedes", standing.filter(new=page.pk), "old"),
        ("superseded_by", standing.filter(old=page.pk), "new"),
        ("repeats", LessonLearned.objects.filter(recurrences=page.pk), "pk"),
        ("repeated_in", LessonLearned.objects.filter(recurrence_of=page.pk), "pk"),
        ("considers", marks.filter(decision=page.pk), "lesson"),
        ("weighed_in", marks.filter(lesson=page.pk), "decision"),
        ("answered_by", actioned.filter(lesson=page.pk), "edition__page"),
    ]


def _a_few(links: dict[int, list[str]], is_before: bool) -> list[Link]:
    """Of one side, the first of each kind of link, then the second of each, and so on; shown kind by kind."""
    by_name: dict[str, list[int]] = {name: [] for name, (_, before) in WORDS.items() if before == is_before}
    for pk, names in links.items():
        if names[0] in by_name:
            by_name[names[0]].append(pk)
    turns = chain.from_iterable(zip_longest(*by_name.values()))
    chosen = set([pk for pk in turns if pk is not None][:ON_A_SIDE])
    return [
        Link(pk, ", ".join(WORDS[name][0] for name in links[pk]).capitalize(), is_before)
        for pks in by_name.values()
        for pk in pks
        if pk in chosen
    ]


def _linked(link: Link, page, wide: LinksPicture, narrow: LinksPicture) -> Linked:
    return Linked(
        page=page,
        kind=page.content_type.model_class()._meta.verbose_name,
        words=link.words,
        wide=wide.boxes[link.key],
        narrow=narrow.boxes[link.key],
        wide_title=wrapped(page.title, width=WIDTH - 24, size=15, lines=2),
        narrow_title=wrapped(page.title, width=NARROW_WIDTH - SPINE - 24, size=15, lines=2),
    )
