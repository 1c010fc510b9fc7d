"""The text of a record in the fields of its page, and what is to be said of what did not fit."""

import re
from dataclasses import replace

from knowledge.importing import bodies
from knowledge.importing.bodies import Carried
from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.lessons import split_lesson
from knowledge.importing.outline import Outline, Syntax, plain
from knowledge.importing.records import Kind, ParsedRecord
from knowledge.importing.splitting import Split, split
from knowledge.importing.titles import Title
from knowledge.importing.vocabulary import CONSULTED, DATE, INFORMED, PEOPLE, STATUS, TITLE

_OWNER = ("owner", "owner email", "page owner", "content owner", "document owner", "owner slack", "maintainer")
_INTERVAL = ("review in", "review every", "review interval", "review months", "review cycle", "review period")
_REVIEWED = ("last reviewed on", "last reviewed", "last review", "reviewed on", "reviewed", "review date")
_TEMPLATE_CODE = re.compile(r"<%.{0,2000}?%>|\{%.{0,2000}?%\}|\{\{.{0,2000}?\}\}", re.S)
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\(|<img\b|^\.\. (?:image|figure)::|^image::?\S", re.M)


def filled(record: ParsedRecord, text: str, front: FrontMatter, outline: Outline, title: Title) -> ParsedRecord:
    carried = _carried(record)
    whole = bodies.text_of(text, outline, title)
    told = _split(record.kind, text, outline, title, carried)
    body = bodies.with_front(whole if told.whole_because else told.rest, front, carried)
    record = replace(record, body=body, texts=told.texts, options=told.options, whys=told.whys)
    if record.kind is Kind.BRIEF:
        record = replace(record, owner=front.first(*_OWNER), review_months=_months(front.first(*_INTERVAL)))
    return replace(record, notes=tuple(_notes(record, told, text, front, carried)))


def _split(kind: Kind, text: str, outline: Outline, title: Title, carried: Carried) -> Split:
    if kind is Kind.BRIEF:
        return Split(whole_because="its text is one field")
    if outline.syntax is not Syntax.MARKDOWN:
        return Split(whole_because=f"{_NAMES[outline.syntax]} is kept as the literal text that it is")
    lines, headings = bodies.lines_below_title(text, outline, title)
    if kind is Kind.LESSON:
        return split_lesson(lines, headings)
    return split(
        lines,
        headings,
        lambda section: bodies.section_is_carried(section, carried),
        lambda above: bodies.without_carried_lines(above, carried),
    )


_NAMES = {Syntax.RST: "reStructuredText", Syntax.ASCIIDOC: "AsciiDoc"}


def _carried(record: ParsedRecord) -> Carried:
    if record.kind is not Kind.DECISION:
        return {TITLE: record.title, DATE: str(record.date or "") if record.kind is Kind.LESSON else ""}
    return {
        TITLE: record.title,
        STATUS: record.status or "",
        DATE: str(record.date or ""),
        PEOPLE: " ".join(record.decision_makers),
        CONSULTED: " ".join(record.consulted),
        INFORMED: " ".join(record.informed),
    }


def _months(interval: str) -> int | None:
    """Of "6 months", "1 year" or "90 days", the months, from 1 to 60."""
    match = re.match(r"\W*(\d{1,4})\s*(day|week|month|year|$)", interval.casefold())
    if not match:
        return None
    months = round(int(match[1]) * {"day": 1 / 30, "week": 7 / 30, "year": 12}.get(match[2], 1))
    return months if 1 <= months <= 60 else None


def _notes(record: ParsedRecord, told: Split, text: str, front: FrontMatter, carried: Carried):
    if record.kind is not Kind.BRIEF and told.whole_because:
        yield f"Its text is kept whole, because {told.whole_because}."
    elif told.kept:
        yield f"Kept as text, since no field is called so: {_listed(told.kept)}."
    if kept := bodies.kept_of_front(front, carried):
        yield f"Kept as text from its front matter: {_listed(kept)}."
    if record.number is not None and record.kind is Kind.DECISION:
        yield f"Its number there, {record.number}, is not its number here."
    if record.kind is Kind.DECISION and record.status is None:
        yield "It states no status."
    if _TEMPLATE_CODE.search(text):
        yield "Template code in it stands as it was written."
    if pictures := len(_PICTURE.findall(text)):
        yield f"Its pictures ({pictures}) were not brought in; the text says where they were."
    if reviewed := front.first(*_REVIEWED):
        yield f"It was last reviewed on {plain(reviewed)[:40]}; here its review counts from the import."


def _listed(names) -> str:
    said = [f"“{plain(name)[:60]}”" for name in dict.fromkeys(names)]
    more = f" and {len(said) - 8} more" if len(said) > 8 else ""
    return ", ".join(said[:8]) + more
