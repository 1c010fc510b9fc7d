"""Which other records a text says it replaces, or is replaced by, as it says it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.importing.fields import Fields
from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.outline import Outline
from knowledge.importing.records import Reference
from knowledge.importing.vocabulary import ACTIVE, PASSIVE, STATUS, SUPERSEDED_BY, SUPERSEDES, fold


@dataclass(frozen=True)
class Relations:
    supersedes: tuple[Reference, ...]
    superseded_by: tuple[Reference, ...]


_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^()]{0,600}\)")
_NAMED = (
    r"(?:ADR|DR|PDR|TDR|EDR|MADR|AD|RFC|Decision(?: Record)?|Beslutning|Décision|Entscheidung|Decisión|Decisão|"
    r"Besluit|Beslut)"
    r"\s?(?:[-_ #]|n[o°º]\.? ?)*\d{1,6}(?:-[\w-]+)?(?:\.(?:md|rst|adoc))?"
)
_LINK = (
    r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){1,300}\](?:\(\s*<?[^()\s<>]{0,600}>?[^()]{0,200}\)|\[[^\[\]\n]{0,200}\])?"
)
_RST = r":(?:ref|doc):`[^`\n]{1,300}`|`[^`<\n]{1,300}\s?<[^`>\n]{1,500}>`_{1,2}|`[^`\n]{1,200}`_{1,2}"
_ADOC = r"(?:xref|link):[^\s\[]{1,400}\[[^\]\n]{0,300}\]|<<[^<>\n]{1,400}>>"
# In any sentence: links, roles, and names of records with their number.
_REFERENCE = re.compile(f"{_LINK}|{_RST}|{_ADOC}|\\b{_NAMED}", re.IGNORECASE)
# Where a field or a status says so, also a slug in a code span, a file name, or a bare number.
_LOOSE = re.compile(
    f"{_LINK}|{_RST}|{_ADOC}|`[^`\n]{{2,200}}`|\\b{_NAMED}|[\\w./-]{{1,200}}\\.(?:md|rst|adoc)\\b|"
    r"\b[a-z0-9]+(?:-[\w]+){1,30}\b|#?\b\d{1,6}\b",
    re.IGNORECASE,
)
_DATES = re.compile(r"(?<![\w/(-])(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?![\w-])")
_PARTS = {
    "link": re.compile(r"!?\[(.+)\]\(\s*<?([^()\s<>]*)>?.*\)$", re.S),
    "by label": re.compile(r"!?\[(.+)\]\[([^\[\]]*)\]$", re.S),
    "alone": re.compile(r"!?\[(.+)\]$", re.S),
    "role": re.compile(r":(?:ref|doc):`(?:(.*?)\s*<)?([^`<>]+)>?`$"),
    "rst link": re.compile(r"`(.+?)\s?<([^`>]+)>`_{1,2}$"),
    "rst name": re.compile(r"`()(.+)`_{1,2}$"),
    "xref": re.compile(r"(?:xref|link):([^\s\[]+)\[(.*)\]$"),
    "angle": re.compile(r"<<([^<>,]+),?(.*)>>$"),
    "code": re.compile(r"`()(.+)`$"),
}
_DEFINITION = re.compile(r"\s{0,3}\[([^\[\]]{1,200})\]:\s*<?(\S{1,600}?)>?(?:\s|$)")
# How far from the verb a record may be named: "supersedes some aspects of [ADR-15] and [ADR-16]".
REACH = 60
_JOINED = re.compile(r"^(?:\s*(?:,|;|&|and|et|und|og|och|y|e|en|as well as|\+)\s*|\s*,\s*and\s*){1,2}$", re.IGNORECASE)
_THIS = re.compile(r"\b(?:which|that)\s+(?:this|the current) (?:decision|adr|record)\s*$")
_OF_THIS = re.compile(
    r"^\W{0,4}(?:this|the present|denne|cette|diese|esta|questa|deze) (?:decision|adr|record|one|beslut)"
)
_NOT = re.compile(r"\b(?:not|never|nor|without|ikke|nicht|pas|no)\s+(?:\w+\s+)?$")
_SENTENCE_END = re.compile(r"(?<=[^\WA-Z\d])[.!?]\s+(?=[A-ZÀ-Þ\[*])|[.!?]\s*$")


def relations(front: FrontMatter, fields: Fields, outline: Outline, status: str | None) -> Relations:
    definitions = _definitions(outline)
    supersedes: list[Reference] = []
    superseded_by: list[Reference] = []
    for value in fields.get(SUPERSEDES, []):
        supersedes += _loosely(value, definitions)
    for value in fields.get(SUPERSEDED_BY, []):
        superseded_by += _loosely(value, definitions)
    for value in fields.get(STATUS, []):
        _from_status(value, status, definitions, supersedes, superseded_by)
    for sentence in _sentences(outline):
        _from_sentence(sentence, definitions, supersedes, superseded_by)
    return Relations(_once(supersedes), _once(superseded_by))


def _definitions(outline: Outline) -> dict[str, str]:
    matches = (_DEFINITION.match(line) for line in outline.lines if line.lstrip().startswith("["))
    return {fold(match[1]): match[2] for match in matches if match}


def _sentences(outline: Outline) -> Iterator[str]:
    """The paragraphs in which a word of supersession stands, cut at the ends of their sentences."""
    paragraph: list[str] = []
    for line in [*outline.lines, ""]:
        text = line.strip(" >")
        begins = not text or re.match(r"[-*+|#]\s|\d+[.)]\s", text)
        if begins and paragraph:
            yield from _told(" ".join(paragraph))
            paragraph = []
        if text:
            paragraph.append(text)


def _told(paragraph: str) -> Iterator[str]:
    folded = fold(paragraph[:4000])
    if PASSIVE.search(folded) or ACTIVE.search(folded):
        yield from (sentence for sentence in _SENTENCE_END.split(paragraph[:4000]) if sentence.strip())


def _from_status(value: str, status: str | None, definitions: dict, supersedes: list, superseded_by: list) -> None:
    found = False
    for line in value.splitlines()[:20]:
        for clause in re.split(r";|(?<=[a-z)])\.\s", line):
            folded = fold(clause)
            passive, active = PASSIVE.search(folded), ACTIVE.search(folded)
            if passive:
                superseded_by += _after(clause, passive.group(), definitions, _LOOSE)
                found = True
            elif active and not re.match(r"\W*super\w+ed\b", folded):
                supersedes += _after(clause, active.group(), definitions, _LOOSE)
                found = True
            elif re.search(r"\bamend|\bextend|\bsupplement|\bcomplet", folded):
                found = True
    if status == "superseded" and not found:
        superseded_by += _run(_IMAGE.sub("", value[:4000]), definitions, _REFERENCE, reach=len(value))


def _from_sentence(sentence: str, definitions: dict, supersedes: list, superseded_by: list) -> None:
    folded = fold(sentence)
    for pattern, ours in ((PASSIVE, superseded_by), (ACTIVE, supersedes)):
        for match in pattern.finditer(folded):
            if _NOT.search(folded[: match.start()]) or _inside_reference(sentence, match.group()):
                continue
            before, after = _around(sentence, match.group())
            if pattern is ACTIVE and _OF_THIS.match(fold(after)):
                superseded_by += _named(before, definitions, _REFERENCE)[-1:]
            elif pattern is ACTIVE and _THIS.search(fold(before)):
                supersedes += _named(before, definitions, _REFERENCE)[-1:]
            elif pattern is PASSIVE or _speaks_of_itself(before):
                ours += _after(sentence, match.group(), definitions, _REFERENCE)


def _speaks_of_itself(before: str) -> bool:
    """Whether the subject of "supersedes" is the record at hand, and not another that the sentence names."""
    return not _REFERENCE.search(before) or bool(re.search(r"\b(?:this|we|our|here)\b", fold(before)))


def _inside_reference(sentence: str, words: str) -> bool:
    """Whether the words stand in the text or the address of a link: [20201028-superseded-adr](…)."""
    without = _REFERENCE.sub(" ", sentence)
    return words not in fold(without)


def _around(sentence: str, words: str) -> tuple[str, str]:
    """The sentence before and after the words, in its own letters."""
    match = re.search(_spelt(words), sentence, re.IGNORECASE)
    if match:
        return sentence[: match.start()], sentence[match.end() :]
    folded = fold(sentence)
    start = folded.find(words)
    # Folding takes accents away and nothing else that would move a place by much.
    return sentence[:start], sentence[start + len(words) :]


def _spelt(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _after(sentence: str, words: str, definitions: dict, pattern: re.Pattern) -> list[Reference]:
    """The first record named within reach of the verb, and those joined to it by "and"."""
    return _run(_around(sentence, words)[1], definitions, pattern)


def _run(after: str, definitions: dict, pattern: re.Pattern, *, reach: int = REACH) -> list[Reference]:
    found: list[Reference] = []
    end = 0
    for match in pattern.finditer(after):
        between = after[end : match.start()]
        if (found and not _JOINED.match(between)) or (not found and len(between) > reach):
            break
        found.append(_reference(match.group(), definitions))
        end = match.end()
        trailing = re.match(r"\s*\([^()]{0,200}\)", after[end:])
        end += trailing.end() if trailing else 0
    return found


def _loosely(value: str, definitions: dict) -> list[Reference]:
    return _named(_DATES.sub(" ", value[:4000]), definitions, _LOOSE)


def _named(text: str, definitions: dict, pattern: re.Pattern) -> list[Reference]:
    return [_reference(match.group(), definitions) for match in pattern.finditer(text[:4000])]


def _reference(raw: str, definitions: dict) -> Reference:
    for name, pattern in _PARTS.items():
        if not (match := pattern.match(raw)):
            continue
        if name == "alone":
            return Reference(raw, match[1], definitions.get(fold(match[1])))
        if name == "by label":
            return Reference(raw, match[1], definitions.get(fold(match[2] or match[1])))
        if name in {"xref", "angle"}:
            return Reference(raw, match[2].strip() or match[1], match[1])
        return Reference(raw, match[1] or match[2], match[2])
    return Reference(raw, raw)


def _once(references: Iterable[Reference]) -> tuple[Reference, ...]:
    kept: dict[str, Reference] = {}
    for reference in references:
        kept.setdefault(reference.target or fold(reference.text), reference)
    return tuple(kept.values())
