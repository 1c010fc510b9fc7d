"""The links of a Markdown text: where they lead, and the same text with them led elsewhere. Code is left alone."""

import re
from collections.abc import Callable, Iterator

from knowledge.importing.outline import WIDEST, Syntax, outline

_CODE = r"(?<!`)(?P<ticks>`{1,20})(?!`)[^\n]{0,2000}?(?<!`)(?P=ticks)(?!`)"
_INLINE = (
    r"\]\([ \t]{0,20}(?:<(?P<angled>[^<>\n]{1,600})>|"
    r"(?P<inline>[^()\s<>]{1,600}(?:\([^()\s<>]{0,200}\)[^()\s<>]{0,200})?)(?=[\s)]))"
)
_DEFINED = r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]{0,20}(?:<(?P<held>[^<>\n]{1,600})>|(?P<defined>\S{1,600}))"
_HTML = r"<a\s[^<>]{0,300}?href=[\"'](?P<html>[^\"'<>\s]{1,600})[\"']"
_LINK = re.compile(f"{_CODE}|{_INLINE}|{_DEFINED}|{_HTML}", re.I)
_ADDRESSES = ("angled", "inline", "held", "defined", "html")


def addresses_in(text: str) -> Iterator[str]:
    for line in _lines_with_links(text):
        if line is None:
            continue
        for match in _LINK.finditer(line):
            if name := _which(match):
                yield match[name]


def led_elsewhere(text: str, address_for: Callable[[str], str | None]) -> str:
    """`address_for` says where the link to an address is to lead; None leaves it as it was written."""

    def changed(match: re.Match) -> str:
        name = _which(match)
        address = address_for(match[name]) if name else None
        if not name or address is None:
            return match[0]
        start, end = match.start(name) - match.start(), match.end(name) - match.start()
        return match[0][:start] + address + match[0][end:]

    raw = text.split("\n")
    return "\n".join(
        line if shown is None else _LINK.sub(changed, line)
        for line, shown in zip(raw, _lines_with_links(text), strict=True)
    )


def _which(match: re.Match) -> str | None:
    return next((name for name in _ADDRESSES if match[name] is not None), None)


def _lines_with_links(text: str) -> Iterator[str | None]:
    """Each line as it was written; None for one that is code, or in part a comment."""
    if "](" not in text and "]:" not in text and "href" not in text.casefold():
        yield from (None for _ in text.split("\n"))
        return
    shown = outline(text, Syntax.MARKDOWN).lines
    for line, seen in zip(text.split("\n"), shown, strict=True):
        yield line if line[:WIDEST] == seen and line.strip() else None
