"""Sanitised HTML as plain JSON, which the template draws: what people wrote is only ever a string to it.

A block is {"k": kind, …}, an inline a string or {"k": kind, "c": [inline, …]}; kinds as in brief.typ.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

Node = dict[str, Any]
Inline = list[Any]

VOID = {"br", "hr", "img"}
INLINE = {
    **dict.fromkeys(("em", "i", "cite", "var"), "em"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("code", "kbd", "samp"), "code"),
    **{tag: tag for tag in ("u", "del", "ins", "mark", "small", "sub", "sup")},
    "s": "del",
}
HEADING = re.compile(r"h([1-6])")
SPACE = re.compile(r"[ \t\n\r\f]+")
# Longer than any word: it may be broken anywhere, so that it stays within its column.
LONG = re.compile(r"\S{19,}")
SOFT_BREAK = "\u200b"
PIECE = 8
# Typst calls its functions no deeper than this, and nobody reads what is.
DEEPEST = 12
WIDEST = 20


class Element:
    def __init__(self, tag: str, attributes: dict[str, str]):
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Tree(HTMLParser):
    """nh3 closes what it opens, so that a stack is all it takes."""

    def __init__(self):
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


class Reader:
    """`address` makes a link absolute; `picture` names the file that stands for an address, or None."""

    def __init__(self, *, address: Callable[[str], str], picture: Callable[[str], str | None]):
        self.address = address
        self.picture = picture

    def blocks(self, html: str) -> list[Node]:
        tree = _Tree()
        tree.feed(html)
        tree.close()
        return self._blocks(tree.open[0], 0)

    def _blocks(self, element: Element, depth: int) -> list[Node]:
        """The blocks in an element; text that stands between them becomes a paragraph of its own."""
        if depth > DEEPEST:
            return [{"k": "p", "c": _long(element.text)}] if element.text.strip() else []
        found: list[Node] = []
        loose: list[Any] = []
        for child in element.children:
            tag = "" if isinstance(child, str) else child.tag
            if not tag or tag in INLINE or tag in ("a", "br", "q", "abbr"):
                loose += self._inline(child, depth)
                continue
            found += _paragraph(loose, "t")
            loose = []
            found += self._block(child, depth + 1)  # type: ignore[arg-type]
        return found + _paragraph(loose, "t")

    def _block(self, element: Element, depth: int) -> list[Node]:
        tag = element.tag
        if tag == "p":
            pictures = [one for one in element.children if isinstance(one, Element) and one.tag == "img"]
            return self._blocks(element, depth) if pictures else _paragraph(self._inlines(element, depth), "p")
        if heading := HEADING.fullmatch(tag):
            return [{"k": "h", "l": int(heading[1]), "c": _trimmed(self._inlines(element, depth))}]
        if tag == "div" and "footnote" in element.attributes.get("class", ""):
            return [{"k": "notes", "c": [block for block in self._blocks(element, depth) if block["k"] != "hr"]}]
        read = getattr(self, f"_{tag}", None)
        return read(element, depth) if read else self._blocks(element, depth)

    def _ul(self, element: Element, depth: int) -> list[Node]:
        items = [self._blocks(item, depth) for item in _elements(element, "li")]
        tight = not any(block["k"] == "p" for item in items for block in item)
        return [{"k": "list", "items": items, "tight": tight}] if items else []

    def _ol(self, element: Element, depth: int) -> list[Node]:
        start = element.attributes.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        return [node | {"start": first} for node in self._ul(element, depth)]

    def _dl(self, element: Element, depth: int) -> list[Node]:
        items = [
            {"k": one.tag, "c": self._blocks(one, depth) if one.tag == "dd" else self._inlines(one, depth)}
            for one in _elements(element, "dt", "dd")
        ]
        return [{"k": "terms", "items": items}] if items else []

    def _blockquote(self, element: Element, depth: int) -> list[Node]:
        return [{"k": "quote", "c": self._blocks(element, depth)}]

    def _details(self, element: Element, depth: int) -> list[Node]:
        """Open on paper, under its summary."""
        summary = next(iter(_elements(element, "summary")), Element("summary", {}))
        rest = Element("div", {})
        rest.children = [child for child in element.children if child is not summary]
        return [{"k": "details", "s": self._inlines(summary, depth), "c": self._blocks(rest, depth)}]

    def _pre(self, element: Element, depth: int) -> list[Node]:
        return [{"k": "code", "t": broken(element.text.rstrip("\n").expandtabs(4))}]

    def _hr(self, element: Element, depth: int) -> list[Node]:
        return [{"k": "rule"}]

    def _img(self, element: Element, depth: int) -> list[Node]:
        words = element.attributes.get("alt", "")
        if file := self.picture(element.attributes.get("src", "")):
            return [{"k": "picture", "file": file, "alt": words}]
        return _paragraph([{"k": "em", "c": _long(words)}], "p") if words else []

    def _table(self, element: Element, depth: int) -> list[Node]:
        rows, heads = _grid(element, lambda cell: self._blocks(cell, depth + 1))
        if not rows:
            return []
        caption = next((self._inlines(one, depth) for one in _elements(element, "caption")), [])
        columns = max(len(row) for row in rows)
        for row in rows:
            row += [{"c": []} for _ in range(columns - len(row))]
        return [{"k": "table", "columns": columns, "heads": heads, "rows": rows, "caption": caption}]

    def _inlines(self, element: Element, depth: int) -> Inline:
        if depth > DEEPEST:
            return _long(element.text)
        return [node for child in element.children for node in self._inline(child, depth + 1)]

    def _inline(self, child: Element | str, depth: int) -> Inline:
        if isinstance(child, str):
            return _long(child)
        if child.tag == "br":
            return [{"k": "br"}]
        if child.tag == "img":
            return _long(child.attributes.get("alt", ""))
        inner = self._inlines(child, depth)
        if child.tag == "a":
            return self._link(child, inner)
        if child.tag == "q":
            return ["“", *inner, "”"]
        return [{"k": INLINE[child.tag], "c": inner}] if child.tag in INLINE else inner

    def _link(self, element: Element, inner: Inline) -> Inline:
        href = element.attributes.get("href", "")
        if href.startswith("#"):
            # Within the text; the way back from a footnote means nothing on paper.
            return [] if "fnref" in href else inner
        return [{"k": "link", "to": self.address(href), "c": inner}] if href else inner


def broken(text: str) -> str:
    return LONG.sub(lambda word: SOFT_BREAK.join(re.findall(f".{{1,{PIECE}}}", word[0])), text)


def _long(text: str) -> Inline:
    text = broken(SPACE.sub(" ", text))
    return [text] if text else []


def _trimmed(inlines: Inline) -> Inline:
    kept = list(inlines)
    while kept and isinstance(kept[0], str) and not kept[0].lstrip(" "):
        kept.pop(0)
    while kept and (kept[-1] == {"k": "br"} or (isinstance(kept[-1], str) and not kept[-1].rstrip(" "))):
        kept.pop()
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(" ")
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(" ")
    return kept


def _paragraph(inlines: Inline, kind: str) -> list[Node]:
    kept = _trimmed(inlines)
    return [{"k": kind, "c": kept}] if kept else []


def _elements(element: Element, *tags: str) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.tag in tags]


def _grid(table: Element, read: Callable[[Element], list[Node]]) -> tuple[list[list[Node]], int]:
    """The rows of a table, each as wide as the others' spans make it, and how many of them are its head."""
    groups = [("head", group) for group in _elements(table, "thead")]
    groups += [("body", group) for group in _elements(table, "tbody", "tfoot")] + [("body", table)]
    rows: list[list[Node]] = []
    heads = 0
    for kind, group in groups:
        for row in _elements(group, "tr"):
            cells = _elements(row, "th", "td")
            rows.append([one for cell in cells for one in _cells(cell, read)])
            heads += kind == "head"
    return [row for row in rows if row], heads


def _cells(cell: Element, read: Callable[[Element], list[Node]]) -> list[Node]:
    """A cell that spans others is followed by empty ones."""
    span = cell.attributes.get("colspan", "1")
    empty = min(int(span), WIDEST) - 1 if span.isascii() and span.isdigit() and len(span) < 9 else 0
    align = cell.attributes.get("align", "left")
    strong = cell.tag == "th"
    return [{"c": read(cell), "align": align, "strong": strong}, *({"c": []} for _ in range(empty))]
