"""The shape of a text: its headings, and its lines without code and comments, in three markup languages."""

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

# A line is looked at so far and no further: no word that matters stands beyond, and every pattern stays quick.
WIDEST = 4000


class Syntax(StrEnum):
    MARKDOWN = "markdown"
    RST = "rst"
    ASCIIDOC = "asciidoc"


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int
    # The first line below the heading's own markup.
    below: int


@dataclass(frozen=True)
class Outline:
    """`lines` are as many as the text has; those of code blocks and comments are blank."""

    syntax: Syntax
    lines: tuple[str, ...]
    headings: tuple[Heading, ...]

    def section(self, index: int) -> list[str]:
        """The lines between a heading and the next."""
        end = self.headings[index + 1].line if index + 1 < len(self.headings) else len(self.lines)
        return list(self.lines[self.headings[index].below : end])


def syntax_of(file: str) -> Syntax:
    suffixes = {suffix.lower() for suffix in PurePosixPath(file).suffixes}
    if ".rst" in suffixes:
        return Syntax.RST
    return Syntax.ASCIIDOC if suffixes & {".adoc", ".asciidoc"} else Syntax.MARKDOWN


def outline(text: str, syntax: Syntax) -> Outline:
    lines = [line[:WIDEST] for line in text.split("\n")]
    if syntax is Syntax.RST:
        lines = _without_directives(lines)
        return Outline(syntax, tuple(lines), tuple(_rst_headings(lines)))
    if syntax is Syntax.ASCIIDOC:
        lines = _without_blocks(lines, _ADOC_FENCE)
        return Outline(syntax, tuple(lines), tuple(_adoc_headings(lines)))
    lines = _without_comments(_without_blocks(lines, _FENCE))
    return Outline(syntax, tuple(lines), tuple(_markdown_headings(lines)))


_FENCE = re.compile(r"[ \t]*(?:(?:[-*+>]|\d{1,3}[.)])[ \t]+){0,4}(`{3,}|~{3,})([^`]*)$")
_ADOC_FENCE = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,})()\s*$")


def _without_blocks(lines: list[str], fence: re.Pattern) -> list[str]:
    """Blank what stands between two fences. A fence that is never closed is a slip, and hides nothing."""
    kept = list(lines)
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        match = fence.match(line)
        if not match:
            continue
        if opened is None:
            opened = (index, match[1])
        elif match[1].startswith(opened[1]) and not match[2].strip():
            kept[opened[0] : index + 1] = [""] * (index + 1 - opened[0])
            opened = None
    return kept


def _without_comments(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join([*kept, text[position:]]).split("\n")


_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?)(?:[ \t]#+)?|([A-ZÀ-Þ].*))[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^>]{0,200}>(.{1,500})</h\1>\s*$", re.IGNORECASE)
# A line of nothing but bold words, as some write headings.
_BOLD = re.compile(r"\s*(?:\*\*([^*]{2,60})\*\*|__([^_]{2,60})__)\s*:?\s*$")
LOWEST = 6
_BOLD_LEVEL = LOWEST + 1


def _markdown_headings(lines: list[str]) -> list[Heading]:
    headings = []
    for index, line in enumerate(lines):
        heading = _markdown_heading(line, index) or _setext_heading(lines, index)
        if heading:
            headings.append(heading)
    return headings


def _markdown_heading(line: str, index: int) -> Heading | None:
    if match := _ATX.match(line):
        return Heading(len(match[1]), match[2] or match[3] or "", index, index + 1)
    if match := _HTML_HEADING.match(line):
        return Heading(int(match[1]), match[2], index, index + 1)
    if match := _BOLD.match(line):
        return Heading(_BOLD_LEVEL, match[1] or match[2], index, index + 1)
    return None


def _setext_heading(lines: list[str], index: int) -> Heading | None:
    if index + 1 >= len(lines) or not (match := _SETEXT.match(lines[index + 1])):
        return None
    text = lines[index]
    if not text.strip() or text.lstrip()[0] in "-*+>|#=" or (index and lines[index - 1].strip()):
        return None
    return Heading(1 if match[1][0] == "=" else 2, text, index, index + 2)


_RULE = re.compile(r"([=\-`:.'\"~^_*+#<>])\1{2,}\s*$")


def _without_directives(lines: list[str]) -> list[str]:
    """Blank directives, comments and their content, but not labels, link targets and admonitions' text."""
    kept = []
    hidden = False
    for line in lines:
        if line.strip() and not line[0].isspace():
            hidden = bool(
                re.match(
                    r"\.\. (?!_)(?!(?:note|warning|important|deprecated|admonition|attention|list-table|table)::)", line
                )
            )
        kept.append("" if hidden else line)
    return kept


def _rst_headings(lines: list[str]) -> list[Heading]:
    headings = []
    styles: list[tuple[str, bool]] = []
    for index in range(len(lines) - 1):
        rule = _RULE.match(lines[index + 1])
        text = lines[index].strip()
        if not rule or not text or _RULE.match(lines[index]) or len(rule[0].rstrip()) < min(len(text), 4):
            continue
        over = index > 0 and lines[index - 1].startswith(rule[1] * 3)
        if not over and lines[index][0].isspace():
            continue
        style = (rule[1], over)
        if style not in styles:
            styles.append(style)
        headings.append(Heading(styles.index(style) + 1, text, index - over, index + 2))
    return headings


_ADOC = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]=+)?[ \t]*$")


def _adoc_headings(lines: list[str]) -> list[Heading]:
    matches = ((index, _ADOC.match(line)) for index, line in enumerate(lines))
    return [Heading(len(match[1]), match[2], index, index + 1) for index, match in matches if match]


_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()]{0,1000}\)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,500})\](?:\([^()]{0,1000}(?:\([^()]{0,200}\)[^()]{0,200})?\)|\[[^\[\]]{0,200}\])"
)
_ROLE = re.compile(r":[a-z:+-]{1,30}:`([^`<]{1,300})(?:<[^`>]{1,300}>)?`|`([^`<]{1,300})\s<[^`>]{1,300}>`_{0,2}")
_ADOC_LINK = re.compile(r"(?:xref|link):[^\s\[]{1,500}\[([^\]]{0,300})\]|<<[^<>,]{1,300},([^<>]{1,300})>>")
_TAG = re.compile(
    r"</?(?:a|b|i|em|strong|code|span|sup|sub|small|br|font|kbd|p|div|center|u|mark)\b[^<>]{0,300}>", re.I
)
_SHORTCODE = re.compile(r"(?<!\S):[a-z0-9_+-]{2,40}:(?!\S)")
_MARKS = re.compile(r"[`*]|(?<!\w)_+|_+(?!\w)|~~")


def plain(text: str) -> str:
    """The words of one line, without marks, links and emphasis. `<->` and `Foo<Bar>` are words."""
    text = _IMAGE.sub(r"\1", text[:WIDEST])
    for pattern in (_LINK, _ROLE, _ADOC_LINK):
        text = pattern.sub(lambda match: next((group for group in match.groups() if group), ""), text)
    text = _SHORTCODE.sub("", _TAG.sub("", text))
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!<>|~-])", r"\1", text)
    return " ".join(html.unescape(_MARKS.sub("", text)).split())
