"""What a record is called, and its number: from its name, its first heading, or its front matter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.importing.fields import label_of, part_of
from knowledge.importing.front_matter import FrontMatter
from knowledge.importing.outline import Heading, Outline, Syntax, plain
from knowledge.importing.statuses import status_in_title
from knowledge.importing.vocabulary import TITLE, fold

# What houses call a decision record before its number.
_KIND = (
    r"(?:m?adr|l?adr|dr|dec|decision|ddr|pdr|tdr|edr|mdr|kdr|rfc|rfd|ard|ad|record|proposal|"
    r"(?:architectur(?:e|al) )?decision(?: record)?|architekturentscheidung|beslutning|arkitekturbeslutning|"
    r"decision d.architecture|decisao|decision|entscheidung|beslut|besluit|решение)"
)
_DATED = re.compile(
    r"^(?:(?:19|20)\d\d[-_.]\d\d(?:[-_.]\d\d)?|(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01]))(?:[-_. T]+|$)"
)
_NAMED_NUMBER = re.compile(
    rf"^{_KIND}[-_ #.]*(\d{{1,6}}|[xn]{{3,4}}|0000)(?![\w])[-_ .:]*|^[a-z]{{2,4}}(\d{{2,6}})(?=[-_. ]|$)[-_ .]*", re.I
)
_YEARLY_NUMBER = re.compile(rf"^{_KIND}[-_ ](?:19|20)\d\d[-_](\d{{1,4}})(?!\d|-\d)[-_ .:]*", re.I)
_BARE_NUMBER = re.compile(r"^#?(\d{1,6})(?=[-_. ]|$)[-_ .]*")
_TITLE_NUMBER = re.compile(
    rf"^(?:{_KIND}[-_ ]*(?:n[o°º]\.? ?)?#?\s?(\d{{1,6}})\b(?!\.\d)\s*[.:)\]|–—-]*\s*"
    r"|#?(\d{1,6})\s*(?:[.:)]|\s[–—-])\s+|(0\d{1,5})[\s_-]+)",
    re.I,
)
_TITLE_PREFIX = re.compile(rf"^{_KIND}(?: record)?s?\s*(?::|\s[–—-])\s*", re.I)
_PLACEHOLDER = re.compile(
    r"^\W*(?:\{.*\}|<[^>]*>|\[[^\]]*\]"
    r"|(?:adr[- ]*)?(?:n{3,4}|x{3,4}|0+)?\W*(?:short |decision |record |adr )*title(?: \(.*\)|\W* of .*| here.*|)"
    r"|decision record title.*|untitled|titre court.*|kurzer titel.*"
    # The name of the form alone, where the title should stand.
    r"|(?:m?adr|architectur(?:e|al) decision records?(?: ?\(adrs?\))?)(?:[- ]*(?:n{3,4}|x{3,4}))?)\W*$",
    re.I,
)
INDEX_NAMES = frozenset(
    {
        "readme",
        "index",
        "_index",
        "home",
        "summary",
        "toc",
        "_toc",
        "overview",
        "adr-log",
        "log",
        "indice",
        "inhalt",
        "sommaire",
    }
)


@dataclass(frozen=True)
class Name:
    """What file and folder names tell: the words that are a title, the number, and the dated folder or file."""

    words: str
    number: int | None
    dated: str


@dataclass(frozen=True)
class Title:
    text: str
    # The heading that it was read from, which the page then shows by itself.
    heading: Heading | None = None
    number: int | None = None
    status: str | None = None


def stem_of(file: str) -> str:
    name = PurePosixPath(file).name
    return re.sub(r"(?:\.(?:html|md|markdown|mdx|rst|adoc|erb|txt))+$", "", name, flags=re.I) or name


def is_index_name(file: str) -> bool:
    stem = fold(stem_of(file))
    return stem in INDEX_NAMES or _BARE_NUMBER.sub("", stem) in INDEX_NAMES


def folder_of(file: str) -> str:
    return PurePosixPath(file).parent.name


def name_of(file: str) -> Name:
    """For a record that is a folder (2024-05-01-use-x/README.md), the folder's name counts."""
    own = _name(stem_of(file))
    if is_index_name(file) and folder_of(file):
        return _name(folder_of(file))
    return own


def _name(stem: str) -> Name:
    rest = _DATED.sub("", stem)
    dated = stem if rest != stem else ""
    match = _YEARLY_NUMBER.match(rest) or _NAMED_NUMBER.match(rest) or _BARE_NUMBER.match(rest)
    number = next((group for group in match.groups() if group), None) if match else None
    words = rest[match.end() :] if match else rest
    year = bool(number and not dated and re.fullmatch(r"(?:19|20)\d\d", number) and match and _BARE_NUMBER.match(rest))
    return Name(words, int(number) if number and number.isdigit() and not year else None, dated)


def is_numbered(file: str) -> bool:
    """Whether a file or its folder is named as records are: by a number or a date before its words."""
    name = name_of(file)
    return name.number is not None or bool(name.dated)


def title_of(file: str, front: FrontMatter, outline: Outline) -> Title:
    for heading in _candidates(outline):
        title = _cleaned(plain(heading.text))
        if title.text and not is_placeholder(title.text) and not _is_part(title.text):
            return Title(title.text, heading, title.number, title.status)
    for title in map(_cleaned, _written_out(outline)):
        if title.text and not is_placeholder(title.text):
            return title
    stated = front.first("title", "titre", "titel", "tittel", "titulo", "titolo") or _commented(front)
    title = _cleaned(plain(stated))
    if title.text and not is_placeholder(title.text):
        return title
    return Title(humanised(name_of(file).words or stem_of(file)))


def _written_out(outline: Outline) -> Iterator[str]:
    """A title below a heading "Title", or as a single line above the first heading."""
    for index, heading in enumerate(outline.headings):
        if label_of(heading.text) == TITLE:
            yield next((plain(line) for line in outline.section(index) if line.strip()), "")
    first = outline.headings[0].line if outline.headings else 0
    above = [line for line in outline.lines[:first] if line.strip()]
    if len(above) == 1 and (_TITLE_NUMBER.match(above[0]) or outline.syntax is Syntax.RST) and len(above[0]) < 120:
        yield plain(above[0])


def is_placeholder(title: str) -> bool:
    return bool(_PLACEHOLDER.match(title[:300]))


def _candidates(outline: Outline) -> list[Heading]:
    """The first heading of the text, whatever its level, and the first of the highest level above the text's parts."""
    headings = [heading for heading in outline.headings if heading.level < 7]
    if not headings:
        return []
    top = [heading for heading in headings if heading.level == 1][:1]
    first = headings[:1] if headings[0].level <= 2 and _above_text(headings[0], outline) else []
    return [*([] if top and first and first[0].level == 2 and top[0].line > 20 else top), *first]


def _above_text(heading: Heading, outline: Outline) -> bool:
    return sum(1 for line in outline.lines[: heading.line] if line.strip()) < 12


def _is_part(title: str) -> bool:
    """Whether a heading names a part or a field of a record, and so no record."""
    folded = fold(title)
    return label_of(title) is not None or (
        part_of(title) is not None and len(folded.split()) < 5 and _whole_part(folded)
    )


def _whole_part(folded: str) -> bool:
    if part_of(folded) is None:
        return False
    words = folded.split()
    return (
        len(words) == 1
        or folded in _PARTS_IN_FULL
        or words[0] in {"considered", "decision", "context", "positive", "negative"}
    )


_PARTS_IN_FULL = frozenset(
    fold(words)
    for words in (
        "problem statement",
        "pros and cons",
        "more information",
        "the decision",
        "our decision",
        "the problem",
    )
)


def _commented(front: FrontMatter) -> str:
    """A title that stands as a heading inside the front matter, where YAML takes it for a comment."""
    for comment in front.comments:
        words = comment.split()
        if 2 < len(words) < 20 and not re.search(r"[.:{}]|\b(?:optional|remove|element)", comment):
            return comment
    return ""


def _cleaned(text: str) -> Title:
    text = re.sub(r"\s*\{[:#][^}]*\}\s*$", "", text).strip()
    text = re.sub(r"^(?:title|titre|titel|tittel)\s*:\s*", "", text, flags=re.I)
    status, rest = status_in_title(text)
    rest, number = _without_number(rest)
    rest = _TITLE_PREFIX.sub("", rest)
    if number is None:
        rest, number = _without_number(rest)
    if status is None:
        status, rest = status_in_title(rest)
    rest = rest.strip().strip('"“”').strip()
    if rest.endswith(".") and not rest.endswith(".."):
        rest = rest[:-1]
    return Title(humanised(rest) if _is_slug(rest) else rest, number=number, status=status)


# "[ADR-0007] Use cork", "Use cork (ADR-7)".
_BRACKETED_NUMBER = re.compile(
    rf"^\s*[\[(]{_KIND}[-_ #]*(\d{{1,6}})[\])]\s*[:–—-]?\s*(?P<after>.+)$"
    rf"|^(?P<before>.+?)\s*[\[(]{_KIND}[-_ #]*(\d{{1,6}})[\])]\s*$",
    re.I,
)


def _without_number(text: str) -> tuple[str, int | None]:
    if bracketed := _BRACKETED_NUMBER.match(text[:500]):
        return bracketed["after"] or bracketed["before"], int(bracketed[1] or bracketed[4])
    match = _TITLE_NUMBER.match(fold(text)) if len(fold(text)) == len(text) else _TITLE_NUMBER.match(text)
    if not match or not text[match.end() :].strip():
        return text, None
    return text[match.end() :], int(next(group for group in match.groups() if group))


def _is_slug(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9+.]+){2,}", text, re.I))


def humanised(slug: str) -> str:
    words = " ".join(re.split(r"[-_\s]+", slug.strip("-_. ")))
    return words[:1].upper() + words[1:]
