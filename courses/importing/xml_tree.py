"""XML from strangers: no document type, so no entities and nothing loaded; bounded in depth and in number."""

from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 60
MOST_ELEMENTS = 500_000
# What is embedded so is not read, and may be of any size.
SKIPPED = {"file"}


class BrokenXML(ValueError):
    """Why a file is no XML that is read, as a sentence."""


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str) -> list["Node"]:
        return [child for child in self.children if child.tag == tag]

    def one(self, tag: str) -> "Node | None":
        return next(iter(self.all(tag)), None)

    def said(self, *path: str) -> str:
        """The text of the first element on this path, empty where there is none."""
        node: Node | None = self
        for tag in path:
            node = node.one(tag) if node else None
        return node.text.strip() if node else ""


def tree_of(text: str) -> Node:
    return _Builder().built(text)


class _Builder:
    def __init__(self):
        self.top = Node("")
        self.open = [self.top]
        self.elements = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._document_type

    def built(self, text: str) -> Node:
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            raise BrokenXML(f"The file is no well-formed XML: {what} in line {error.lineno}.") from None
        return self.top.children[0]

    def _start(self, tag, attributes):
        self.elements += 1
        if self.elements > MOST_ELEMENTS or len(self.open) > DEEPEST:
            raise BrokenXML(
                f"The file has more than {MOST_ELEMENTS:,} elements, or more than {DEEPEST} in each other. Divide it."
            )
        node = Node(tag.rpartition(":")[2], attributes, self.parser.CurrentLineNumber)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, tag):
        self.open.pop()

    def _words(self, data):
        if self.open[-1].tag not in SKIPPED:
            self.open[-1].pieces.append(data)

    def _document_type(self, *declared):
        raise BrokenXML("The file declares a document type (DOCTYPE), which is not read. Export it without one.")
