"""A frozen copy (knowledge/freezing.py) as passages: what one can compare, and anchor a question to. Pure.

A passage is what stands below one heading and above the next, of whatever level; what stands before the first heading
is one, too. Its identity is the part that it stands in, its path of headings, and its place among those of the same
path: a passage that is reworded, or moves with its headings, stays the same one. A heading that is renamed begins
another passage. Of a decision each option, of a process each measure and each risk is a passage.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.parts import lines_of

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r"(#{1,6})(?P<title>.*?[^#\s].*?)[ \t]*#*[ \t]*$")
# Of the parts whose rows are passages: what each is called by.
TITLES = {"options": "title", "measures": "name", "risks": "risk"}
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")


@dataclass(frozen=True)
class Passage:
    part: str
    label: str  # the part's, for people
    kind: str  # the part's
    path: tuple[str, ...]
    ordinal: int  # among those of the same part and path, from 1
    text: str  # without its heading

    @property
    def id(self) -> str:
        return id_of(self.part, self.path, self.ordinal)

    @property
    def name(self) -> str:
        """For people."""
        return " › ".join([self.label, *self.path])

    @property
    def sha256(self) -> str:
        """Of the text as it reads: spaces and line ends do not change it."""
        return hashlib.sha256(normal(self.text).encode()).hexdigest()


def id_of(part: str, path: Iterable[str] = (), ordinal: int = 1) -> str:
    """Safe in an address, and the same in each edition that has this passage."""
    place = "\x1f".join([part, *(normal(title) for title in path), str(ordinal)])
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def passages_of(copy) -> list[Passage]:
    seen: Counter = Counter()
    found = []
    for part in copy["parts"]:
        for path, text in SPLIT.get(part["kind"], _nothing)(part["value"]):
            if not path and not text.strip():
                continue
            place = (part["name"], tuple(normal(title) for title in path))
            seen[place] += 1
            found.append(Passage(part["name"], part["label"], part["kind"], path, seen[place], text))
    return found


def normal(text: str) -> str:
    return " ".join(text.split())


class Line(NamedTuple):
    level: int  # of the heading that it is, or 0
    text: str  # of a heading: its title
    place: int  # among the lines
    end: int  # where the title ends in its line


def sections_of(markdown: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each heading's path and own text, in their order; what stands before the first has no path."""
    path: list[tuple[int, str]] = []
    own: list[str] = []
    for line in _lines(markdown):
        if not line.level:
            own.append(line.text)
            continue
        yield tuple(title for _, title in path), "\n".join(own).strip("\n")
        path = [above for above in path if above[0] < line.level] + [(line.level, line.text)]
        own = []
    yield tuple(title for _, title in path), "\n".join(own).strip("\n")


def with_marks(markdown: str, mark: Callable[[int], str]) -> str:
    """The same text with `mark(0)` behind the title of its first heading, `mark(1)` behind that of its second …"""
    lines = markdown.splitlines(keepends=True)
    headings = [line for line in _lines(markdown) if line.level]
    for number, heading in enumerate(headings):
        line = lines[heading.place]
        lines[heading.place] = line[: heading.end] + mark(number) + line[heading.end :]
    return "".join(lines)


def _lines(markdown: str) -> Iterator[Line]:
    """Fenced code has no headings; the line below a heading that underlines it is none of its own."""
    lines = markdown.splitlines()
    fence = ""
    at = 0
    while at < len(lines):
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        mark = FENCE.match(line)
        heading = HEADING.match(line)
        at += 1
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line[mark.end() :].strip() else fence
            yield Line(0, line, at - 1, 0)
        elif mark:
            fence = mark[1]
            yield Line(0, line, at - 1, 0)
        elif heading:
            yield Line(len(heading[1]), heading["title"].strip(), at - 1, heading.end("title"))
        elif _is_underlined(lines, at - 1, after):
            yield Line(1 if after.startswith("=") else 2, line.strip(), at - 1, len(line.rstrip()))
            at += 1
        else:
            yield Line(0, line, at - 1, 0)


def _is_underlined(lines, at, after) -> bool:
    """A line of its own block, with = or - below it."""
    begins = at == 0 or not lines[at - 1].strip()
    return bool(begins and lines[at].strip() and not lines[at].startswith(("    ", "\t")) and UNDERLINE.match(after))


def _nothing(value):
    return []


def _text(value):
    return [((), value or "")]


def _tree(value):
    return [((), "\n".join(f"{'  ' * (depth - 1)}- {text}" for depth, text in value))]


def _title(row, kind):
    return (row[TITLES[kind]],)


def _option(option):
    lines = ["(chosen)"] if option["is_chosen"] else []
    lines += [option["text"]] if option["text"].strip() else []
    lines += [f"{word.capitalize()}: {line}" for word in ("good", "neutral", "bad") for line in lines_of(option[word])]
    return "\n".join(lines)


def _measure(row):
    words = (("Target", row["target"]), ("How", row["how"]))
    return "\n".join(f"{word}: {value}" for word, value in words if value)


SPLIT = {
    "markdown": lambda value: sections_of(value or ""),
    "text": _text,
    "tree": _tree,
    "chain": lambda value: [((), "\n".join(f"- {text}" for text in value))],
    "options": lambda value: [(_title(row, "options"), _option(row)) for row in value],
    "measures": lambda value: [(_title(row, "measures"), _measure(row)) for row in value],
    "risks": lambda value: [(_title(row, "risks"), row["control"]) for row in value],
}
