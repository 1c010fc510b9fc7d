"""What was new in a month, as a reader may see it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from knowledge.models import BulletinOptOut, Edition, KnowledgePage, Process
from knowledge.permissions import visible_to
from people.directory import working
from people.models import Person

# What went wrong, and what was changed for it, comes first.
ORDER = ["lessons", "decisions", "briefs", "processes"]
OTHER = "On no process"


@dataclass(frozen=True)
class News:
    """A page of which there were new editions in the month, newest first."""

    page: KnowledgePage
    editions: list[Edition]
    processes: list[Process]

    @property
    def is_new(self):
        return any(edition.number == 1 for edition in self.editions)

    @property
    def title(self):
        return self.editions[0].title

    @property
    def summaries(self):
        return list(dict.fromkeys(edition.change_summary for edition in self.editions))


@dataclass(frozen=True)
class Part:
    """All the news of one kind, by process: [(name of the process, [News, …]), …]."""

    kind: str
    by_process: list[tuple[str, list[News]]]


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_before(day: date) -> date:
    return first_of_month(first_of_month(day) - timedelta(days=1))


def editions_of(month: date):
    """Those published in the month that begins on that day."""
    after = first_of_month(month + timedelta(days=31))
    return Edition.objects.without_content().filter(
        published_at__gte=_midnight(month), published_at__lt=_midnight(after)
    )


def whats_new(month: date, reader) -> list[Part]:
    """By kind, lessons first. Four queries, whatever there is."""
    editions: dict[int, list[Edition]] = {}
    for edition in editions_of(month).order_by("-number"):
        editions.setdefault(edition.page_id, []).append(edition)
    live = visible_to(KnowledgePage.objects.live(), reader)
    pages = [page.as_kind for page in live.filter(pk__in=list(editions)).with_kinds().order_by("number")]
    processes = _processes_of(pages, reader)
    news = [News(page, editions[page.pk], processes.get(page.pk, [])) for page in pages]
    return [Part(kind, _by_process(told)) for kind in ORDER if (told := _of_kind(news, kind))]


def recipients(*, on: date):
    """Who gets it by mail: everyone who works here and has an address, but for those who do not want it."""
    people = working(Person.objects.filter(is_active=True).exclude(email=""), on=on)
    return people.exclude(pk__in=BulletinOptOut.objects.filter(until=None).values("person"))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _processes_of(pages, reader):
    shown = {process.pk: process for process in visible_to(Process.objects.live(), reader).order_by("number")}
    links = KnowledgePage.processes.through.objects.filter(knowledgepage__in=[page.pk for page in pages])
    linked: dict[int, set[int]] = {}
    for page, process in links.values_list("knowledgepage_id", "process_id"):
        linked.setdefault(page, set()).add(process)
    return {page: [process for pk, process in shown.items() if pk in its] for page, its in linked.items()}


def _of_kind(news, kind):
    return [one for one in news if one.page._meta.verbose_name_plural == kind]


def _by_process(news):
    """Each once: under the first of its processes."""
    groups: dict[str, list[News]] = {}
    for one in news:
        groups.setdefault(one.processes[0].title if one.processes else OTHER, []).append(one)
    return sorted(groups.items(), key=lambda group: (group[0] == OTHER, group[0].casefold()))
