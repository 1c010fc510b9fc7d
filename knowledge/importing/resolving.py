"""From what records call each other to the files that they mean. Only what a file says itself counts."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from knowledge.importing.linking import addresses_in
from knowledge.importing.records import ParsedRecord, Reference
from knowledge.importing.titles import is_index_name, name_of, stem_of
from knowledge.importing.vocabulary import fold

_NUMBER = re.compile(r"(?<!\d)(\d{1,6})(?!\d)")
_KEPT_SUFFIXES = (".md", ".markdown", ".mdx", ".rst", ".adoc")


@dataclass(frozen=True)
class Resolved:
    """Files below the imported folder, and what leads to none: `dangling` of what is said to be replaced or to replace,
    `missing` of the other links."""

    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    # The file that each address in the text means; those that mean none stand in no field of this.
    links: Mapping[str, str] = field(default_factory=dict)


UNRELATED = Resolved()


def resolve(records: Iterable[ParsedRecord], others: Collection[str] = ()) -> dict[str, Resolved]:
    """`others` are files of the folder that are no records: a link to one of them leads to none, and is no slip."""
    shelf = _Shelf(list(records))
    there = {unquote(file).casefold() for file in others}
    return {record.file: _resolved(record, shelf, there) for record in shelf.records.values()}


def _resolved(record: ParsedRecord, shelf: "_Shelf", others: Collection[str]) -> Resolved:
    dangling: list[str] = []
    links: dict[str, str] = {}

    def files(references: tuple[Reference, ...]) -> tuple[str, ...]:
        found = {}
        for reference in references:
            if file := shelf.find(reference, record):
                found[file] = True
                if reference.target:
                    links[reference.target] = file
            elif reference.raw not in dangling:
                dangling.append(reference.raw)
        return tuple(found)

    supersedes, superseded_by = files(record.supersedes), files(record.superseded_by)
    missing = []
    for address in _addresses(record):
        if file := shelf.at_path(address, record):
            links.setdefault(address, file)
        elif address not in links and _is_missing(address, record, others) and not _is_told(address, dangling):
            missing.append(address)
    return Resolved(supersedes, superseded_by, tuple(dangling), tuple(missing), links)


def texts_of(record: ParsedRecord) -> Iterator[str]:
    """Every text of a record in which a link may stand."""
    yield from (record.body, *record.texts.values())
    for option in record.options:
        yield from (option.text, *option.good, *option.neutral, *option.bad)


def _addresses(record: ParsedRecord) -> dict[str, None]:
    return dict.fromkeys(address for text in texts_of(record) for address in addresses_in(text))


def _is_relative(address: str) -> bool:
    return not re.match(r"[a-z][a-z0-9+.-]*:|[/#?{<%]", address, re.I)


def _is_missing(address: str, record: ParsedRecord, others: Collection[str]) -> bool:
    """Whether an address below the folder should be a record, and no such file is there."""
    path = _path(address)
    if not _is_relative(address) or not path.lower().endswith(_KEPT_SUFFIXES):
        return False
    place = posixpath.normpath(posixpath.join(posixpath.dirname(record.file), path)).casefold()
    return not place.startswith("../") and place not in others


def _is_told(address: str, dangling: list[str]) -> bool:
    return any(address in raw for raw in dangling)


class _Shelf:
    """The records of one import by their paths, numbers, slugs, labels and titles."""

    def __init__(self, records: list[ParsedRecord]):
        self.records = {record.file: record for record in records}
        self.paths = {unquote(file).casefold(): file for file in self.records}
        self.by_number: dict[int, list[str]] = defaultdict(list)
        self.by_slug: dict[str, list[str]] = defaultdict(list)
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for record in records:
            if record.number is not None:
                self.by_number[record.number].append(record.file)
            for slug in {_slug(_key_of(record.file)), _slug(name_of(record.file).words)}:
                self.by_slug[slug].append(record.file)
            for name in {fold(record.title), *map(fold, record.names)}:
                self.by_name[name].append(record.file)

    def find(self, reference: Reference, source: ParsedRecord) -> str | None:
        target = reference.target or ""
        outside = bool(re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", target, re.I))
        if outside and not _path(target).lower().endswith(_KEPT_SUFFIXES):
            return None
        for attempt in (self._at_path, self._by_words, self._by_number):
            if found := attempt(target, reference, source):
                return found
        return None

    def at_path(self, address: str, source: ParsedRecord) -> str | None:
        """The record at an address as a link has it; none outside the folder."""
        return None if re.match(r"(?:[a-z][a-z0-9+.-]*:)|//|#", address, re.I) else self._at_path(address, None, source)

    def _at_path(self, target: str, _reference: Reference | None, source: ParsedRecord) -> str | None:
        path = _path(target)
        if not path:
            return None
        for base in (posixpath.dirname(source.file), ""):
            joined = posixpath.normpath(posixpath.join(base, path.lstrip("/") if not base else path)).casefold()
            for candidate in (
                joined,
                *(joined + suffix for suffix in _KEPT_SUFFIXES),
                f"{joined}/readme.md",
                f"{joined}/index.md",
            ):
                file = self.paths.get(candidate)
                if file and file != source.file:
                    return file
        return None

    def _by_words(self, target: str, reference: Reference, source: ParsedRecord) -> str | None:
        """By slug, label or title, which stay when a number or a folder changes."""
        last = _path(target).rstrip("/").rpartition("/")[2]
        words = {last, target, reference.text}
        slugs = [_slug(stem_of(word)) for word in words if word] + [
            _slug(name_of(word).words) for word in words if word
        ]
        for slug in filter(None, slugs):
            if not slug.isdigit() and (found := self._nearest(self.by_slug.get(slug, []), source)):
                return found
        for word in words:
            if word and not word.isdigit() and (found := self._nearest(self.by_name.get(fold(word), []), source)):
                return found
        return None

    def _by_number(self, target: str, reference: Reference, source: ParsedRecord) -> str | None:
        last = _path(target).rstrip("/").rpartition("/")[2] if target else ""
        name = name_of(last or reference.text)
        number = name.number if name.number is not None else _first_number(last or reference.text)
        candidates = self.by_number.get(number, []) if number is not None else []
        if last and name.words and _words(name.words) - _EMPTY:
            # A number was moved to another decision: the name in the link has no word of the one that has it now.
            said = _words(name.words) | _words(reference.text)
            candidates = [
                file
                for file in candidates
                if said & _words(f"{name_of(file).words} {self.records[file].title}") - _EMPTY
            ]
        return self._nearest(candidates, source)

    def _nearest(self, files: list[str], source: ParsedRecord) -> str | None:
        """Of several, the one that shares most of the folder, then most of the title's words, with the source."""
        others = [file for file in files if file != source.file and _one_house(file, source.file)]
        return max(
            others,
            key=lambda file: (_shared_folder(file, source.file), _likeness(self.records[file], source)),
            default=None,
        )


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:  # "http://[": no address that anything could lead to
        return ""


_EMPTY = frozenset({"adr", "the", "a", "for", "of", "to", "and", "in", "use", "md"})


def _key_of(file: str) -> str:
    return posixpath.basename(posixpath.dirname(file)) if is_index_name(file) else stem_of(file)


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", fold(text)).strip("-")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", fold(text)))


def _first_number(text: str) -> int | None:
    match = _NUMBER.search(text)
    return int(match[1]) if match else None


def _one_house(file: str, other: str) -> bool:
    """Whether two files share a folder, or stand in folders side by side (accepted/, superseded/) at the top."""
    return _shared_folder(file, other) > 0 or max(file.count("/"), other.count("/")) < 2


def _shared_folder(file: str, other: str) -> int:
    ours, theirs = file.split("/")[:-1], other.split("/")[:-1]
    shared = 0
    while shared < min(len(ours), len(theirs)) and ours[shared] == theirs[shared]:
        shared += 1
    # The very same folder comes before one below it.
    return 2 * shared + (ours == theirs)


def _likeness(record: ParsedRecord, other: ParsedRecord) -> int:
    """How many letters of words the titles share, also where one writes two words as one (paper trail, papertrail)."""
    joined = re.sub(r"[\W_]+", "", fold(other.title + name_of(other.file).words))
    return sum(
        len(word)
        for word in _words(f"{record.title} {name_of(record.file).words}") - _EMPTY
        if len(word) > 2 and word in joined
    )
