"""The place in a text where the words stand that were searched for, with the words marked. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.engine.analysis import WORD, Analysis, fold

LENGTH = 260
BEFORE = 70
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`~|]+|^\s*(?:[#>]+|[-+]|\d+\.)\s+", re.MULTILINE)


class Hit(NamedTuple):
    start: int
    end: int
    stem: str


def plain(markdown: str) -> str:
    """The words of a Markdown text in one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown)).split())


def marked(text: str, query: str, analysis: Analysis) -> SafeString:
    return _mark(text, _hits(text, query, analysis), 0, len(text))


def snippet(texts: Iterable[str], query: str, analysis: Analysis) -> SafeString:
    """The stretch of the texts that holds the most of the query's words; their beginning, where they hold none."""
    text = plain("\n".join(texts))
    hits = _hits(text, query, analysis)
    start = _word_start(text, max(0, _best(hits) - BEFORE))
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + BEFORE)
    stretch = _mark(text, hits, start, end)
    return format_html("{}{}{}", "… " if start else "", stretch, " …" if end < len(text) else "")


def _hits(text: str, query: str, analysis: Analysis) -> list[Hit]:
    wanted = set(analysis.stems(query))
    found = ((word, analysis.stem(fold(word.group()))) for word in WORD.finditer(text))
    return [Hit(word.start(), word.end(), stem) for word, stem in found if stem in wanted]


def _best(hits: list[Hit]) -> int:
    best, most = 0, (0, 0)
    for number, first in enumerate(hits):
        near = [hit.stem for hit in hits[number : number + 20] if hit.end - first.start <= LENGTH - BEFORE]
        if (len(set(near)), len(near)) > most:
            best, most = first.start, (len(set(near)), len(near))
    return best


def _word_start(text: str, position: int) -> int:
    return position if position == 0 else text.find(" ", position) + 1


def _mark(text: str, hits: list[Hit], start: int, end: int) -> SafeString:
    parts: list[str] = []
    done = start
    for hit in hits:
        if hit.start >= start and hit.end <= end:
            parts += [text[done : hit.start], format_html("<mark>{}</mark>", text[hit.start : hit.end])]
            done = hit.end
    parts.append(text[done:end])
    return format_html_join("", "{}", ((part,) for part in parts))
