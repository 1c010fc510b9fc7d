"""The sections of a post-mortem as the fields of a lesson; what fits none stays, in its order, in what happened."""

import re
from itertools import pairwise

from knowledge.importing.headings import lesson_field_of
from knowledge.importing.outline import LOWEST, Heading
from knowledge.importing.sections import Lines, has_words, joined
from knowledge.importing.splitting import MOST_HEADINGS, Split

_WHAT_HAPPENED, _WHYS, _ROOT_CAUSE = "what_happened", "whys", "root_cause"
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,2}[.)])[ \t]+(\S.*)$")
LONGEST_WHY = 500

# A field, the first line of its section, the first line of its text, and the line after its last.
Piece = tuple[str, int, int, int]


def split_lesson(lines: Lines, headings: list[Heading]) -> Split:
    if len(headings) > MOST_HEADINGS:
        return Split(whole_because=f"it has more than {MOST_HEADINGS} headings")
    found = _pieces(lines, headings)
    texts: dict[str, list[str]] = {}
    rest: list[str] = []
    whys: tuple[tuple[int, str], ...] = ()
    place = 0
    for name, start, below, end in found:
        rest.append(joined(lines.raw[place:start]))
        place = end
        if name == _WHYS:
            told = whys_in(lines.raw[below:end])
            whys, name, below = (told, _WHYS, end) if told else ((), _ROOT_CAUSE, start)
        if name != _WHYS:
            texts.setdefault(name, []).append(joined(lines.raw[below:end]))
    rest.append(joined(lines.raw[place:]))
    first = texts.pop(_WHAT_HAPPENED, [])
    left = "\n\n".join(part for part in [*first, *rest] if has_words(part))
    if not left:
        return Split(whole_because="nothing in it says what happened")
    fields = {name: "\n\n".join(parts) for name, parts in texts.items() if has_words("".join(parts))}
    return Split(texts=fields, whys=whys, rest=left)


def _pieces(lines: Lines, headings: list[Heading]) -> list[Piece]:
    """The sections that a field holds, in their order."""
    known = [heading for heading in headings if lesson_field_of(heading.text)]
    marked = [heading for heading in known if heading.level <= LOWEST]
    found: list[Piece] = []
    for heading in marked or known:
        if found and heading.line < found[-1][3]:
            continue
        end = next(
            (each.line for each in headings if each.line > heading.line and each.level <= heading.level), len(lines.raw)
        )
        name, says_no_more = lesson_field_of(heading.text) or ("", False)
        found.append((name, heading.line, heading.below if says_no_more else heading.line, end))
    return [
        piece for piece in found if _stands_once(piece, found) and has_words(joined(lines.raw[piece[2] : piece[3]]))
    ]


def _stands_once(piece: Piece, found: list[Piece]) -> bool:
    """Where a field has sections in several places, each belongs to what stands around it. Side by side is one."""
    same = [each for each in found if each[0] == piece[0]]
    if piece[0] == _WHAT_HAPPENED:
        return len(same) == 1 and piece is found[0]
    return all(one[3] == other[1] for one, other in pairwise(same))


def whys_in(lines: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """A list of whys with their depths; nothing where it is more than a list. Without indents each asks on."""
    items = [_ITEM.match(line.expandtabs(4)) for line in lines if line.strip()]
    if len(items) < 2 or not all(items) or any(len(match[2]) > LONGEST_WHY for match in items if match):
        return ()
    indents = [len(match[1]) for match in items if match]
    levels = sorted(set(indents))
    depths = [levels.index(indent) + 1 for indent in indents] if len(levels) > 1 else list(range(1, len(items) + 1))
    return tuple((depth, match[2].strip()) for depth, match in zip(depths, items, strict=True) if match)
