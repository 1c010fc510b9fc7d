"""A folder, read: which files it has, what kind each is by the company that it keeps, and whom it replaces."""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.importing import dates, kinds
from knowledge.importing.decoding import LARGEST, Unreadable
from knowledge.importing.reading import Draft, put_together, take_apart
from knowledge.importing.records import Kind, NotARecord, ParsedRecord
from knowledge.importing.resolving import UNRELATED, Resolved, resolve
from knowledge.importing.tables import LARGEST_TABLE, read_table
from knowledge.importing.titles import is_index_name, is_numbered

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".erb"})
TABLES = frozenset({".csv"})
# A row of a table is read at once; a file's kind is settled when its neighbours are known.
Reading = Draft | ParsedRecord | NotARecord


@dataclass(frozen=True)
class Entry:
    """One file of the folder: what it was read as, and the bytes that were read."""

    reading: ParsedRecord | NotARecord
    data: bytes = b""
    resolved: Resolved = UNRELATED


def read_folder(folder: Path, kind: Kind | None = None, *, taken: Collection[str] = ()) -> list[Entry]:
    """Every file of the folder that may be a record, in the order of their paths, but for those `taken` already."""
    contents: dict[str, bytes] = {}
    readings: dict[str, Reading] = {}
    for file, path in files_of(folder):
        if file in taken:
            continue
        try:
            for reading, data in _read(path, file, folder, kind):
                contents[reading.file] = data
                readings[reading.file] = reading
        except (Unreadable, OSError) as reason:
            readings[file] = NotARecord(file, _sentence(reason))
    settled = settle(readings.values(), kind)
    records = [record for record in settled if isinstance(record, ParsedRecord)]
    resolved = resolve(records, {record.file for record in settled if isinstance(record, NotARecord)})
    return [Entry(record, contents.get(record.file, b""), resolved.get(record.file, UNRELATED)) for record in settled]


def _read(path: Path, file: str, folder: Path, kind: Kind | None) -> Iterator[tuple[Reading, bytes]]:
    """What a file holds, each with its bytes: one reading, or of a table one a row."""
    if path.suffix.lower() not in TABLES:
        data = bytes_of(path, folder, LARGEST)
        yield take_apart(data, file), data
    elif kind in {None, Kind.LESSON}:
        yield from read_table(bytes_of(path, folder, LARGEST_TABLE), file)
    else:
        yield NotARecord(file, "A table holds lessons, so it was not read as anything else."), b""


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Paths below the folder, as text that can be written down, and as they are. Linked folders are not entered."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        found += [Path(parent, name) for name in names if Path(name).suffix.lower() in SUFFIXES | TABLES]
    for path in sorted(found):
        yield os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace"), path


def bytes_of(path: Path, folder: Path, largest: int) -> bytes:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unreadable("This is a link that leads out of the folder, and is not followed.")
    if not stat.S_ISREG(path.stat().st_mode):
        raise Unreadable("This is no ordinary file.")
    with path.open("rb") as opened:
        return opened.read(largest + 1)


def _sentence(reason: Exception) -> str:
    if isinstance(reason, OSError):
        return f"The file cannot be read: {reason.strerror or reason}."
    return str(reason)


def settle(readings: Iterable[Reading], asked: Kind | None) -> list[ParsedRecord | NotARecord]:
    """Records of the drafts, each of the kind that was asked for, that it shows, or that its neighbours have."""
    readings = list(readings)
    drafts = [reading for reading in readings if isinstance(reading, Draft)]
    company = _Company(_counted(drafts, deep=False), _counted(drafts, deep=True))
    month_first = _month_first(drafts)
    settled: list[ParsedRecord | NotARecord] = []
    for reading in readings:
        if not isinstance(reading, Draft):
            settled.append(reading)
            continue
        kind = asked or reading.evident_kind or company.kind_for(reading)
        if reason := _refused(reading, kind, asked):
            settled.append(NotARecord(reading.file, reason))
        else:
            settled.append(put_together(reading, kind, day_first=_parent(reading.file) not in month_first))
    return settled


def _refused(draft: Draft, kind: Kind, asked: Kind | None) -> str | None:
    if kinds.is_list_of_links(draft.outline) or (kind is not Kind.BRIEF and kinds.is_index(draft.file, draft.outline)):
        return "This is an index of other pages, not a record."
    if kind is Kind.DECISION and asked is None and draft.evident_kind is not Kind.DECISION and not _passes(draft):
        return "It stands among decisions but reads like none. Import it by itself with --kind to keep it."
    return None


def _passes(draft: Draft) -> bool:
    """Whether a file among decisions is named or written as one, though it shows too little by itself."""
    return is_numbered(draft.file) or bool(kinds.decision_parts(draft.outline))


@dataclass(frozen=True)
class _Company:
    """How many files each folder holds, by itself and with those below it, and which kinds they show."""

    beside: dict[str, tuple[int, Counter[Kind]]]
    below: dict[str, tuple[int, Counter[Kind]]]

    def kind_for(self, draft: Draft) -> Kind:
        """The kind of most files beside this one, or below an index, or around a numbered file that is alone."""
        folder = _parent(draft.file)
        counts = [self.beside[folder]]
        if is_index_name(draft.file):
            counts.append(self.below[folder])
        if folder and is_numbered(draft.file) and self.beside[folder][0] == 1:
            counts.append(self.below[folder.rpartition("/")[0]])
        return next((kind for count in counts if (kind := _most(*count))), Kind.BRIEF)


def _counted(drafts: list[Draft], *, deep: bool) -> dict[str, tuple[int, Counter[Kind]]]:
    total: Counter[str] = Counter()
    shown: dict[str, Counter[Kind]] = defaultdict(Counter)
    for draft in drafts:
        folder = _parent(draft.file)
        folders = [folder, *_above(folder)] if deep else [folder]
        total.update(folders)
        if kind := draft.evident_kind:
            for each in folders:
                shown[each][kind] += 1
    return {folder: (count, shown[folder]) for folder, count in total.items()}


def _above(folder: str) -> list[str]:
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:size]) for size in range(len(parts))]


def _most(total: int, shown: Counter[Kind]) -> Kind | None:
    kind, count = shown.most_common(1)[0] if shown else (None, 0)
    return kind if 2 * count >= total else None


def _parent(file: str) -> str:
    parts = file.split("/")[:-1]
    if parts and is_numbered(f"{parts[-1]}/README.md"):
        parts = parts[:-1]
    return "/".join(parts)


def _month_first(drafts: list[Draft]) -> set[str]:
    """The folders whose dates can only be m/d/y."""
    leaning: Counter[str] = Counter()
    for draft in drafts:
        leaning[_parent(draft.file)] += dates.leans_to_month_first(draft.text)
    return {parent for parent, lean in leaning.items() if lean > 0}
