"""The files of a folder that Cairn wrote, and what each names, by id where it is known."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.exchange import front
from knowledge.exchange.addressing import FILES, file_at, number_at, with_addresses, with_names
from knowledge.exchange.reading import read
from knowledge.exchange.records import FileNote, Malformed, Record
from knowledge.importing.decoding import Unreadable
from knowledge.importing.folder import bytes_of, files_of

# A page of a house may be longer than what is taken from elsewhere.
LARGEST = 5_000_000
# Leads nowhere, in any house.
NOWHERE = "page:0"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class OwnFile:
    file: str
    record: Record | None = None
    problem: str = ""


@dataclass
class ById:
    """A record of a file with all it names named by id or hash, and sentences on what was not found."""

    record: Record
    notes: list[str] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)
    # Each picture or document: where its file is to stand below the folder, and what is known of it.
    files: dict[str, tuple[str, FileNote]] = field(default_factory=dict)


def read_own(folder: Path) -> list[OwnFile]:
    found = []
    for file, path in files_of(folder):
        if path.suffix.lower() != ".md":
            continue
        try:
            data = bytes_of(path, folder, LARGEST)
            if own := _read(file, data):
                found.append(own)
        except (Unreadable, OSError):
            continue  # whatever it is: the reader of other houses' files says so
    return found


def _read(file: str, data: bytes) -> OwnFile | None:
    text = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    try:
        if front.split(text.replace("\r\n", "\n").replace("\r", "\n")) is None:
            return None
        if len(data) > LARGEST:
            raise Malformed(f"The file is larger than {LARGEST // 1_000_000} MB, the most that one may hold.")
        data.decode()
        return OwnFile(file, read(text))
    except UnicodeDecodeError:
        return OwnFile(file, problem="The file is no UTF-8 text. Save it as UTF-8.")
    except Malformed as malformed:
        return OwnFile(file, problem=str(malformed))


def by_ids(
    file: str,
    record: Record,
    ids_of_files: Mapping[str, str],
    known: Collection[str],
    has_file: Callable[[str, FileNote], bool],
) -> ById:
    """`known` are the ids of pages that are here, or come; `has_file` says whether a file of a text can be had."""
    found = ById(record)
    namer = _Namer(file, found, ids_of_files, known, has_file)
    found.record = with_names(with_addresses(record, namer.address), namer.name)
    if found.dangling:
        found.notes.append(f"It names {', '.join(found.dangling)[:200]}, which is not here, so that is left out.")
    return found


@dataclass
class _Namer:
    file: str
    found: ById
    ids_of_files: Mapping[str, str]
    known: Collection[str]
    has_file: Callable[[str, FileNote], bool]

    def __post_init__(self):
        self.ids = self.found.record.ids
        self.numbered = {number_at(file): key for file, key in self.ids_of_files.items()}

    def address(self, written: str) -> str | None:
        if written in self.ids:
            return self._page(written)
        if ":" in written or written.startswith(("/", "#")):
            return None
        at = file_at(written, self.file)
        note = self.found.record.files.get(at.removeprefix(f"{FILES}/")) if at.startswith(f"{FILES}/") else None
        return self._file(at, note) if note else self._record(written, at)

    def name(self, number: str) -> str | None:
        key = self.ids.get(number) or self.numbered.get(number)
        if key in self.known:
            return key
        self.found.dangling.append(number)
        return None

    def _page(self, written: str) -> str:
        """Of a page that was not exported: the number that the link has is another's here."""
        if self.ids[written] in self.known:
            return f"page:{self.ids[written]}"
        self.found.notes.append(f"Its link {written[:80]} led to a page that is not here, and leads nowhere now.")
        return NOWHERE

    def _file(self, at: str, note: FileNote) -> str | None:
        if note.kind not in ("image", "doc") or not _HASH.fullmatch(note.sha256) or not self.has_file(at, note):
            self.found.notes.append(f"{at[:200]} is not in the folder as it was exported, or cannot be read.")
            return None
        self.found.files[f"{note.kind}:{note.sha256}"] = at, note
        return f"{note.kind}:{note.sha256}"

    def _record(self, written: str, at: str) -> str | None:
        number = number_at(written)
        key = self.ids_of_files.get(at) or self.ids.get(number)
        if key in self.known:
            return f"page:{key}"
        if number:
            self.found.notes.append(f"Its link to {written[:80]} leads to a record that is not here.")
        return None
