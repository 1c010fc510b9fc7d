"""What is read beyond Python-Markdown: lists as people write them elsewhere, task lists, headings that fit the page."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

ITEM = re.compile(r"^( *(?:[-*+]|\d{1,9}[.)]) +)\S")
# So much further in, and text is code, or belongs to the list above it.
CODE = 4
HEADING = re.compile(r"^h([1-6])$")
BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


class Level(NamedTuple):
    indent: int  # of the item's mark
    text: int  # where its text begins


class Dialect(Extension):
    def __init__(self, top):
        super().__init__()
        self.top = top

    def extendMarkdown(self, md):
        # After fenced code has been put aside (25), before HTML is (20).
        md.preprocessors.register(ListsAsWritten(md), "lists_as_written", 22)
        md.inlinePatterns.register(OurPictures(IMAGE_LINK_RE, md), "image_link", 150)
        md.inlinePatterns.register(OurReferencedPictures(IMAGE_REFERENCE_RE, md), "image_reference", 140)
        md.treeprocessors.register(Boxes(md), "boxes", 6)
        md.treeprocessors.register(Headings(md, self.top), "headings", 4)


class ListsAsWritten(Preprocessor):
    """As in CommonMark, a list may follow its paragraph at once and be indented by two spaces or three."""

    def run(self, lines):
        written: list[str] = []
        levels: list[Level] = []
        for line in lines:
            indent = _indent(line)
            item = ITEM.match(line.expandtabs(4))
            if item and (levels or indent < CODE):
                levels = [level for level in levels if level.indent < indent] + [Level(indent, item.end(1))]
                if _is_paragraph(written):
                    written.append("")
                written.append(" " * CODE * (len(levels) - 1) + line.strip())
            elif levels and indent:
                outer = [level for level in levels if level.indent < indent]
                written.append(
                    " " * (CODE * len(outer) + max(0, indent - outer[-1].text)) + line.strip() if outer else line
                )
            else:
                levels = levels if not line.strip() else []
                written.append(line)
        return written


def _indent(line):
    spread = line.expandtabs(CODE)
    return len(spread) - len(spread.lstrip()) if spread.strip() else 0


def _is_paragraph(written):
    """The last line stands in a paragraph that began after an empty line, or at the start of the text."""
    if not written or not written[-1].strip():
        return False
    for line in reversed(written):
        if not line.strip():
            return True
        if ITEM.match(line):
            return False
    return True


def _as_link(element):
    """A picture that is not this house's is not loaded: a link says where it is."""
    if element is None or element.get("src", "").startswith(("image:", "/media/")):
        return element
    link = Element("a", {"href": element.get("src", "")})
    link.text = element.get("alt") or element.get("src")
    return link


class OurPictures(ImageInlineProcessor):
    def handleMatch(self, m, data):  # type: ignore[override]
        element, *place = super().handleMatch(m, data)
        return (_as_link(element), *place)


class OurReferencedPictures(ImageReferenceInlineProcessor):
    def handleMatch(self, m, data):  # type: ignore[override]
        element, *place = super().handleMatch(m, data)
        return (_as_link(element), *place)


class Boxes(Treeprocessor):
    def run(self, root):
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            text = holder.text or ""
            if text[:4] in BOXES:
                holder.text = BOXES[text[:4]] + text[4:]


class Headings(Treeprocessor):
    """The highest heading of the text becomes h`top`, and none skips what the page above it has."""

    def __init__(self, md, top):
        super().__init__(md)
        self.top = top

    def run(self, root):
        headings = [element for element in root.iter() if HEADING.match(str(element.tag))]
        levels = sorted({int(element.tag[1]) for element in headings})
        for element in headings:
            element.tag = f"h{min(6, self.top + levels.index(int(element.tag[1])))}"
