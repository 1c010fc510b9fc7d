"""A text cut at its headings: every line of it stands in exactly one piece, in its order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.importing.outline import Heading, Outline

FieldOf = Callable[[str], tuple[str, bool] | None]


@dataclass(frozen=True)
class Lines:
    """Lines as they were written, beside what the outline shows of them: code and comments are blank there."""

    raw: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def text(self) -> str:
        return joined(self.raw)

    def part(self, start: int, end: int) -> "Lines":
        return Lines(self.raw[start:end], self.shown[start:end])


@dataclass(frozen=True)
class Section:
    """A heading, and the lines from its own to the next section's. `headings` are those below it, from its
    first line."""

    heading: Heading
    lines: Lines
    headings: tuple[Heading, ...]

    @property
    def whole(self) -> str:
        return self.lines.text

    @property
    def below(self) -> Lines:
        return self.lines.part(self._own, len(self.lines.raw))

    @property
    def nested(self) -> tuple[Heading, ...]:
        """The headings below this one, with their lines counted in `below`."""
        return tuple(
            Heading(each.level, each.text, each.line - self._own, each.below - self._own) for each in self.headings
        )

    @property
    def _own(self) -> int:
        return self.heading.below - self.heading.line


def joined(lines) -> str:
    """Lines as text, without blank lines around it."""
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept)


def lines_of(text: str, outline: Outline) -> Lines:
    return Lines(tuple(text.split("\n")), outline.lines)


def cut(lines: Lines, headings: list[Heading], level: int) -> tuple[Lines, list[Section]]:
    """What stands above the first heading of `level`, and the sections that it and those above it open."""
    opening = [heading for heading in headings if heading.level <= level]
    first = next((index for index, heading in enumerate(opening) if heading.level == level), len(opening))
    opening = opening[first:]
    if not opening:
        return lines, []
    return lines.part(0, opening[0].line), list(_sections(lines, headings, opening))


def _sections(lines: Lines, headings: list[Heading], opening: list[Heading]) -> Iterator[Section]:
    ends = [heading.line for heading in opening[1:]] + [len(lines.raw)]
    for heading, end in zip(opening, ends, strict=True):
        below = tuple(
            Heading(each.level, each.text, each.line - heading.line, each.below - heading.line)
            for each in headings
            if heading.line < each.line < end
        )
        yield Section(heading, lines.part(heading.line, end), below)


def has_words(text: str) -> bool:
    return bool(re.search(r"\w", text))
