"""A frozen copy (knowledge/freezing.py) as passages: what one can compare, and anchor a question to. Pure.

A passage is what stands below one heading and above the next, of whatever level; what stands before the first heading
is one, too. Its identity is the part that it stands in, its path of headings, and its place among those of the same
path: a passage that is reworded, or moves with its headings, stays the same one. A heading that is renamed begins
another passage. Of a decision each option, of a process each measure and each risk is a passage.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.parts import lines_of

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r"(#{1,6})(?P<title>.*?[^#\s].*?)[ \t]*#*[ \t]*$")
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
        """Safe in an address, and the same in each edition that has this passage."""
        place = "\x1f".join([self.part, *(normal(title) for title in self.path), str(self.ordinal)])
        return hashlib.sha256(place.encode()).hexdigest()[:16]

    @property
    def sha256(self) -> str:
        """Of the text as it reads: spaces and line ends do not change it."""
        return hashlib.sha256(normal(self.text).encode()).hexdigest()


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


def sections_of(markdown: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each heading's path and own text, in their order; what stands before the first has no path."""
    path: list[tuple[int, str]] = []
    own: list[str] = []
    for level, line in _marked(markdown):
        if not level:
            own.append(line)
            continue
        yield tuple(title for _, title in path), "\n".join(own).strip("\n")
        path = [above for above in path if above[0] < level] + [(level, line)]
        own = []
    yield tuple(title for _, title in path), "\n".join(own).strip("\n")


def _marked(markdown: str) -> Iterator[tuple[int, str]]:
    """Each line with the level of the heading that it is, or 0; fenced code has no headings."""
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
            yield 0, line
        elif mark:
            fence = mark[1]
            yield 0, line
        elif heading:
            yield len(heading[1]), heading["title"].strip()
        elif _is_underlined(lines, at - 1, after):
            yield 1 if after.startswith("=") else 2, line.strip()
            at += 1
        else:
            yield 0, line


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
    "options": lambda value: [((row["title"],), _option(row)) for row in value],
    "measures": lambda value: [((row["name"],), _measure(row)) for row in value],
    "risks": lambda value: [((row["risk"],), row["control"]) for row in value],
}
