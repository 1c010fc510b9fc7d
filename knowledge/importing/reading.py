"""One file, read: bytes in, a record or a reason out."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from knowledge.importing import dates, front_matter, kinds, titles
from knowledge.importing.contents import filled
from knowledge.importing.decoding import Unreadable, decode
from knowledge.importing.fields import Fields, dated, gather, header, names
from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.outline import Outline, outline, plain, syntax_of
from knowledge.importing.records import Kind, NotARecord, ParsedRecord
from knowledge.importing.relations import Relations, relations
from knowledge.importing.statuses import status_of
from knowledge.importing.titles import Title, name_of, stem_of
from knowledge.importing.vocabulary import (
    CHANGED,
    CHANGELOG,
    CONSULTED,
    DATE,
    INFORMED,
    NUMBER,
    PASSIVE,
    PEOPLE,
    STATUS,
    fold,
)


@dataclass(frozen=True)
class Draft:
    """A file taken apart, before it is known what kind of record it is."""

    file: str
    text: str
    front: FrontMatter
    outline: Outline
    fields: Fields
    title: Title

    @cached_property
    def evident_kind(self) -> Kind | None:
        return kinds.evident_kind(self.file, self.title.text, self.fields, self.outline)


def read_record(data: bytes, file: str, kind: Kind | None = None) -> ParsedRecord | NotARecord:
    """One file without its folder; `kind` None is told by the file itself, and a brief where it tells nothing."""
    draft = take_apart(data, file)
    if isinstance(draft, NotARecord):
        return draft
    return put_together(draft, kind or draft.evident_kind or Kind.BRIEF)


def take_apart(data: bytes, file: str) -> Draft | NotARecord:
    try:
        front, text = front_matter.split(decode(data))
    except Unreadable as reason:
        return NotARecord(file, str(reason))
    shape = outline(text, syntax_of(file))
    fields = gather(front, shape)
    if problem := kinds.no_record_because(file, fields, shape):
        return NotARecord(file, problem)
    return Draft(file, text, front, shape, fields, titles.title_of(file, front, shape))


def put_together(draft: Draft, kind: Kind, *, day_first: bool = True) -> ParsedRecord:
    status = _status(draft)
    related = (
        relations(draft.front, draft.fields, draft.outline, status) if kind is Kind.DECISION else Relations((), ())
    )
    if status in {None, "accepted", "proposed"} and related.superseded_by:
        status = "superseded"
    number = name_of(draft.file).number
    record = ParsedRecord(
        file=draft.file,
        kind=kind,
        title=draft.title.text,
        body="",
        number=number if number is not None else _own_number(draft),
        status=status if kind is Kind.DECISION else None,
        date=_date(draft, day_first=day_first),
        decision_makers=names(draft.fields.get(PEOPLE, [])),
        consulted=names(draft.fields.get(CONSULTED, [])),
        informed=names(draft.fields.get(INFORMED, [])),
        supersedes=related.supersedes,
        superseded_by=related.superseded_by,
        names=_names(draft),
    )
    return filled(record, draft.text, draft.front, draft.outline, draft.title)


def _status(draft: Draft) -> str | None:
    stated = [status for value in draft.fields.get(STATUS, []) if (status := status_of(value))]
    if "superseded" in stated:
        return "superseded"
    if stated:
        return stated[0]
    if draft.title.status:
        return draft.title.status
    alone = [line for line in header(draft.outline) if line.strip() and len(line) < 120]
    told = next((status_of(line) for line in alone if PASSIVE.search(fold(plain(line)))), None)
    return told or _tagged(draft.front)


def _tagged(front: FrontMatter) -> str | None:
    return next(
        (status for tag in front.values.get("tags", []) if len(tag.split()) == 1 and (status := status_of(tag))), None
    )


def _own_number(draft: Draft) -> int | None:
    if draft.title.number is not None:
        return draft.title.number
    for value in draft.fields.get(NUMBER, []):
        if match := re.search(r"(?<!\d)(\d{1,6})(?!\d)", plain(value)):
            return int(match[1])
    return None


def _date(draft: Draft, *, day_first: bool) -> dt.date | None:
    fields = draft.fields
    for value in [*dated(fields, DATE), *dated(fields, CHANGED), *dated(fields, STATUS)]:
        if found := dates.find_dates(value, day_first=day_first):
            return found[-1] if "[x]" in value.lower() else found[0]
    logged = [date for value in dated(fields, CHANGELOG) for date in dates.find_dates(value, day_first=day_first)]
    if logged:
        return max(logged)
    name = name_of(draft.file)
    return dates.date_in_name(name.dated) or dates.date_in_name(stem_of(draft.file))


_LABEL = re.compile(r"\s*(?:\.\. _([^:`]{1,100}):|\[\[([^\]]{1,100})\]\]|\[#([\w-]{1,100})\])\s*$")


def _names(draft: Draft) -> tuple[str, ...]:
    labels = [next(filter(None, match.groups())) for line in draft.outline.lines if (match := _LABEL.match(line))]
    slug = draft.front.first("slug", "id", "permalink")
    return tuple(dict.fromkeys([*([slug] if slug else []), *labels[:20]]))
