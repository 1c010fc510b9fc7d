r"""How any text stands under a heading and comes back as it was, to the last space.

A line that would be taken for one of ours has a backslash before it, or one more than it had. A line with nothing but a
backslash stands where a text begins or ends with an empty line: what is empty around a text is not of it.
"""

import re
from collections.abc import Iterable

GUARD = "\\"
# What an editor, or the reader of other houses' files, would not leave as it is.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def is_plain(text: str) -> bool:
    """Whether a text file holds it safely; its line ends are all \\n."""
    return not _UNSAFE.search(text)


def is_line(text: str) -> bool:
    """Whether it can stand on a line of its own, after a sign."""
    return bool(text) and text == text.strip() and "\n" not in text and is_plain(text)


def with_one_line_end(text: str) -> tuple[str, bool]:
    """The text with \\n, and whether each of its line ends was \\r\\n, as browsers send them."""
    bare = text.replace("\r\n", "\n")
    return (bare, True) if "\r\n" in text and bare.replace("\n", "\r\n") == text else (text, False)


def exactly(lines: Iterable[str]) -> str:
    """A pattern for a line that is one of these."""
    return "(?:" + "|".join(re.escape(line) for line in lines) + r")[ \t]*$"


def escaped(text: str, ours: str) -> str:
    return "\n".join(f"\\{line}" if re.match(rf"\\*{ours}", line) else line for line in text.split("\n"))


def unescaped(text: str, ours: str) -> str:
    return "\n".join(line[1:] if re.match(rf"\\+{ours}", line) else line for line in text.split("\n"))


def guarded(text: str) -> str:
    lines = text.split("\n")
    before = [GUARD] if lines[0] in ("", GUARD) else []
    after = [GUARD] if lines[-1] in ("", GUARD) else []
    return "\n".join([*before, *lines, *after])


def unguarded(text: str) -> str:
    lines = text.strip("\n").split("\n")
    if lines[0] == GUARD:
        lines = lines[1:]
    if lines and lines[-1] == GUARD:
        lines = lines[:-1]
    return "\n".join(lines)
