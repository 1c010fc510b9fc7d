"""The options of a decision: from a list, or from headings with their arguments, and which of them was chosen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.importing.outline import Heading, plain
from knowledge.importing.records import Option
from knowledge.importing.sections import Lines, has_words, joined
from knowledge.importing.vocabulary import fold, words_of

LONGEST_TITLE = 400
# A longer list is no list of options.
MOST = 60


@dataclass(frozen=True)
class Weighed:
    """The options of one section, and what stands beside them there."""

    options: tuple[Option, ...]
    beside: str = ""
    of: str = ""


_ITEM = re.compile(r"( {0,3})([-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_ANY_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_BOX = re.compile(r"\[([ xX])\]\s+")
_BOLD_LEAD = re.compile(r"(\*\*|__)([^*_\n]{2,300}?)\s*[:.]?\s*\1(?:\s*[:：–—-]\s*|\s+)?(.*)$", re.S)
_WORDS = re.compile(r"[^\W_]+")


def options_in(lines: Lines, headings: list[Heading]) -> Weighed | None:
    """None where the section is written in a way in which options cannot be told for certain."""
    top = min((heading.level for heading in headings), default=0)
    opening = [heading for heading in headings if heading.level == top]
    head = lines.part(0, opening[0].line) if opening else lines
    listed = _listed(head)
    if not opening:
        return listed if listed and listed.options else None
    if listed is None:
        listed = Weighed((), head.text)
    if len(opening) > MOST:
        return None
    ends = [heading.line for heading in opening[1:]] + [len(lines.raw)]
    described = [
        _described(heading, lines.part(heading.below, end)) for heading, end in zip(opening, ends, strict=True)
    ]
    if not all(described):
        return None
    told = tuple(option for option in described if option)
    return Weighed(merged([listed.options, told]), listed.beside)


def _listed(lines: Lines) -> Weighed | None:
    """The items of a flat list, with what is indented below each; words before and after the list stand beside."""
    before: list[str] = []
    after: list[str] = []
    items: list[tuple[list[str], list[str]]] = []
    for raw, shown in zip(lines.raw, lines.shown, strict=True):
        is_item = bool(_ITEM.match(shown))
        if after and is_item:
            return None
        if is_item:
            items.append(([raw], [shown]))
        elif not items:
            before.append(raw)
        elif not after and _continues(raw, items[-1][0]):
            items[-1][0].append(raw)
            items[-1][1].append(shown)
        elif raw.strip() or after:
            after.append(raw)
    indents = {len(match[1]) for raw, _ in items if (match := _ITEM.match(raw[0]))}
    if len(indents) > 1 or len(items) > MOST:
        return None
    options = [_item(Lines(tuple(raw), tuple(shown))) for raw, shown in items]
    if not all(option.title for option in options):
        return None
    return Weighed(tuple(options), joined([*before, *([""] if after else []), *after]))


def _continues(raw: str, item: list[str]) -> bool:
    return not raw.strip() or raw[0] in " \t" or (bool(item[-1].strip()) and not raw.startswith(("|", ">", "#", "<")))


def _item(lines: Lines) -> Option:
    start = _ITEM.match(lines.raw[0])
    first = lines.raw[0][start.end() :] if start else lines.raw[0]
    box = _BOX.match(first)
    first = first[box.end() :] if box else first
    below = _dedented(lines.part(1, len(lines.raw)))
    size = next((i for i, raw in enumerate(below.raw) if not raw.strip() or _ANY_ITEM.match(raw)), len(below.raw))
    lead = " ".join([first.strip(), *(raw.strip() for raw in below.raw[:size])])
    rest = below.part(size, len(below.raw))
    bold = _BOLD_LEAD.match(lead)
    option = _argued(_titled(bold[2], bold[3].strip()) if bold else _titled(lead, ""), rest)
    return replace(option, is_chosen=bool(box and box[1] in "xX"))


def _dedented(lines: Lines) -> Lines:
    indents = [len(raw) - len(raw.lstrip()) for raw in lines.raw if raw.strip()]
    # A line that is not indented goes on with the item's own first paragraph.
    indent = min((each for each in indents if each), default=0)

    def moved(line: str) -> str:
        return line[min(indent, len(line) - len(line.lstrip())) :]

    return Lines(tuple(map(moved, lines.raw)), tuple(map(moved, lines.shown)))


def _described(heading: Heading, lines: Lines) -> Option | None:
    if not plain(heading.text):
        return None
    return _argued(_titled(heading.text, ""), lines)


def _titled(said: str, text: str) -> Option:
    """A title is plain words: what would be lost of it, a link or a picture, is said again in the text."""
    title = plain(said)
    loses = _said(title) != _said(_WITHIN.sub("]", said)) or "~~" in said
    if len(title) > LONGEST_TITLE:
        title, loses = f"{title[:LONGEST_TITLE].rpartition(' ')[0] or title[:LONGEST_TITLE]} …", True
    return Option(title, "\n\n".join(part for part in (said if loses else "", text) if part))


# A link to a heading of the same file: the option's own.
_WITHIN = re.compile(r"\]\(#[^()\s]{0,300}\)")


def _said(text: str) -> list[str]:
    return _WORDS.findall(fold(text))


_FOR = {
    "good": words_of("""
        good pro pros positive plus advantage advantages benefit benefits upside upsides strength strengths
        gut vorteil vorteile positiv bien bon avantage avantages bueno buena ventaja ventajas bom boa vantagem
        vantagens
        buono bene vantaggio vantaggi goed voordeel voordelen god godt bra fordel fordeler fordele fordel fordelar
        dobrze dobre zaleta zalety плюс плюсы хорошо преимущества 好 优点 好处 优势 良い 長所 利点 メリット 좋음
        장점"""),
    "neutral": words_of("neutral neutre neutraal neutrale neutralt neutro neutralnie нейтрально 中立 中性 중립"),
    "bad": words_of("""
        bad con cons contra negative minus disadvantage disadvantages drawback drawbacks downside downsides
        weakness weaknesses limitation limitations
        schlecht nachteil nachteile negativ mal mauvais inconvenient inconvenients desavantage malo mala desventaja
        desventajas contras ruim mau desvantagem desvantagens cattivo male svantaggio svantaggi contro slecht nadeel
        nadelen darlig dårlig ulempe ulemper daligt nackdel nackdelar zle wada wady минус минусы плохо недостатки
        坏 差 缺点 劣势 悪い 短所 欠点 デメリット 나쁨 단점"""),
}
_SIDE_OF = {word: side for side, words in _FOR.items() for word in words}
_BECAUSE = (
    r"because|since|weil|da|car|parce que?|porque|pois|perche|omdat|want|fordi|for at|for att|eftersom|"
    r"poniewaz|bo|потому что|так как"
)
_ARGUMENT = re.compile(
    rf"[*_]{{0,3}}([^\W\d_]{{1,14}})[*_]{{0,3}}"
    rf"(?:(?:\s*[,，、:：]|\s+[–—-])\s*[*_]{{0,3}}\s*(?:(?:{_BECAUSE})\b[:,]?|因为|因為)?|\s+(?:{_BECAUSE})\b)\s*(?=\S)",
    re.I,
)
_MARKED = {
    "✅": "good",
    "👍": "good",
    "➕": "good",
    "❌": "bad",
    "👎": "bad",
    "➖": "bad",
    "⛔": "bad",
    "🟢": "good",
    "🔴": "bad",
}
_LABEL = re.compile(
    r"\s*(?:#{1,6}\s+|[-*+]\s+)?[*_]{0,3}([^\W\d_][^:：*_#\n]{1,24}?)[*_]{0,3}\s*[:：]?\s*[*_]{0,3}\s*$"
)


def _argued(option: Option, lines: Lines) -> Option:
    """The option with its description and arguments; all as description where something else stands among them."""
    whole = "\n\n".join(part for part in (option.text, lines.text) if part)
    told = _Arguments()
    for raw, shown in zip(lines.raw, lines.shown, strict=True):
        if not told.take(raw, shown):
            return replace(option, text=whole)
    if not told.is_whole:
        return replace(option, text=whole)
    described = "\n\n".join(part for part in (option.text, joined(told.described)) if part)
    return replace(option, text=described, good=told.said("good"), neutral=told.said("neutral"), bad=told.said("bad"))


class _Arguments:
    """Reads line by line: a description, then arguments, each by its first word or under the label of its side."""

    def __init__(self) -> None:
        self.described: list[str] = []
        self.sides: dict[str, list[list[str]]] = {side: [] for side in _FOR}
        self.side: str | None = None
        self.last: list[str] | None = None
        self.indent: int | None = None

    @property
    def has_begun(self) -> bool:
        return self.side is not None or any(self.sides.values())

    @property
    def is_whole(self) -> bool:
        """A label must have had arguments."""
        return self.side is None or bool(self.sides[self.side])

    def said(self, side: str) -> tuple[str, ...]:
        return tuple(" ".join(parts) for parts in self.sides[side])

    def take(self, raw: str, shown: str) -> bool:
        if not raw.strip():
            self.last = None
            self.described.append(raw)
            return True
        if not shown.strip():
            self.described.append(raw)
            return not self.has_begun or raw.lstrip().startswith("<!--")
        return self._label(raw) or self._argument(raw) or self._more_of_the_last(raw) or self._description(raw)

    def _label(self, raw: str) -> bool:
        match = _LABEL.match(raw)
        side = _SIDE_OF.get(fold(match[1])) if match else None
        is_label = bool(side) and (":" in raw or "：" in raw or "*" in raw or "_" in raw or raw.lstrip()[0] == "#")
        if not is_label or not self.is_whole or (self.side is None and any(self.sides.values())):
            return False
        self.side, self.last, self.indent = side, None, None
        return True

    def _argument(self, raw: str) -> bool:
        item = _ANY_ITEM.match(raw)
        if not item:
            return False
        indent = len(raw) - len(raw.lstrip())
        said = raw[item.end() :].strip()
        side, words = side_of(said)
        side = side or self.side
        if side is None or (self.indent is not None and indent != self.indent):
            return False
        self.indent = indent
        self.last = [words]
        self.sides[side].append(self.last)
        return True

    def _more_of_the_last(self, raw: str) -> bool:
        if self.last is None or _ANY_ITEM.match(raw) or raw.lstrip().startswith(("|", ">", "#", "```", "~~~")):
            return False
        self.last.append(raw.strip())
        return True

    def _description(self, raw: str) -> bool:
        self.described.append(raw)
        return not self.has_begun


def side_of(said: str) -> tuple[str | None, str]:
    match = _ARGUMENT.match(said)
    if match and (side := _SIDE_OF.get(fold(match[1]))):
        return side, said[match.end() :]
    mark = said[:1]
    if mark in _MARKED and said[1:].lstrip("\ufe0f ").strip():
        return _MARKED[mark], said[1:].lstrip("\ufe0f ").strip()
    return None, said


def merged(lists: Iterable[tuple[Option, ...]]) -> tuple[Option, ...]:
    """One list of all: an option that a later list names again gets what is said of it there."""
    found: list[Option] = []
    for options in lists:
        known = list(found)
        for option in options:
            same = [place for place, other in enumerate(known) if _said(other.title) == _said(option.title)]
            same = same or [place for place, other in enumerate(known) if _is_same(other, option)]
            if len(same) == 1 and found[same[0]] is known[same[0]]:
                found[same[0]] = _both(known[same[0]], option)
            else:
                found.append(option)
    return tuple(found)


def _is_same(one: Option, other: Option) -> bool:
    short, long = sorted((_said(one.title), _said(other.title)), key=len)
    if short == long:
        return True
    begins_or_ends = long[: len(short)] == short or long[-len(short) :] == short
    return bool(short) and begins_or_ends and len("".join(short)) > 3


def _both(one: Option, other: Option) -> Option:
    return Option(
        title=max(one.title, other.title, key=lambda title: len(_said(title))),
        text="\n\n".join(part for part in (one.text, other.text) if part),
        good=one.good + other.good,
        neutral=one.neutral + other.neutral,
        bad=one.bad + other.bad,
        is_chosen=one.is_chosen or other.is_chosen,
    )


_CHOSEN = re.compile(
    r"\W*(?:the )?(?:chosen|selected|preferred) (?:option|alternative|solution)s?\b|option (?:choisie|retenue)|"
    r"solution (?:choisie|retenue)|(?:gewahlte|ausgewahlte) (?:option|alternative|losung)|"
    r"(?:opcion|alternativa|solucion) (?:elegida|escogida|seleccionada)|opcao (?:escolhida|selecionada)|"
    r"alternativa escolhida|opzione (?:scelta|selezionata)|(?:gekozen|geselecteerde) (?:optie|alternatief|oplossing)|"
    r"valgt (?:alternativ|losning|mulighed)|valt alternativ|wybrana (?:opcja|alternatywa)|"
    r"выбранн(?:ый|ая) (?:вариант|опция)|(?:选择的?|所选的?|选定的?)(?:选项|方案)|"
    r"選択した(?:選択肢|オプション|案)|選択された(?:選択肢|オプション)|선택한? ?(?:옵션|안)"
)
_IN_TITLE = re.compile(r"\b(?:chosen|selected|gewahlt|choisie|elegida|escolhida|scelta|gekozen|valgt)\b\W*$|✅|☑|✔")
_QUOTED = re.compile(r"[\"“”„«‘'`*\[_]{1,3}([^\"“”„«»’'`*\]\n]{2,300})[\"“”»’'`*\]_]{1,3}")


def chosen(options: tuple[Option, ...], outcome: str) -> tuple[Option, ...]:
    """The options, with the one that the outcome names as chosen marked."""
    if not options or any(option.is_chosen for option in options):
        return options
    ours = [option for option in options if _IN_TITLE.search(fold(option.title))] or _named(options, outcome)
    if len(ours) != 1:
        return options
    return tuple(replace(option, is_chosen=True) if option is ours[0] else option for option in options)


def _named(options: tuple[Option, ...], outcome: str) -> list[Option]:
    lines = [line for line in outcome.split("\n") if has_words(line) and not line.lstrip().startswith("<!--")]
    for line in lines[:3]:
        said = line.strip()[:2000]
        after = _CHOSEN.match(fold(plain(said)).lstrip("*_-> "))
        if after or line is lines[0]:
            rest = fold(plain(said)).lstrip("*_-> ")[after.end() if after else 0 :]
            if ours := _beginning(options, rest, said, outright=bool(after)):
                return ours
    return []


def _beginning(options: tuple[Option, ...], rest: str, said: str, *, outright: bool) -> list[Option]:
    words = _said(rest)
    if not outright:
        return [option for option in options if _said(option.title) == words]
    begun = [
        option for option in options if _said(option.title) and words[: len(_said(option.title))] == _said(option.title)
    ]
    if begun:
        longest = max(len(_said(option.title)) for option in begun)
        return [option for option in begun if len(_said(option.title)) == longest]
    names = [match[1] for match in _QUOTED.finditer(plain(said).replace("*", ""))][:1]
    named = Option(names[0] if names else re.split(r"[,.;(]|\s[–—-]\s|\bbecause\b", rest.strip(" :：\"'“"))[0])
    return [option for option in options if _said(named.title) and _is_same(option, named)]
