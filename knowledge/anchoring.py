"""Where each passage of a Markdown text begins in its HTML. Pure.

What passages.py takes for a heading goes through the rendering with a mark behind its title, and the mark becomes the
place that a link can name. Nothing in a text can make such a place: every id of its own is given a prefix, and a text
in which a mark stands already gets none.
"""

import re
from collections.abc import Callable

from knowledge.passages import Passage, passages_of, with_marks

PREFIX = "passage-"
# Of the characters that no alphabet uses: an id that is made of a title leaves them out.
FIRST, LAST, DIGITS = "\ue000", "\ue00b", 0xE001
MARK = re.compile(f"{FIRST}([^{FIRST}{LAST}]*){LAST}")
# A tag of the sanitised HTML, whatever its attributes hold.
TAG = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>)""")
OPENS = re.compile(r"<(?:p|ul|ol|dl|pre|table|blockquote|details|div)\b")


def anchored(text: str, part: str, render: Callable[[str], str]) -> str:
    """What `render` makes of `text`, and the same to read, with a place where each passage begins."""
    plain = render(text)
    passages = passages_of({"parts": [{"name": part, "label": "", "kind": "markdown", "value": text}]})
    if not passages or FIRST in text:
        return plain
    before = [] if passages[0].path else passages[:1]
    html = render(with_marks(text, _mark))
    if MARK.sub("", html) != plain:  # a mark that changes what is read is not worth it
        html = plain
    return _beginning(_placed(html, passages[len(before) :]), before)


def place_of(passage: str) -> str:
    """The id in the HTML of a passage's id."""
    return PREFIX + passage


def _mark(number: int) -> str:
    return FIRST + "".join(chr(DIGITS + int(digit)) for digit in str(number)) + LAST


def _placed(html: str, passages: list[Passage]) -> str:
    left = {_mark(number): passage.id for number, passage in enumerate(passages)}

    def place(mark: re.Match) -> str:
        passage = left.pop(mark[0], None)
        return f'<span class="passage" id="{place_of(passage)}"></span>' if passage else ""

    pieces = TAG.split(html)
    pieces[::2] = [MARK.sub(place, piece) for piece in pieces[::2]]
    pieces[1::2] = [MARK.sub("", piece) for piece in pieces[1::2]]
    return "".join(pieces)


def _beginning(html: str, before: list[Passage]) -> str:
    """What stands before the first heading begins with the text."""
    opened = OPENS.match(html)
    if not before or not opened:
        return html
    return f'{opened[0]} id="{place_of(before[0].id)}"{html[opened.end() :]}'
