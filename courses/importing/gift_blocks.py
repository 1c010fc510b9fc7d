"""GIFT as blocks: one question each, with what stands above it in comments and by $CATEGORY."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(r"\\.|[{}]", re.DOTALL)
FENCE = re.compile(r"^[ \t]*(?:\[markdown\])?[ \t]*```|<(?:pre\b|/pre>)", re.IGNORECASE | re.MULTILINE)
TITLE = re.compile(r"\s*::(?:\\.|[^\\:]|:(?!:)){1,500}::")
CATEGORY = "$CATEGORY:"
IN_BRACKETS = re.compile(r"\[(id|tag):((?:\\\]|[^\]]){1,200})\]")
LONGEST_COMMENT = 10_000
# Where Moodle keeps a category is no part of its name.
CONTEXT = re.compile(r"(\$[a-z]{1,20}\$/?)?(top(/|$))?")


@dataclass
class Block:
    line: int
    category: str
    comments: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    # Lines of its text that GIFT takes for comments.
    dropped: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    depth: int = 0
    fences: int = 0

    @property
    def is_in_code(self) -> bool:
        """Between two fences, or in <pre>: there blank lines and lines that begin with // are text."""
        return self.depth == 0 and self.fences % 2 == 1

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def external_id(self) -> str:
        return next((value for key, value in self._said() if key == "id"), "")

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key, value in self._said() if key == "tag"))

    def _said(self) -> Iterator[tuple[str, str]]:
        for comment in self.comments:
            for key, value in IN_BRACKETS.findall(comment[:LONGEST_COMMENT]):
                if value.strip():
                    yield key, value.replace("\\]", "]").strip()

    def add(self, line: str) -> None:
        if self.depth == 0:
            self.dropped += self.after
        self.after = []
        self.lines.append(line)
        self.fences += len(FENCE.findall(unescaped(line)))
        for brace in TOKEN.findall(line):
            if brace == "{":
                self.depth += 1
            elif brace == "}":
                self.depth = max(0, self.depth - 1)
                self.fences = 0


def blocks_of(text: str) -> Iterator[Block]:
    """A blank line ends a question, but not in its braces or code; so does a line that begins with a title."""
    block = Block(0, "")
    category = ""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if bare.startswith("//") and not block.is_in_code:
            (block.after if block.lines else block.comments).append(bare)
            continue
        if not bare:
            if block.depth == 0 and not block.is_in_code:
                yield from _ended(block)
                block = Block(0, category)
            elif block.lines:
                block.lines.append("")
            continue
        if _begins_another(block, bare):
            yield from _ended(block)
            block = Block(0, category, comments=block.after if block.lines else block.comments)
        if bare.startswith(CATEGORY):
            category = category_of(bare.removeprefix(CATEGORY))
            block = Block(0, category)
            continue
        block.line = block.line or number
        block.add(line.rstrip("\r"))
    yield from _ended(block)


def _ended(block: Block) -> Iterator[Block]:
    if block.text:
        yield block


def _begins_another(block: Block, line: str) -> bool:
    """Also where braces were left open: else one of them would swallow all that follows."""
    if line.startswith(CATEGORY):
        return True
    open_since_a_blank = block.depth > 0 and block.lines[-1:] == [""]
    return bool(block.lines and (block.depth == 0 or open_since_a_blank) and TITLE.match(line))


def category_of(path: str) -> str:
    return " ".join(CONTEXT.sub("", unescaped(path).strip(), count=1).split())


ESCAPED = re.compile(r"\\([\\:#={}~n])")


def unescaped(text: str, line_end: str = "\n") -> str:
    return ESCAPED.sub(lambda found: line_end if found[1] == "n" else found[1], text)
