"""What readers propose: which parts of a page they may rewrite, what would change, and for whose answer it waits."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from knowledge.comparing import Fate, Piece, pieces_of
from knowledge.freezing import thawed
from knowledge.models import KnowledgePage, Suggestion
from knowledge.permissions import answers_unowned, visible_to
from people.directory import working
from people.models import Person

TEXTS = ("text", "markdown")
LONGEST_TEXT = 100_000
LONGEST_REASON = 2_000
LONGEST_TITLE = 255
NUMBER = re.compile(r"\b[A-Z]{3}-\d{4,}\b")


@dataclass(frozen=True)
class Part:
    """A part of an edition that a reader may rewrite."""

    name: str
    label: str
    kind: str
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

    then: list[Piece]
    proposed: list[Piece]
    edition: int
    now: list[Piece] | None = None


def versions(suggestion, *, with_draft) -> Versions | None:
    """None where the edition holds no such part. With the draft: what stands there, too, is not for every reader."""
    part = part_of(thawed(suggestion.edition), suggestion.field)
    if part is None:
        return None
    then = tidy(part.text)
    changed = pieces_of(then, suggestion.text)
    return Versions(
        then=[piece for piece in changed if piece.fate is not Fate.INSERTED],
        proposed=[piece for piece in changed if piece.fate is not Fate.DELETED],
        edition=suggestion.edition.number,
        now=_now(suggestion, then) if with_draft and not hasattr(suggestion, "answer") else None,
    )


def _now(suggestion, then):
    draft = suggestion.page.specific.get_latest_revision_as_object()
    now = tidy(getattr(draft, suggestion.field, "") or "")
    return None if now == then else [piece for piece in pieces_of(then, now) if piece.fate is not Fate.DELETED]


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
