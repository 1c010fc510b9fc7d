"""What is known of a process at a glance: its pages, its people, and the processes around it."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from knowledge.lessons import NEW, STATES
from knowledge.lessons import TONES as LESSON_TONES
from knowledge.models import DecisionStatus, KnowledgePage, LessonStep, Process
from knowledge.permissions import visible_to

# So many of each kind stand on the page of a process; the rest stand on their shelf.
SHOWN = 10
PAGES_A_PERSON = 5

IN_FORCE = Q(decisionrecord__status=DecisionStatus.ACCEPTED, is_superseded=False)
# What a page is to its process. A decision that is not in force is past, or yet to come.
GROUP = Case(
    When(knowledgebrief__isnull=False, then=Value("briefs")),
    When(IN_FORCE, then=Value("decisions")),
    When(decisionrecord__isnull=False, then=Value("others")),
    When(lessonlearned__isnull=False, then=Value("lessons")),
    default=Value("processes"),
)
LAST_STEP = LessonStep.objects.filter(lesson=OuterRef("pk")).order_by("-at", "-pk")


@dataclass
class Known:
    """Pages of one kind: the first of them, and how many there are."""

    pages: list[KnowledgePage] = field(default_factory=list)
    total: int = 0

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.pages)


@dataclass(frozen=True)
class Knower:
    """Someone whom one can ask about a process, and what they are an expert of."""

    person: object
    pages: list[KnowledgePage]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.pages)


@dataclass(frozen=True)
class Around:
    """The processes beside one, as a reader may see them."""

    part_of: list[Process]
    parts: list[Process]
    fed_by: list[Process]
    feeds: list[Process]

    def __bool__(self) -> bool:
        return bool(self.part_of or self.parts or self.fed_by or self.feeds)


@dataclass(frozen=True)
class Overview:
    known: dict[str, Known]
    knowers: list[Knower]
    around: Around


def overview(process, reader) -> Overview:
    return Overview(known=_known(process, reader), knowers=_knowers(process, reader), around=_around(process, reader))


def in_groups(pages):
    """Of a queryset of pages, each with the `group` that it belongs to on its process."""
    return pages.with_standing().annotate(group=GROUP)


def _known(process, reader) -> dict[str, Known]:
    pages = in_groups(visible_to(KnowledgePage.objects.live().filter(processes=process.pk), reader)).annotate(
        of_group=Window(Count("pk"), partition_by=F("group")),
        place=Window(RowNumber(), partition_by=F("group"), order_by="number"),
        summary=F("knowledgebrief__summary"),
        status=F("decisionrecord__status"),
        state=Coalesce(Subquery(LAST_STEP.values("state")[:1]), Value(NEW)),
    )
    known = {group: Known() for group in ("briefs", "decisions", "others", "lessons", "processes")}
    for page in pages.filter(place__lte=SHOWN).order_by("number"):
        _say_how_it_stands(page)
        known[page.group].pages.append(page)
        known[page.group].total = page.of_group
    return known


def _say_how_it_stands(page) -> None:
    page.word = page.standing = ""
    if page.group == "lessons":
        page.word, page.lesson_tone = STATES[page.state], LESSON_TONES[page.state]
    elif page.group == "others":
        page.standing = DecisionStatus.SUPERSEDED if page.is_superseded else page.status
        page.word = DecisionStatus(page.standing).label if page.standing else "No status"


def _knowers(process, reader) -> list[Knower]:
    """Who works here and is named as an expert of the process or of a page of it; those of most pages first."""
    pages = KnowledgePage.objects.live().filter(Q(pk=process.pk) | Q(processes=process.pk))
    experts = KnowledgePage.experts.through.objects.filter(
        knowledgepage__in=visible_to(pages, reader).values("pk"), person__is_active=True
    ).annotate(
        of_person=Window(Count("pk"), partition_by=F("person")),
        place=Window(RowNumber(), partition_by=F("person"), order_by="knowledgepage__number"),
    )
    knowers: dict[int, Knower] = {}
    for row in experts.filter(place__lte=PAGES_A_PERSON).select_related("person", "knowledgepage").order_by("place"):
        knowers.setdefault(row.person_id, Knower(row.person, [], row.of_person)).pages.append(row.knowledgepage)
    return sorted(knowers.values(), key=lambda knower: (-knower.total, str(knower.person)))


def _around(process, reader) -> Around:
    feed = Process.feeds.through.objects
    beside = Process.objects.live().annotate(
        is_above=Case(When(pk=process.part_of_id or 0, then=True), default=False),
        is_part=Case(When(part_of=process.pk or 0, then=True), default=False),
        does_feed=Exists(feed.filter(from_process=OuterRef("pk"), to_process=process.pk)),
        is_fed=Exists(feed.filter(from_process=process.pk, to_process=OuterRef("pk"))),
    )
    beside = beside.filter(Q(is_above=True) | Q(is_part=True) | Q(does_feed=True) | Q(is_fed=True))
    found = list(visible_to(beside, reader).defer("body").order_by("number"))
    return Around(
        part_of=[each for each in found if each.is_above],
        parts=[each for each in found if each.is_part],
        fed_by=[each for each in found if each.does_feed],
        feeds=[each for each in found if each.is_fed],
    )
