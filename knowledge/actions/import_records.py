import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from knowledge.actions.place_page import place_page
from knowledge.actions.publish import publish
from knowledge.importing import Entry, Kind, NotARecord, ParsedRecord, read_folder
from knowledge.models import (
    DecisionRecord,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    Process,
    Section,
    TrainingImpact,
)
from knowledge.refusals import Refused

logger = logging.getLogger(__name__)

PAGE_OF = {Kind.DECISION: DecisionRecord, Kind.BRIEF: KnowledgeBrief, Kind.LESSON: LessonLearned}
LONGEST_TITLE = 255
LONGEST_SOURCE = 500
LONGEST_SUMMARY = 250


class ImportRefused(Refused):
    pass


@dataclass
class Outcome:
    """What became of each file, in the order of their paths; the lines are the report's."""

    imported: int = 0
    unchanged: int = 0
    failed: int = 0
    lines: list[dict] = field(default_factory=list)
    # The kinds of unforeseen trouble met, so that each is logged in full only once.
    troubles: set[type] = field(default_factory=set)

    def as_report(self) -> dict:
        return {
            "imported": self.imported,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "records": self.lines,
        }


def import_records(
    folder: Path,
    *,
    by,
    at: datetime,
    kind: Kind | None = None,
    processes: Iterable[Process] = (),
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Each record in a transaction of its own: a file that fails leaves nothing, and the others go on."""
    if missing := {page.shelf for page in PAGE_OF.values()} - set(Section.objects.values_list("slug", flat=True)):
        raise ImportRefused(f"This house has no section for {', '.join(sorted(missing))}: run manage.py migrate first.")
    folder = folder.resolve()
    entries = read_folder(folder, kind)
    known = _known_under(folder)
    outcome = Outcome()
    for done, entry in enumerate(entries, 1):
        _bring_in(entry, folder, known, outcome, processes=list(processes), dry_run=dry_run, by=by, at=at)
        progress(done, len(entries))
    return outcome


def _known_under(folder: Path) -> dict[str, KnowledgePage]:
    pages = KnowledgePage.objects.filter(source__startswith=f"{folder.as_posix().rstrip('/')}/")
    return {page.source: page for page in pages.with_kinds()}


def _bring_in(entry: Entry, folder: Path, known: dict, outcome: Outcome, *, processes, dry_run, by, at) -> None:
    record = entry.reading
    if isinstance(record, NotARecord):
        _tell(outcome, entry, "failed", problem=record.problem)
        return
    source = f"{folder.as_posix().rstrip('/')}/{record.file}"
    digest = hashlib.sha256(entry.data).hexdigest()
    page = known.get(source)
    try:
        _check(record, source, page, digest)
        if page and page.source_hash == digest:
            _tell(outcome, entry, "unchanged", page=page)
            return
        if not dry_run:
            page = _import_record(record, page, source=source, source_hash=digest, processes=processes, by=by, at=at)
        _tell(outcome, entry, "imported", page=page)
    except Exception as error:
        _tell(outcome, entry, "failed", problem=_sentence(error, outcome))


def _check(record: ParsedRecord, source: str, page: KnowledgePage | None, digest: str) -> None:
    if len(source) > LONGEST_SOURCE:
        raise ImportRefused(f"The file's path is longer than {LONGEST_SOURCE} characters.")
    if not page or page.source_hash == digest:
        return
    if not isinstance(page.as_kind, PAGE_OF[record.kind]):
        raise ImportRefused(
            f"The file was imported as the {page.as_kind._meta.verbose_name} {page.number} and now reads as a "
            f"{record.kind}. Withdraw that page, or import again with --kind."
        )
    if not page.live:
        raise ImportRefused(f"The file has changed, but its page {page.number} is no longer published.")


@transaction.atomic
def _import_record(record: ParsedRecord, page: KnowledgePage | None, *, source, source_hash, processes, by, at):
    values = {**_values(record), "source": source, "source_hash": source_hash}
    title = record.title if len(record.title) <= LONGEST_TITLE else f"{record.title[: LONGEST_TITLE - 1]}…"
    if page is None:
        if not slugify(title, allow_unicode=True):
            values["slug"] = f"record-{source_hash[:12]}"
        page = place_page(PAGE_OF[record.kind], title=title, by=by, at=at, processes=processes, **values)
    else:
        page = page.as_kind
        for name, value in {**values, "title": title}.items():
            setattr(page, name, value)
    publish(
        page,
        by=by,
        at=at,
        change_summary=_cut(f"Imported from {record.file}", LONGEST_SUMMARY),
        training_impact=TrainingImpact.NONE,
        impact_reason="Imported",
        author=None,
    )
    return page


def _values(record: ParsedRecord) -> dict:
    if record.kind is Kind.LESSON:
        return {"happened_on": record.date, "what_happened": record.body}
    if record.kind is Kind.BRIEF:
        return {"body": record.body}
    return {
        "status": record.status,
        "decided_on": record.date,
        "decision_makers": ", ".join(record.decision_makers),
        "body": record.body,
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _sentence(error: Exception, outcome: Outcome) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, ValidationError):
        return f"The page does not hold what the file says: {' '.join(error.messages)}"
    # Whatever else goes wrong with one file is told in the report, and the other files are still imported.
    if type(error) not in outcome.troubles:
        logger.error("An imported record could not be written", exc_info=error)
        outcome.troubles.add(type(error))
    return f"The page could not be written: {error}"


def _tell(outcome: Outcome, entry: Entry, what: str, *, page: KnowledgePage | None = None, problem: str | None = None):
    setattr(outcome, what, getattr(outcome, what) + 1)
    record = entry.reading if isinstance(entry.reading, ParsedRecord) else None
    outcome.lines.append(
        {
            "file": entry.reading.file,
            "kind": record and record.kind.value,
            "number": record and record.number,
            "title": record and record.title,
            "status": record and record.status,
            "date": record.date.isoformat() if record and record.date else None,
            "supersedes": list(entry.resolved.supersedes),
            "superseded_by": list(entry.resolved.superseded_by),
            "dangling": list(entry.resolved.dangling),
            "url": page.url if page else None,
            "problem": problem,
        }
    )
