"""The text that a page keeps: the record's own, untouched, but for a heading that became its title."""

import re

from knowledge.importing.fields import named_values
from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.outline import Heading, Outline, Syntax
from knowledge.importing.sections import Lines, Section, joined
from knowledge.importing.titles import Title
from knowledge.importing.vocabulary import LABEL_OF, fold

# What a page's title holds.
LONGEST_TITLE = 255

# What fields of the page will show, by label.
Carried = dict[str, str]


def text_of(text: str, outline: Outline, title: Title) -> str:
    """The text without a heading that became the title; other markup than Markdown as the literal text that it is."""
    if outline.syntax is not Syntax.MARKDOWN:
        return fenced(text, outline.syntax)
    heading = _heading_that_is_title(outline, title)
    if heading is None:
        return text
    lines = text.split("\n")
    without = "\n".join([*lines[: heading.line], *lines[heading.below :]]).lstrip("\n")
    # A page has a text, be it only its title.
    return without if without.strip() else text


def lines_below_title(text: str, outline: Outline, title: Title) -> tuple[Lines, list[Heading]]:
    """The same, line for line as in the outline, and its headings without the title."""
    heading = _heading_that_is_title(outline, title)
    raw, shown = text.split("\n"), list(outline.lines)
    if heading:
        for line in range(heading.line, heading.below):
            raw[line] = shown[line] = ""
    return Lines(tuple(raw), tuple(shown)), [each for each in outline.headings if each is not title.heading]


def with_front(body: str, front: FrontMatter, carried: Carried) -> str:
    """The text, and below it as a block what front matter says and no field shows."""
    kept = "\n".join(part for key, part in front.parts if not _is_carried(key, part, carried)).strip("\n")
    if not kept.strip():
        return body
    return f"{body.rstrip()}\n\n{fenced(kept, front.language)}".lstrip("\n")


def kept_of_front(front: FrontMatter, carried: Carried) -> list[str]:
    return [key for key, part in front.parts if key and not _is_carried(key, part, carried)]


def without_carried_lines(lines: Lines, carried: Carried) -> str:
    """Lines such as "Date: 2024-05-01" say no more than the field that shows it."""
    return joined(
        raw for raw, shown in zip(lines.raw, lines.shown, strict=True) if not _line_is_carried(shown, carried)
    )


def section_is_carried(section: Section, carried: Carried) -> bool:
    """Whether a section such as "Status" has no words, or those alone that a field shows."""
    label = LABEL_OF.get(fold(re.sub(r"^[\W\d_]+|[\W_]+$", "", section.heading.text)))
    words = _words(section.below.text)
    return (not words and label is not None) or (bool(words) and words == _words(carried.get(label or "", "")))


def _line_is_carried(line: str, carried: Carried) -> bool:
    pieces = named_values(line, Syntax.MARKDOWN) if line.strip() else []
    return bool(pieces) and all(
        piece is not None and bool(_words(piece[1])) and _words(piece[1]) == _words(carried.get(piece[0], ""))
        for piece in pieces
    )


def _heading_that_is_title(outline: Outline, title: Title) -> Heading | None:
    heading = title.heading
    leads = heading is not None and not any(above.strip() for above in outline.lines[: heading.line])
    return heading if heading and leads and _says_no_more(heading.text, title) else None


def _says_no_more(heading: str, title: Title) -> bool:
    """Whether title, number and status carry every word of the heading: a link in it would be lost."""
    said = set(_words(f"{title.text} {title.status or ''}"))
    left = [word for word in _words(heading) if word not in said and not (word.isdigit() and int(word) == title.number)]
    return (
        len(title.text) <= LONGEST_TITLE
        and "](" not in heading
        and all(re.fullmatch(r"adr|dr|decision|record|rfc|title|architecture|architectural", word) for word in left)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_carried(key: str | None, part: str, carried: Carried) -> bool:
    if key is None:
        return not part.strip()
    value = _words(part)[len(_words(key)) :]
    return not value or value == _words(carried.get(LABEL_OF.get(key, ""), ""))


def fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"
