"""What readers propose: which parts of a page they may rewrite, what would change, and for whose answer it waits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Exists, OuterRef, Q

from knowledge.freezing import thawed
from knowledge.models import KnowledgePage, Suggestion
from knowledge.permissions import answers_unowned, visible_to
from people.directory import working
from people.models import Person

TEXTS = ("text", "markdown")
LONGEST_TEXT = 100_000
LONGEST_REASON = 2_000
LONGEST_TITLE = 255
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
NUMBER = re.compile(r"\b[A-Z]{3}-\d{4,}\b")


@dataclass(frozen=True)
class Part:
    """A part of an edition that a reader may rewrite."""

    name: str
    label: str
    kind: str
    text: str


@dataclass(frozen=True)
class Run:
    """Words that stand in both texts ("both"), in the old one alone ("old") or in the new one ("new")."""

    where: str
    text: str


def parts_of(copy) -> list[Part]:
    """Of a thawed copy: the parts that are text, first those in which something stands."""
    parts = [
        Part(one["name"], one["label"], one["kind"], one["value"]) for one in copy["parts"] if one["kind"] in TEXTS
    ]
    return sorted(parts, key=lambda part: not part.text)


def part_of(copy, name) -> Part | None:
    return next((part for part in parts_of(copy) if part.name == name), None)


def tidy(text) -> str:
    """As it is kept: lines end as Python ends them, and nothing blank stands around it."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def runs(old, new) -> list[Run]:
    """What became of each word, in the order of reading. Lines first, so that long texts cost little."""
    found = list(_runs(_lines(old), _lines(new), deeper=_word_runs))
    joined: list[Run] = []
    for run in found:
        if joined and joined[-1].where == run.where:
            joined[-1] = Run(run.where, joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return joined


def _lines(text):
    return text.splitlines(keepends=True)


def _word_runs(old, new):
    yield from _runs(WORDS.findall(old), WORDS.findall(new), deeper=None)


def _runs(old, new, *, deeper) -> Iterator[Run]:
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, becomes = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            yield Run("both", was)
        elif kind == "replace" and deeper:
            yield from deeper(was, becomes)
        else:
            yield Run("old", was)
            yield Run("new", becomes)


def credited(summary, who, part, *, longest) -> str:
    """`summary` with whose proposal was taken up, as far as there is room."""
    credit = f"{part}: as suggested by {who}."
    for words in (f"{summary} {credit}".strip(), credit, summary):
        if len(words) <= longest:
            return words
    return credit[:longest]


def made_by(person):
    """Each with whether they may still see the page that it is about (`sees_page`)."""
    seen = visible_to(KnowledgePage.objects.all(), person).filter(pk=OuterRef("page"))
    return _with_names(Suggestion.objects.filter(by=person.pk)).annotate(sees_page=Exists(seen))


def waiting_for(person, *, on):
    """What waits for the answer of `person`, the oldest first: on the pages that they answer for, and to process owners
    what nobody else who works here would answer."""
    here = working(Person.objects.all(), on=on)
    theirs: Any = Q()
    for page in ("page", "process"):
        deputies = KnowledgePage.deputies.through.objects.filter(knowledgepage=OuterRef(page), person=person.pk)
        theirs |= Q(**{f"{page}__accountable": person.pk}) | Exists(deputies)
    if answers_unowned(person):
        owners = here.filter(Q(accountable_for=OuterRef("page")) | Q(accountable_for=OuterRef("process")))
        deputies = here.filter(Q(deputy_for=OuterRef("page")) | Q(deputy_for=OuterRef("process")))
        theirs |= ~Exists(owners) & ~Exists(deputies)
    seen = visible_to(KnowledgePage.objects.all(), person).values("pk")
    about_seen = Q(page__in=seen) | Q(page=None) & (Q(process=None) | Q(process__in=seen))
    waiting = Suggestion.objects.filter(theirs, about_seen, answer=None)
    return _with_names(waiting).order_by("at", "pk")


def _with_names(suggestions):
    return suggestions.select_related("page", "process", "by", "answer", "answer__by", "edition").defer(
        "edition__content"
    )


@dataclass(frozen=True)
class Versions:
    """A proposal beside what it would change, word by word. `now` is there where the text has changed since."""

    then: list[Run]
    proposed: list[Run]
    edition: int
    now: list[Run] | None = None


def versions(suggestion, *, with_draft) -> Versions | None:
    """None where the edition holds no such part. With the draft: what stands there, too, is not for every reader."""
    part = part_of(thawed(suggestion.edition), suggestion.field)
    if part is None:
        return None
    then = tidy(part.text)
    changed = runs(then, suggestion.text)
    return Versions(
        then=[run for run in changed if run.where != "new"],
        proposed=[run for run in changed if run.where != "old"],
        edition=suggestion.edition.number,
        now=_now(suggestion, then) if with_draft and not hasattr(suggestion, "answer") else None,
    )


def _now(suggestion, then):
    draft = suggestion.page.specific.get_latest_revision_as_object()
    now = tidy(getattr(draft, suggestion.field, "") or "")
    return None if now == then else [run for run in runs(then, now) if run.where != "old"]


def begun_pages(suggestions, reader) -> dict[int, KnowledgePage]:
    """By suggestion of a missing page: the page that its answer names, once it is there for `reader`."""
    numbers = {
        one.pk: found[0]
        for one in suggestions
        if one.page_id is None and hasattr(one, "answer") and (found := NUMBER.findall(one.answer.words))
    }
    if not numbers:
        return {}
    live = visible_to(KnowledgePage.objects.live().filter(number__in=set(numbers.values())), reader)
    pages = {page.number: page for page in live}
    return {pk: pages[number] for pk, number in numbers.items() if number in pages}
