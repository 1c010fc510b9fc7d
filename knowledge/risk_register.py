"""What is at risk of what each process knows, as a reader may see it. How that is judged: knowledge/risks.py."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from knowledge.models import Edition, KnowledgePage, Process, Reading, TrainingImpact
from knowledge.models.pages import PageTag
from knowledge.permissions import may_know_who_leaves, visible_to
from knowledge.reviewing import months_after
from knowledge.reviews import all_with_reviews
from knowledge.risk_sources import searches_between, tests_of
from knowledge.risks import Expert, Finding, Kind, Known, Search, attributed, findings, words_of

SEARCHED_FOR = timedelta(days=90)
Linked = KnowledgePage.processes.through


@dataclass(frozen=True)
class AtRisk:
    page: KnowledgePage
    findings: list[Finding]


@dataclass
class Register:
    """Of one process: how many pages it has, those with a finding, and what was searched for in vain."""

    process: Process
    pages: int = 0
    at_risk: list[AtRisk] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)

    @property
    def share(self) -> float:
        return len(self.at_risk) / self.pages if self.pages else 0

    @property
    def by_kind(self) -> list[tuple[Kind, list[tuple[KnowledgePage, Finding]]]]:
        pairs = [(each.page, finding) for each in self.at_risk for finding in each.findings]
        groups = [(kind, [pair for pair in pairs if pair[1].kind == kind]) for kind in Kind]
        return [(kind, found) for kind, found in groups if found]

    @property
    def counts(self) -> dict[Kind, int]:
        """The pages with a finding of each kind."""
        kinds = [{finding.kind for finding in each.findings} for each in self.at_risk]
        return {kind: sum(kind in found for found in kinds) for kind in Kind}

    @property
    def weightiest(self) -> tuple[Kind, int] | None:
        found = {kind: count for kind, count in self.counts.items() if count}
        return max(found.items(), key=lambda pair: pair[1]) if found else None


def registers(processes, reader, *, on: date) -> tuple[list[Register], list[Search]]:
    """One for each of these processes, the worst first, and the searches that belong to none of them.

    `reader` None: of all pages, for what is kept. Whoever may not know who leaves is not told so here.
    As many queries for many pages and processes as for one.
    """
    found = {process.pk: Register(process) for process in _seen(processes, reader)}
    links = Linked.objects.filter(process__in=list(found))
    pages = _seen(KnowledgePage.objects.live().filter(pk__in=links.values("knowledgepage")), reader)
    processes_of = defaultdict(list)
    for page, process in links.values_list("knowledgepage", "process"):
        processes_of[page].append(process)
    kinds = [kind for kind in Kind if kind != Kind.LEAVING or reader is None or may_know_who_leaves(reader)]
    for each in _assessed(pages, kinds, on=on):
        for process in processes_of[each.page.pk]:
            found[process].pages += 1
            if each.findings:
                found[process].at_risk.append(each)
    by_process, of_none = attributed(_searches(on), _words(found, pages, processes_of))
    for pk, searches in by_process.items():
        found[pk].searches = searches
    worst = sorted(found.values(), key=lambda one: (-one.share, -len(one.at_risk), one.process.number))
    return worst, of_none


def register_of(pk: int, reader, *, on: date) -> Register | None:
    """None where there is no such process that `reader` may see."""
    found, _ = registers(Process.objects.live().filter(pk=pk), reader, on=on)
    return found[0] if found else None


def _seen(pages, reader):
    return pages if reader is None else visible_to(pages, reader)


def _assessed(pages, kinds, *, on) -> Iterable[AtRisk]:
    """A decision whose place another has taken is history, and no longer knowledge that one could lose."""
    pages = pages.with_standing().filter(is_superseded=False)
    experts, tests = _experts(pages), tests_of(pages)
    for page in sorted(all_with_reviews(_with_readings(pages), on=on), key=lambda page: page.number):
        known = Known(
            pk=page.pk,
            review_due=months_after(timezone.localdate(page.last_looked_at), page.review_months),
            asked_to_be_read=timezone.localdate(page.asked_at or page.in_force_since),
            is_acknowledged=page.is_acknowledged,
            experts=experts[page.pk],
            untested=tests.untested(page.pk),
        )
        yield AtRisk(page, [finding for finding in findings(known, on=on) if finding.kind in kinds])


def _with_readings(pages):
    """A change that nobody had to read leaves what was read before it read."""
    asking = Edition.objects.filter(page=OuterRef("pk")).exclude(training_impact=TrainingImpact.NONE)
    said = Reading.objects.filter(kind=Reading.Kind.ACKNOWLEDGED, edition__page=OuterRef("pk"))
    later = Edition.objects.filter(page=OuterRef("edition__page"), number__gt=OuterRef("edition__number"))
    in_vain = later.exclude(training_impact=TrainingImpact.NONE)
    return pages.annotate(
        asked_at=Subquery(asking.values("published_at")[:1]),
        is_acknowledged=Exists(said.exclude(person=F("edition__author")).exclude(Exists(in_vain))),
    )


def _experts(pages) -> defaultdict[int, list[Expert]]:
    experts = defaultdict(list)
    rows = KnowledgePage.experts.through.objects.filter(knowledgepage__in=pages.values("pk")).select_related("person")
    for row in rows.order_by("person__last_name", "person"):
        person = row.person
        experts[row.knowledgepage_id].append(Expert(person.pk, str(person), person.last_day, person.is_active))
    return experts


def _searches(on) -> list[Search]:
    until = timezone.make_aware(datetime.combine(on, time.min)) + timedelta(days=1)
    return searches_between(until - SEARCHED_FOR, until)


def _words(found, pages, processes_of) -> dict[int, frozenset[str]]:
    """By process, the words of its title and of the tags of its pages."""
    tags = defaultdict(set)
    tagged = PageTag.objects.filter(content_object__in=pages.values("pk"))
    for page, name in tagged.values_list("content_object", "tag__name"):
        for process in processes_of[page]:
            tags[process].add(name)
    return {pk: words_of(" ".join([one.process.title, *tags[pk]])) for pk, one in found.items()}
