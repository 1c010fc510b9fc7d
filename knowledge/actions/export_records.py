from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.exchange import FileNote, Record, write
from knowledge.exchange.addressing import FILES, OURS, addresses_of, file_of, link_to, stored_name, with_addresses
from knowledge.exchange.folder import ExportFolder, ExportRefused
from knowledge.exchange.shapes import SHELVES
from knowledge.exchange.surroundings import Surroundings, behind_passwords, standing, surroundings
from knowledge.models import KnowledgePage

AT_ONCE = 100
NEVER = [
    "Only the text in force is exported: no draft, and of its editions only the number and the day of the last.",
    "Not exported: readings, acknowledgements, approvals and verifications; what people suggested and were answered.",
    "Not exported: how far a lesson has come. In another house it begins anew, to be validated there.",
    "Not exported: pages that are withdrawn, bulletins, courses, questions, and whatever is known of people.",
]


@dataclass
class Export:
    lines: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=lambda: list(NEVER))

    def as_report(self) -> dict:
        return {"exported": len(self.lines), "records": self.lines, "notes": self.notes}


def export_records(
    folder: Path, *, section: str | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Export:
    """Every page in force, or those of one section, each as a file below `folder`: the same pages, the same bytes."""
    if section is not None and section not in SHELVES:
        raise ExportRefused(f"There is no section “{section}”. Choose one of {', '.join(SHELVES)}.")
    pages = KnowledgePage.objects.live().filter(alias_of=None)
    if section:
        pages = pages.filter(**{f"{_accessor(section)}__isnull": False})
    kept = pages.filter(behind_passwords())
    export = Export()
    export.notes += [f"{number} is not exported: it stands behind a password." for number in _numbers(kept)]
    pages = pages.exclude(behind_passwords()).order_by("number")
    files = {pk: file_of(_kind(row), number, slug) for pk, number, slug, *row in _rows(pages)}
    with ExportFolder(folder) as target:
        for chunk in _chunks(list(files)):
            _export(chunk, files, target, export)
            progress(len(export.lines), len(files))
    return export


def _export(chunk: list[int], files: dict[int, str], target: ExportFolder, export: Export) -> None:
    pages = list(KnowledgePage.objects.filter(pk__in=chunk).with_kinds().order_by("number"))
    records = standing(pages)
    around = surroundings(records)
    for page, record in zip(pages, records, strict=True):
        told, notes = _told(record, files, around, target)
        target.write(files[page.pk], write(told).encode())
        export.lines.append({"file": files[page.pk], "number": page.number, "title": page.title, "notes": notes})


def _told(
    record: Record, files: dict[int, str], around: Surroundings, target: ExportFolder
) -> tuple[Record, list[str]]:
    """The record as its file says it: with links to the other files, and those that it shows beside it."""
    links, ids, shown, notes = {}, dict(record.ids), {}, []
    for address in sorted(addresses_of(record)):
        found = OURS.fullmatch(address)
        if not found:
            continue
        if address in around.pages:
            file = files.get(int(found[2]))
            ids[_number(file) if file else address] = around.pages[address]
            if file:
                links[address] = link_to(file)
            else:
                notes.append(f"Its link {address} leads to a page that is not exported.")
        elif stored := around.files.get(address):
            name = stored_name(stored.sha256, stored.name)
            with stored.row.open_file() as opened:
                target.write(f"{FILES}/{name}", opened.read())
            links[address] = link_to(f"{FILES}/{name}")
            shown[name] = FileNote(stored.kind, stored.title, stored.sha256)
        else:
            notes.append(f"{address} is not exported: it is not there, or not for everyone.")
    if record.readers:
        notes.append("Not everyone may read it: keep its file accordingly.")
    return replace(with_addresses(record, links.get), ids=ids, files=shown), notes


def _number(file: str) -> str:
    return "-".join(file.rpartition("/")[2].split("-")[:2])


def _accessor(shelf: str) -> str:
    return next(kind._meta.model_name for kind in KnowledgePage.__subclasses__() if kind.shelf == shelf)


def _rows(pages) -> Iterator[tuple]:
    return pages.values_list("pk", "number", "slug", *KnowledgePage.kind_names()).iterator(chunk_size=2000)


def _kind(row: list) -> str:
    """Of a page, by which of the rows of its kinds it has."""
    kinds = KnowledgePage.__subclasses__()
    return next(str(kind._meta.verbose_name) for kind, pk in zip(kinds, row, strict=True) if pk)


def _numbers(pages) -> list[str]:
    return list(pages.order_by("number").values_list("number", flat=True))


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
