"""A copy of a page (knowledge/freezing.py) as the document that is printed."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings

from knowledge.layout.nodes import Node, Reader, broken
from knowledge.layout.pictures import Pictures
from knowledge.layout.typesetting import HERE, Sheet
from knowledge.markdown import render
from knowledge.parts import FLAG_WORDS, day_in_words, lines_of

Names = Mapping[int, str]
# What stands in the head of the page, not below it.
LEAD = ("summary", "purpose")
NO_FACTS = [{"term": "", "value": ""}] * 4


def sheet_of(copy, *, names: Names | None = None, notice="", facts=(), log="") -> Sheet:
    """`names` are those of the people in the copy, by their ids; `facts` are pairs of words for the foot."""
    pictures = Pictures()
    reader = Reader(address=_address, picture=pictures.file)
    parts = copy["parts"]
    sections = [section for part in parts for section in _sections(part, reader, names or {}) if section["blocks"]]
    document = {
        "lang": settings.LANGUAGE_CODE.split("-")[0],
        "region": settings.LANGUAGE_CODE.partition("-")[2].upper() or None,
        "mark": _mark(),
        "house": settings.WAGTAIL_SITE_NAME,
        "eyebrow": f"{copy['number']} · {copy['kind'].capitalize()}" if copy["number"] else copy["kind"].capitalize(),
        "beside": ", ".join(copy.get("processes", [])[:4]),
        "title": broken(copy["title"]),
        "summary": broken(next((part["value"] for part in parts if part["name"] in LEAD and part["value"]), "")),
        "notice": notice,
        "sections": sections,
        "facts": [{"term": term, "value": value} for term, value in facts] or NO_FACTS,
        "log": log,
    }
    return Sheet(document, pictures.bytes)


def _sections(part, reader: Reader, names: Names) -> list[dict[str, Any]]:
    if part["name"] in LEAD:
        return []
    if part["kind"] == "markdown" and part["name"] == "body":
        return _by_heading(reader.blocks(render(part["value"])))
    value = part["value"]
    blocks = BLOCKS[part["kind"]](value, reader, names) if value or part["kind"] == "flag" else []
    return [{"heading": [part["label"]], "blocks": blocks}]


def _by_heading(blocks: list[Node]) -> list[dict[str, Any]]:
    """The text of a brief has sections of its own: those of its highest headings."""
    sections: list[dict[str, Any]] = [{"heading": [], "blocks": []}]
    for block in blocks:
        if block["k"] == "h" and block["l"] == 2:
            # A heading with nothing below it is still a heading.
            sections.append({"heading": block["c"], "blocks": []})
        else:
            sections[-1]["blocks"].append(block)
    for section in sections[1:]:
        section["blocks"] = section["blocks"] or [{"k": "p", "c": [" "]}]
    return sections


def _address(href: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{href}" if href.startswith("/") and not href.startswith("//") else href


def _text(words) -> Node:
    return {"k": "p", "c": [broken(str(words))]}


def _list(items, start: int | None = None) -> list[Node]:
    node = {"k": "list", "tight": True, "items": [[{"k": "t", "c": [broken(str(item))]}] for item in items]}
    return [node | ({"start": start} if start else {})] if items else []


def _several_lines(value, reader, names):
    lines = lines_of(value)
    return _list(lines) if len(lines) > 1 else [_text(lines[0])] if lines else []


def _tree(value, reader, names):
    """Nested lists of [depth, text] in the order of reading."""
    roots: list[Node] = []
    stack: list[list] = [roots]
    for depth, text in value:
        level = min(depth, len(stack), 8)
        del stack[level:]
        if not stack[-1] or stack[-1][-1]["k"] != "list":
            stack[-1].append({"k": "list", "tight": True, "items": []})
        below: list[Node] = [{"k": "t", "c": [broken(text)]}]
        stack[-1][-1]["items"].append(below)
        stack.append(below)
    return roots


def _options(value, reader, names):
    blocks: list[Node] = []
    for option in value:
        chosen: list[Any] = [" — ", {"k": "em", "c": ["chosen"]}] if option["is_chosen"] else []
        blocks.append({"k": "h", "l": 3, "c": [broken(option["title"]), *chosen]})
        blocks += reader.blocks(render(option["text"], 4))
        items = [(word, line) for word in ("good", "neutral", "bad") for line in lines_of(option[word])]
        points: list[list[Node]] = [
            [{"k": "t", "c": [{"k": "strong", "c": [f"{word.capitalize()}: "]}, broken(line)]}] for word, line in items
        ]
        blocks += [{"k": "list", "tight": True, "items": points}] if points else []
    return blocks


def _table(*columns: tuple[str, str]):
    def draw(value, reader, names):
        head = [{"c": [{"k": "t", "c": [words]}]} for _, words in columns]
        rows = [
            [{"c": [{"k": "t", "c": [broken(row[name])]}] if row[name] else []} for name, _ in columns] for row in value
        ]
        return [{"k": "table", "columns": len(columns), "heads": 1, "rows": [head, *rows], "caption": []}]

    return draw


BLOCKS: dict[str, Callable[[Any, Reader, Names], list[Node]]] = {
    "markdown": lambda value, reader, names: reader.blocks(render(value, 3)),
    "text": _several_lines,
    "choice": _several_lines,
    "page": _several_lines,
    "date": lambda value, reader, names: [_text(day_in_words(value))],
    "flag": lambda value, reader, names: [_text(FLAG_WORDS[True])] if value else [],
    "person": lambda value, reader, names: [_text(names.get(value, "Someone who is not known any more"))],
    "pages": lambda value, reader, names: [_text(", ".join(value))],
    "tree": _tree,
    "chain": lambda value, reader, names: _list(value, start=1),
    "options": _options,
    "measures": _table(("name", "Measure"), ("target", "Target"), ("how", "How it is measured")),
    "risks": _table(("risk", "Risk"), ("control", "Control")),
}


@cache
def _mark() -> str:
    return (HERE / "mark.svg").read_text()
