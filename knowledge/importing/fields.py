"""The fields that a record states above or beside its text: status, date, people, what it replaces.

They are found in front matter, in lists (`- Status: x`), bold labels, tables, RST field lists, AsciiDoc attributes,
and in sections of that name.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.outline import Heading, Outline, Syntax, plain
from knowledge.importing.vocabulary import DATE, LABEL_OF, PART_OF, PEOPLE, UNSPACED, fold

# Fields stand near the top; a list that names a status further down is about something else.
HEADER_LINES = 60

Fields = dict[str, list[str]]

_LEAD = r"\s*(?:>\s*)?(?:[-*+•]\s+|\d{1,2}[.)]\s+)?(?:\[[ x]\]\s+)?(?:[^\w\s<>|*_`:.\[({-]{1,3}\s*)?"
_FIELD = re.compile(_LEAD + r"[*_`]{0,3}([^\W\d_][^:：|*_`\n]{0,40}?)[*_`]{0,3}\s*(?:::|[:：])[*_`]{0,3}(?:\s+(.*)|)$")
_TIGHT_FIELD = re.compile(_LEAD + r"[*_`]{0,3}([^\W\d_][^:：|*_`\n]{0,40}?)[*_`]{0,3}\s*[:：][*_`]{0,3}(\S.*)$")
_MARKED_FIELD = re.compile(r"\s*:([^\W\d_][^:\n]{0,40}):(?:\s+(.*)|)$")
_NOT_LETTERS = re.compile(r"^[\W\d_]+|[\W_]+$")
_BRACKETED = re.compile(r"\s*[(（]([^()（）]{1,40})[)）]?\s*")
# One line may hold several fields: **Status:** Accepted | **Date:** 2024-05-01
_SIDE_BY_SIDE = re.compile(r"\s+[|·•]\s+|<br\s*/?>|\s{2,}(?=\*\*)")
_ITEM = re.compile(r"\s*[-*+•]\s+(.+)$")


def label_of(text: str) -> str | None:
    """Which field a heading or the first words of a line name; "ステータス (Status)" names one twice."""
    words = plain(text)
    bracketed = _BRACKETED.search(words)
    for candidate in (words, _BRACKETED.sub("", words), bracketed[1] if bracketed else ""):
        if label := LABEL_OF.get(fold(_NOT_LETTERS.sub("", candidate))):
            return label
    return None


def part_of(text: str, *, outright: bool = False) -> str | None:
    """Which part of a decision record a heading opens by its first words, or `outright` by little more than those."""
    words = fold(re.sub(r"^[\W\d_]+", "", plain(text)))
    if UNSPACED.match(words):
        return next(
            (PART_OF[phrase] for phrase in PART_OF if UNSPACED.match(phrase) and words.startswith(phrase)), None
        )
    spoken = [word.strip(":,.()") for word in words.split()]
    for size in range(min(4, len(spoken)), 0, -1):
        part = PART_OF.get(" ".join(spoken[:size]))
        if part and not (outright and len(spoken) - size > _MORE_WORDS[part == "decision"]):
            return part
    return None


# How many words may follow: "Context and problem statement", "Pros and cons of the options", but only "Decision".
_MORE_WORDS = {True: 0, False: 3}


def gather(front: FrontMatter, outline: Outline) -> Fields:
    """The values of each field, the most trustworthy first: front matter, then the header, then sections."""
    fields: Fields = defaultdict(list)
    for key, values in front.values.items():
        if label := LABEL_OF.get(key):
            fields[label] += [", ".join(values)] if label != PEOPLE else values
    for label, value in [*_header_fields(outline), *_section_fields(outline)]:
        if value.strip():
            fields[label].append(value)
    return dict(fields)


def header(outline: Outline) -> list[str]:
    """The lines above the first part of the record, but for a title and headings that name a field."""
    end = next((h.line for h in outline.headings if _opens_the_text(h, outline)), len(outline.lines))
    return list(outline.lines[: min(end, HEADER_LINES)])


def _opens_the_text(heading: Heading, outline: Outline) -> bool:
    if label_of(heading.text) or _FIELD.match(plain(heading.text)):
        return False
    if part_of(heading.text):
        return True
    return heading.line > 0 and heading.level > 1 and heading is not outline.headings[0]


def _header_fields(outline: Outline) -> Iterator[tuple[str, str]]:
    lines = header(outline)
    yield from _table_fields(lines)
    if outline.syntax is Syntax.RST:
        yield from _rst_fields(lines)
    for index, line in enumerate(lines):
        if line.lstrip().startswith("|"):
            continue
        for named in named_values(line, outline.syntax):
            if named:
                yield named[0], named[1] or _nested(lines[index + 1 :])


_RULED = re.compile(r"={2,}(?:\s+={2,})+\s*$")
_TWO_CELLS = re.compile(r"(\S(?:.{0,38}?\S)?)\s{2,}(\S.*)$")
_ADMONITION = re.compile(r"\.\. admonition:: (.{1,60})$")


def _rst_fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Rows of a simple table, and what stands indented under a field's name."""
    ruled = False
    for index, line in enumerate(lines):
        ruled = ruled != bool(_RULED.match(line)) if _RULED.match(line) else ruled and bool(line.strip())
        row = _TWO_CELLS.match(line) if ruled else None
        if row and (label := label_of(row[1])):
            yield label, row[2]
        named = _ADMONITION.match(line)
        if named and (label := label_of(named[1])):
            yield label, " ".join(each.strip() for each in lines[index + 1 : index + 6] if each.startswith(" "))
        elif line.rstrip().endswith(":") and not line.startswith((" ", ":")) and (label := label_of(line)):
            below = lines[index + 1] if index + 1 < len(lines) else ""
            if below.startswith((" ", "\t")) and below.strip():
                yield label, below.strip()


def named_values(line: str, syntax: Syntax) -> list[tuple[str, str] | None]:
    """The fields that a line states side by side, each with its value; None for a piece that states none."""
    pieces = _SIDE_BY_SIDE.split(line.lstrip("#= ") if line.startswith(("#", "==")) else line)
    return [_named_value(piece, syntax) for piece in pieces]


def _named_value(line: str, syntax: Syntax) -> tuple[str, str] | None:
    patterns = [_FIELD, _TIGHT_FIELD] if syntax is Syntax.MARKDOWN else [_MARKED_FIELD, _FIELD, _TIGHT_FIELD]
    for pattern in patterns:
        if (match := pattern.match(line)) and (label := label_of(match[1])):
            return label, (match[2] or "").strip()
    return None


def _nested(lines: list[str]) -> str:
    """The list below a label that has no value on its own line."""
    items: list[str] = []
    for line in lines:
        match = _ITEM.match(line)
        if not match or _FIELD.match(line):
            if line.strip() or items:
                break
            continue
        items.append(match[1].strip())
    return ", ".join(items)


def _table_fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    rows = [_cells(line) for line in lines if line.lstrip().startswith("|")]
    rows = [row for row in rows if not all(re.fullmatch(r":?[-=]*:?", cell) for cell in row)]
    if len(rows) > 1 and len(rows[0]) > 1 and all(label_of(cell) for cell in rows[0][:2]):
        rows = [list(pair) for pair in zip(rows[0], rows[1], strict=False)]
    singles = [row[0] for row in rows if len(row) == 1] + [match[1] for line in lines if (match := _LISTED.match(line))]
    rows += [list(pair) for pair in pairwise(singles)]
    rows += [[match[1], match[2]] for match in _HTML_ROW.finditer("\n".join(lines))]
    for row in rows:
        if len(row) > 1 and (label := label_of(row[0])) and not label_of(row[1]):
            yield label, row[1]


# A cell of a reStructuredText list table, and two of an HTML one.
_LISTED = re.compile(r"\s+(?:\* )?- (\S.*)$")
_HTML_ROW = re.compile(
    r"<t[hd]\b[^>]{0,80}>\s*([^<>]{1,40}?)\s*</t[hd]>\s*<td\b[^>]{0,80}>\s*([^<>]{1,200}?)\s*</td>", re.I
)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _section_fields(outline: Outline) -> Iterator[tuple[str, str]]:
    for index, heading in enumerate(outline.headings):
        if label := label_of(heading.text):
            yield label, "\n".join(outline.section(index)).strip()


_NAMES_APART = re.compile(r"\s*(?:[,;\n]|<br\s*/?>|\s&\s|\sand\s|\set\s|\sund\s|\sog\s|\soch\s|\sy\s)\s*")


def names(values: list[str]) -> tuple[str, ...]:
    """The people whom a field names, each once."""
    found = []
    for value in values[:5]:
        for part in _NAMES_APART.split(value[:2000]):
            name = plain(part.strip(" -*+•[]{}\t"))
            if name and len(name) <= 80 and name not in found and not part.lstrip().startswith(("{", "[list")):
                found.append(name)
    return tuple(found[:50])


def dated(fields: Fields, *labels: str) -> list[str]:
    return [value for label in labels or (DATE,) for value in fields.get(label, [])]
