"""Which pages are to be looked at, by whom, and because of what. How that is judged: knowledge/reviewing.py."""

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest, NullIf, Trim
from django.utils import timezone

from knowledge.models import Citation, Edition, KnowledgePage, LessonLearned, Significance, Verification
from knowledge.permissions import visible_to
from knowledge.reviewing import TO_LOOK_AT, Review, review_state
from people.directory import working
from people.models import Person

Linked = KnowledgePage.processes.through
# What happened, as _sources() calls it, where a lesson did.
LESSONS = ("lesson", "lesson on it")


@dataclass(frozen=True)
class Look:
    """What a page rests on and that changed since someone looked at the page."""

    page: KnowledgePage
    words: str
    now: Edition
    # What was in force when it was looked at; None where that is nothing, or another page.
    before: Edition | None = None


@dataclass(frozen=True)
class Standing:
    page: KnowledgePage
    review: Review
    looks: list[Look] = field(default_factory=list)


def with_reviews(pages, *, on):
    """Of these pages those with an edition in force, each with what its state is derived from. One query.

    For a few pages: each looks at all others of its processes, to find the lessons among them.
    """
    return _noting(_with_dates(pages, on=on), _sources())


def all_with_reviews(pages, *, on) -> list:
    """The same for any number of pages, in three queries: the lessons are found once for each process."""
    links: dict[int, list[int]] = {}
    for page, process in Linked.objects.filter(knowledgepage__in=pages.values("pk")).values_list(
        "knowledgepage", "process"
    ):
        links.setdefault(page, []).append(process)
    lessons = LessonLearned.objects.filter(editions__significance=Significance.MAJOR)
    latest = dict(lessons.exclude(processes=None).values_list("processes").annotate(Max("editions__published_at")))
    others = {what: rows for what, rows in _sources().items() if what not in LESSONS}
    found = list(_noting(_with_dates(pages, on=on).annotate(lesson=F("lessonlearned")), others))
    for page in found:
        processes = [page.pk] if page.lesson else [page.pk, *links.get(page.pk, [])]
        page.has_looks = page.has_looks or any(
            latest[process] > page.last_looked_at for process in processes if process in latest
        )
    return found


def _with_dates(pages, *, on):
    verifications = Verification.objects.filter(page=OuterRef("pk"))
    editions = Edition.objects.current().filter(page=OuterRef("pk"))
    here = working(Person.objects.all(), on=on)
    found = (
        # What another decision took the place of is kept to be read, not to be kept true.
        pages.with_standing()
        .filter(live=True, is_superseded=False)
        .annotate(
            verified_at=Subquery(verifications.values("at")[:1]),
            verified_by=Subquery(verifications.annotate(name=_name_of("by")).values("name")[:1]),
            in_force_since=Subquery(editions.values("published_at")[:1]),
            edition_in_force=Subquery(editions.values("pk")[:1]),
        )
        .exclude(in_force_since=None)
    )
    return found.annotate(
        last_looked_at=Greatest(Coalesce("verified_at", "in_force_since"), "in_force_since"),
        is_answered_for=Exists(here.filter(pk=OuterRef("accountable")))
        | Exists(here.filter(deputy_for=OuterRef("pk"))),
    )


def _noting(found, sources):
    looks = (source.filter(of=OuterRef("pk"), at__gt=OuterRef("last_looked_at")) for source in sources.values())
    return found.annotate(has_looks=reduce(or_, (Exists(rows) for rows in looks)))


def review_of(page, *, on: date) -> Review:
    """Of a page found `with_reviews`."""
    return review_state(
        owner_active=page.is_answered_for,
        last_looked=timezone.localdate(page.last_looked_at),
        review_months=page.review_months,
        on=on,
        looks=page.has_looks,
    )


def answered_for_by(person):
    """The pages of which someone is the owner or a deputy."""
    deputies = KnowledgePage.deputies.through.objects.filter(knowledgepage=OuterRef("pk"), person=person.pk)
    return KnowledgePage.objects.filter(Q(accountable=person.pk) | Exists(deputies))


def standings(pages, reader, *, on) -> list[Standing]:
    """How each of these pages stands that `reader` may see, the most pressing first; without what changed."""
    found = all_with_reviews(visible_to(pages, reader).select_related("accountable"), on=on)
    return sorted((Standing(page, review_of(page, on=on)) for page in found), key=lambda one: one.review.urgency)


def count_to_look_at(person, *, on) -> int:
    """How many of their pages wait for a look."""
    return sum(one.review.state in TO_LOOK_AT for one in standings(answered_for_by(person), person, on=on))


def with_looks(shown: list[Standing], reader) -> list[Standing]:
    """The same with what changed, as far as `reader` may see that. Three queries, however many they are."""
    looks = looks_for([one.page for one in shown], reader)
    return [Standing(one.page, one.review, looks.get(one.page.pk, [])) for one in shown]


def looks_for(pages, reader) -> dict[int, list[Look]]:
    """By page, what each rests on and that changed since it was looked at. Of pages found `with_reviews`."""
    since = {page.pk: page.last_looked_at for page in pages if page.has_looks}
    if not since:
        return {}
    changes = [row for row in _changes(since) if row[2] > since[row[0]]]
    editions = _editions_of({page for _, _, _, changed, by in changes for page in (changed, by)}, reader)
    looks: dict[int, dict[int, Look]] = {}
    for page, what, _, changed, by in changes:
        if changed in editions and by in editions:
            looks.setdefault(page, {})[changed] = _look(what, editions[changed], editions[by], since[page])
    return {page: sorted(of.values(), key=lambda look: look.page.number) for page, of in looks.items()}


def _changes(since):
    """(page, what, when, what changed, by whose edition) of each change since the earliest look."""
    rows = [
        source.filter(of__in=list(since), at__gt=min(since.values())).values_list(
            "of", Value(what), "at", "changed", "by_edition_of"
        )
        for what, source in _sources().items()
    ]
    return rows[0].union(*rows[1:])


def _look(what, of_changed, of_other, since) -> Look:
    if what == "superseded":
        new = of_other[-1]
        words = f"was superseded by {new.page.number}, {new.title}"
        return Look(of_changed[-1].page, words, new)
    before = next((edition for edition in reversed(of_changed) if edition.published_at <= since), None)
    now = next(edition for edition in reversed(of_changed) if edition.significance == Significance.MAJOR)
    return Look(now.page, "was published" if before is None else f"changed: {now.change_summary}", now, before)


def _editions_of(page_ids, reader):
    """The editions of each page that `reader` may see, the oldest first."""
    seen = visible_to(KnowledgePage.objects.filter(pk__in=page_ids), reader)
    editions: dict[int, list[Edition]] = {}
    found = Edition.objects.without_content().filter(page__in=seen).select_related("page").order_by("number")
    for edition in found:
        editions.setdefault(edition.page_id, []).append(edition)
    return editions


def _sources():
    """By what happened: rows that say of which page (`of`) something that it rests on (`changed`) did so, and when."""
    replaced = "cited__decisionrecord__replacements"
    not_lessons = Linked.objects.filter(knowledgepage__lessonlearned=None)
    return {
        "process": _major(Linked.objects, "knowledgepage", "process").filter(number__gt=1),
        "cited": _major(Citation.objects, "citing", "cited").filter(number__gt=1),
        "lesson": _lessons(not_lessons, "knowledgepage", "process__linked_pages"),
        "lesson on it": _lessons(Linked.objects, "process", "knowledgepage"),
        "superseded": Citation.objects.annotate(
            of=F("citing"),
            changed=F("cited"),
            by_edition_of=F(f"{replaced}__new"),
            at=F(f"{replaced}__at"),
            ended=F(f"{replaced}__ended_at"),
        ).filter(at__isnull=False, ended=None),
    }


def _major(links, page, other):
    """The major editions of what stands at the `other` end of each link."""
    return links.annotate(
        of=F(page),
        changed=F(other),
        by_edition_of=F(other),
        at=F(f"{other}__editions__published_at"),
        number=F(f"{other}__editions__number"),
        significance=F(f"{other}__editions__significance"),
    ).filter(significance=Significance.MAJOR)


def _lessons(links, page, other):
    """Of what stands there, the lessons: a first edition counts, too."""
    return _major(links, page, other).annotate(lesson=F(f"{other}__lessonlearned")).filter(lesson__isnull=False)


def _name_of(person):
    """As Person says it."""
    full = Trim(Concat(f"{person}__first_name", Value(" "), f"{person}__last_name"))
    return Coalesce(NullIf(full, Value("")), f"{person}__username")
