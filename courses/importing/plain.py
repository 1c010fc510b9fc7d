"""Plain text as Markdown that shows the same characters."""

import re

GAP = r"\[\[\d{1,2}\]\]"
SPECIAL = re.compile(
    rf"""(?P<gap>{GAP})(?P<link>[(\[])?   # a gap, and a bracket that would make a link of it
    | \\(?=[\\`*_{{}}\[\]()>\#+.!|\-]|\s|$)   # a backslash that would hide itself
    | `
    | \*(?=\S) | (?<=\S)\*
    | _+
    | <(?=[A-Za-z/!?]) | &(?=\#?\w{{1,32}};|\#x?\d)
    | \[ | \]
    """,
    re.VERBOSE,
)
LINKS = re.compile(r"\][(\[:]")
START = re.compile(
    r"([ \t]*)(?:(#{1,6}|>|[-+*](?=\s|$)|[-_*](?=[-_* \t]*$))|(\d{1,9})([.)])(?=\s|$)|(:|~{3,}|=+(?=[ \t]*$)))"
)
RULE = set(" \t|:-")


def markdown_of_plain(text: str) -> str:
    """Its lines stay lines."""
    lines = [_line(line) for line in escaped(text).split("\n")]
    return "\n".join(lines).strip("\n")


def escaped(text: str) -> str:
    """In the midst of a line. Brackets are left where nothing would make them a link."""
    brackets = bool(LINKS.search(text))

    def mark(found):
        if found["gap"]:
            return f"{found['gap']}\\{found['link']}" if found["link"] else found["gap"]
        special = found[0]
        if special == "<":
            return "&lt;"
        if special == "&":
            return "&amp;"
        if special[0] == "_" and _stands_for_itself(found):
            return special
        if special in "[]":
            return f"\\{special}" if brackets else special
        return "".join(f"\\{one}" for one in special)

    return SPECIAL.sub(mark, text)


def _stands_for_itself(run) -> bool:
    """Of underscores: within a word, or alone as a blank to be filled."""
    before, after = run.string[max(run.start() - 1, 0) : run.start()], run.string[run.end() : run.end() + 1]
    return (before.isalnum() and after.isalnum()) or not (before + after).strip()


def at_start(text: str) -> str:
    """The same at the beginning of a line, where more has a meaning."""
    found = START.match(text)
    if not found:
        return text
    space, mark, number, point, other = found.groups()
    after = text[found.end() :]
    if mark:
        return f"{space}\\{mark}{after}"
    return f"{space}{number}\\{point}{after}" if number else f"{space}&#{ord(other[0])};{other[1:]}{after}"


def _line(line: str) -> str:
    if "|" in line and "-" in line and set(line) <= RULE:
        line = line.replace("|", "&#124;")
    line = at_start(line)
    indent = len(line) - len(line.lstrip(" \t"))
    return "\u00a0" * len(line[:indent].expandtabs(4)) + line[indent:] if indent > 1 else line
