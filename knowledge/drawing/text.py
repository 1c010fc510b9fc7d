"""Lines of text for pictures, which do not wrap it themselves. No font is measured: widths are told rather too wide."""

from unicodedata import east_asian_width

NARROW = frozenset("iljtfrI.,:;'’!|()[] -")
WIDE = frozenset("mwMW@%—…")


def wrapped(text: str, *, width: float, size: float, lines: int) -> list[str]:
    """At most so many lines, none wider than `width` at that font size; what does not fit ends in an ellipsis."""
    room = width / size
    done: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if _ems(longer) <= room:
            line = longer
        elif len(done) == lines - 1:
            return [*done, _cut(longer, room)]
        elif line:
            done.append(line)
            line = word
        else:
            line = word
        if _ems(line) > room:
            line = _cut(line, room)
    return [*done, line] if line else done


def _cut(text: str, room: float) -> str:
    while text and _ems(f"{text}…") > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def _ems(text: str) -> float:
    return sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE or east_asian_width(letter) in "WF":
        return 1.0
    return 0.72 if letter.isupper() else 0.6
