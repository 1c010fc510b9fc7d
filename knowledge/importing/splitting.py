"""The sections of a decision as the fields of its page.

What fits no field exactly stays as it was written, in its order, in the text that is left over; and where sections
come twice or in an order that no reader of the page would follow, all of it stays there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from knowledge.importing.headings import (
    ARGUMENTS,
    CONFIRMATION,
    CONSEQUENCES,
    CONTEXT,
    DRIVERS,
    MORE,
    OPTIONS,
    OUTCOME,
    RATIONALE,
    SOLUTION,
    field_of,
)
from knowledge.importing.options import Weighed, chosen, merged, options_in
from knowledge.importing.outline import LOWEST, Heading
from knowledge.importing.records import Option
from knowledge.importing.sections import Lines, Section, cut, has_words, joined
from knowledge.importing.y_statements import told_in

_TELLING = {CONTEXT, DRIVERS, OPTIONS, ARGUMENTS, OUTCOME, CONSEQUENCES}
# In which order a reader of the page meets them; the others stand by themselves.
_ORDER = [CONTEXT, DRIVERS, OUTCOME, CONSEQUENCES]
_NESTED = {CONSEQUENCES, CONFIRMATION}
# More than any record has that was written by hand.
MOST_HEADINGS = 1000


@dataclass(frozen=True)
class Split:
    texts: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    whys: tuple[tuple[int, str], ...] = ()
    rest: str = ""
    # The headings of what is left over, and why nothing was told apart, where that is so.
    kept: tuple[str, ...] = ()
    whole_because: str = ""


def split(
    lines: Lines,
    headings: list[Heading],
    is_carried: Callable[[Section], bool],
    keep_above: Callable[[Lines], str],
) -> Split:
    """`is_carried` says of a section, such as "Status", whether fields of the page hold all of it already;
    `keep_above` what stands above all sections and is not held so.
    """
    level = _level(headings)
    if level is None:
        return _told_in_a_sentence(keep_above(lines))
    if len(headings) > MOST_HEADINGS:
        return Split(whole_because=f"it has more than {MOST_HEADINGS} headings")
    above, sections = cut(lines, headings, level)
    splitting = _Splitting(level, is_carried)
    has_decision = any(_field(section) == OUTCOME for section in sections)
    for index, section in enumerate(sections):
        if section.heading.level < level:
            splitting.keep_all(sections[index:])
            break
        splitting.take(section, has_decision=has_decision)
    if reason := splitting.unsafe_because():
        return Split(whole_because=reason)
    return splitting.done(keep_above(above))


def _told_in_a_sentence(text: str) -> Split:
    told = told_in(text)
    if told is None:
        return Split(whole_because="it has no section that is a field here")
    texts, options, rest = told
    return Split(texts=texts, options=options, rest=rest)


def _level(headings: list[Heading]) -> int | None:
    levels = [heading.level for heading in headings if _names(heading) in _TELLING]
    return min(levels, default=None)


def _names(heading: Heading) -> str | None:
    found = field_of(heading.text)
    return found[0] if found else None


def _field(section: Section) -> str | None:
    return _names(section.heading)


class _Splitting:
    def __init__(self, level: int, is_carried: Callable[[Section], bool]):
        self.level = level
        self.is_carried = is_carried
        self.pieces: dict[str, list[str]] = {}
        self.order: list[str] = []
        self.twice: str | None = None
        self.weighed: list[Weighed] = []
        self.left: list[str] = []
        self.kept: list[str] = []

    def take(self, section: Section, *, has_decision: bool) -> None:
        found = field_of(section.heading.text)
        name, says_no_more = self._settled(*found, has_decision=has_decision) if found else (None, False)
        if name is None:
            self._leave(section)
        elif self.is_carried(section):
            return
        elif name in {OPTIONS, ARGUMENTS}:
            self._weigh(section, name, says_no_more)
        elif name == OUTCOME and self.level <= LOWEST:
            self._decide(section, says_no_more)
        else:
            self._put(name, section.below.text if says_no_more else section.whole, section)

    def _settled(self, name: str, says_no_more: bool, *, has_decision: bool) -> tuple[str | None, bool]:
        last = self.order[-1] if self.order else None
        if name == RATIONALE:
            return (last if last in {CONTEXT, OUTCOME} else CONTEXT if not self.order else None), False
        if name == SOLUTION:
            return (None if has_decision else OUTCOME), False
        return name, says_no_more

    def _put(self, name: str, text: str, section: Section) -> None:
        if not has_words(text):
            return
        if name in self.pieces and self.order[-1] != name:
            self.twice = section.heading.text
        if not self.order or self.order[-1] != name:
            self.order.append(name)
        self.pieces.setdefault(name, []).append(text)

    def _decide(self, section: Section, says_no_more: bool) -> None:
        """The consequences and the confirmation of MADR stand below its outcome."""
        kept: list[str] = (
            [] if says_no_more else list(section.lines.raw[: section.heading.below - section.heading.line])
        )
        found: list[tuple[str, str]] = []
        below, place, nested = section.below, 0, section.nested
        for index, heading in enumerate(nested):
            opened = field_of(heading.text)
            if heading.line < place or heading.level > LOWEST or not opened or opened[0] not in _NESTED:
                continue
            end = next((each.line for each in nested[index + 1 :] if each.level <= heading.level), len(below.raw))
            kept += below.raw[place : heading.line]
            found.append((opened[0], joined(below.raw[heading.below if opened[1] else heading.line : end])))
            place = end
        self._put(OUTCOME, joined([*kept, *below.raw[place:]]), section)
        for name, text in found:
            self._put(name, text, section)

    def _weigh(self, section: Section, name: str, says_no_more: bool) -> None:
        weighed = options_in(section.below, list(section.nested)) if says_no_more else None
        if weighed is None or (any(each.of == name for each in self.weighed)):
            self._leave(section)
            return
        self.weighed.append(Weighed(weighed.options, weighed.beside, of=name))
        if has_words(weighed.beside):
            own = section.lines.raw[: section.heading.below - section.heading.line]
            self.left.append(joined([*own, "", weighed.beside]))
            self.kept.append(section.heading.text)

    def _leave(self, section: Section) -> None:
        if self.is_carried(section):
            return
        self.left.append(section.whole)
        self.kept.append(section.heading.text)

    def keep_all(self, sections: list[Section]) -> None:
        for section in sections:
            self._leave(section)

    def unsafe_because(self) -> str:
        if self.twice is not None:
            return f"its section “{self.twice.strip()}” says again what an earlier one says"
        ranks = [_ORDER.index(name) for name in self.order if name in _ORDER]
        if ranks != sorted(ranks):
            return "its sections stand in an unusual order"
        return ""

    def done(self, above: str) -> Split:
        texts = {name: "\n\n".join(pieces) for name, pieces in self.pieces.items()}
        options = merged([each.options for each in self.weighed])
        return Split(
            texts=texts,
            options=chosen(options, texts.get(OUTCOME, "")),
            rest="\n\n".join(text for text in [above, *self.left] if has_words(text)),
            kept=tuple(self.kept),
        )


TEXT_FIELDS = (CONTEXT, DRIVERS, OUTCOME, CONSEQUENCES, CONFIRMATION, MORE)
