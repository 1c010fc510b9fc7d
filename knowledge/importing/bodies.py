"""The text that a page keeps: the record's own, untouched, but for a heading that became its title."""

import re

from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.outline import Outline, Syntax
from knowledge.importing.titles import Title
from knowledge.importing.vocabulary import LABEL_OF


def body_of(text: str, front: FrontMatter, outline: Outline, title: Title, carried: dict[str, str]) -> str:
    """`carried` is what fields of the page will show, by label: only front matter that says no more is left out."""
    body = _without_title(text, outline, title) if outline.syntax is Syntax.MARKDOWN else _fenced(text, outline.syntax)
    kept = "\n".join(part for key, part in front.parts if not _is_carried(key, part, carried)).strip("\n")
    if not kept.strip():
        return body
    return f"{body.rstrip()}\n\n{_fenced(kept, front.language)}".lstrip("\n")


def _without_title(text: str, outline: Outline, title: Title) -> str:
    heading = title.heading
    if heading is None or not _leads(heading.line, outline) or not _says_no_more(heading.text, title):
        return text
    lines = text.split("\n")
    without = "\n".join([*lines[: heading.line], *lines[heading.below :]]).lstrip("\n")
    # A page has a text, be it only its title.
    return without if without.strip() else text


def _leads(line: int, outline: Outline) -> bool:
    return not any(above.strip() for above in outline.lines[:line])


def _says_no_more(heading: str, title: Title) -> bool:
    """Whether title, number and status carry every word of the heading: a link in it would be lost."""
    said = set(_words(f"{title.text} {title.status or ''}"))
    left = [word for word in _words(heading) if word not in said and not (word.isdigit() and int(word) == title.number)]
    return "](" not in heading and all(
        re.fullmatch(r"adr|dr|decision|record|rfc|title|architecture|architectural", word) for word in left
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_carried(key: str | None, part: str, carried: dict[str, str]) -> bool:
    if key is None:
        return not part.strip()
    value = _words(part)[len(_words(key)) :]
    return not value or value == _words(carried.get(LABEL_OF.get(key, ""), ""))


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"
