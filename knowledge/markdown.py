"""Markdown that people wrote, as HTML that cannot do harm.

Rendering is a pure function of the text, cached by its hash. It is the finished HTML that is sanitised.
A picture is written `![words](image:12)`, a page `[words](page:7)`, a document `[words](doc:3)`: they come through the
cache and are looked up for each reading, one query a kind, since what they name may move.
"""

import hashlib
import re
from html import escape

import markdown
import nh3
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from knowledge.anchoring import anchored
from knowledge.markdown_dialect import Dialect
from knowledge.references import resolve

# Raised when the same text would be rendered otherwise than before.
VERSION = 2
DAY = 24 * 60 * 60
ID_PREFIX = "text-"
TOP_HEADING = 2

TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "div"),
    *("ul", "ol", "li", "dl", "dt", "dd", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "img", "em", "strong", "i", "b", "u", "s", "del", "ins", "mark", "small", "sub", "sup"),
    *("code", "kbd", "samp", "var", "abbr", "cite", "q"),
}
ATTRIBUTES = {
    **{tag: {"id"} for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"align", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
}
CLASSES = {"div": {"footnote"}}
# What may be wider than the page scrolls in its own box, which the keyboard must reach.
SCROLLED = {"pre": {"tabindex": "0"}, "table": {"tabindex": "0"}}
SCHEMES = {"http", "https", "mailto", "image", "page", "doc"}
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
OURS = re.compile(r"image:\d+|/media/images/[\w.\-]+")


def render(text, top=TOP_HEADING) -> SafeString:
    """`text` as sanitised HTML whose highest heading is h`top`."""
    return _served(text, f"{top}", lambda: finished(text, top))


def render_passages(text, part, top=TOP_HEADING) -> SafeString:
    """The same, with the beginning of each passage of this `part` of a page to be found by its id."""
    return _served(text, f"{top}:{part}", lambda: anchored(text, part, lambda marked: finished(marked, top)))


def finished(text, top=TOP_HEADING) -> str:
    return sanitise(_to_html(text, top))


def _served(text, how, make) -> SafeString:
    if not text:
        return SafeString()
    key = f"markdown:{VERSION}:{how}:{hashlib.sha256(text.encode()).hexdigest()}"
    html = cache.get(key)
    if html is None:
        html = make()
        cache.set(key, html, DAY)
    return mark_safe(resolve(html))  # noqa: S308


def sanitise(html) -> str:
    """What is left of `html` when nothing can run, load from elsewhere or reach out of the text. Idempotent."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        set_tag_attribute_values=SCROLLED,
        url_schemes=SCHEMES,
        id_prefix=ID_PREFIX,
        attribute_filter=_attribute,
        link_rel="noopener noreferrer",
    )
    return clean.replace("\r", "\n")  # as any parser reads it


def _attribute(tag, name, value):
    if tag == "img" and name == "src":
        return value if OURS.fullmatch(value) else None
    if name == "href":
        return _address(value)
    if name == "align":
        return value if value in ("left", "center", "right") else None
    return value


def _address(value):
    if CONTROL.search(value):
        return None
    if value.startswith("#") and not value.startswith("#" + ID_PREFIX):
        return f"#{ID_PREFIX}{value[1:]}"
    return value


def _to_html(text, top):
    try:
        return _converter(top).convert(text)
    except RecursionError:  # thousands of quotes or lists in each other: no text that anyone reads
        return f"<pre>{escape(text)}</pre>"


def _converter(top):
    return markdown.Markdown(
        output_format="html",
        extensions=[
            "fenced_code",
            "sane_lists",
            "abbr",
            "def_list",
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="Back to the text"),
            TocExtension(marker=""),
            Dialect(top=top),
        ],
    )
