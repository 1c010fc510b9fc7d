import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.actions.write_question import write_question
from courses.importing import AUTO, Found, Problem, Reading, files_of, read_each, read_file
from courses.importing.identity import identified, source_of
from courses.permissions import may_write_questions
from courses.transfer import Kept, kept_under
from people.refusals import Refused

logger = logging.getLogger(__name__)

LONGEST = {"name": 200, "category": 250}
LONGEST_TAG = 100
MOST_UPLOADED = 500
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """How many questions were imported, and of each file what became of them. `not_read`: files of other kinds."""

    imported: int = 0
    unchanged: int = 0
    failed: int = 0
    not_read: int = 0
    files: list[dict[str, Any]] = field(default_factory=list)

    def as_report(self) -> dict[str, Any]:
        return vars(self)


def import_questions(
    path: Path,
    *,
    form: str = AUTO,
    is_draft: bool = False,
    dry_run: bool = False,
    by,
    at: datetime,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """The questions of a file, or of all files below a folder, into the bank; each file in a transaction of its own.

    A question that was imported before and has changed since gets a new version. One whose text was here already, be it
    before someone changed it here, stays as it is.
    """
    run = _Run(is_draft=is_draft, dry_run=dry_run, by=by, at=at)
    total = len(files_of(path))
    for done, (file, reading) in enumerate(read_each(path, form), 1):
        run.bring_in(file.name, source_of(file.path), reading)
        progress(done, total)
    return run.outcome


def import_uploaded(
    data: bytes, name: str, *, is_draft: bool = False, dry_run: bool = False, by, at: datetime
) -> Outcome:
    """The same of one file that someone sent."""
    reading = read_file(data, name)
    if len(reading.found) > MOST_UPLOADED:
        raise Refused(
            f"The file has {len(reading.found):,} questions; a page takes {MOST_UPLOADED}. "
            "Divide it, or have it imported with manage.py import_questions."
        )
    run = _Run(is_draft=is_draft, dry_run=dry_run, by=by, at=at)
    run.bring_in(name, name, reading)
    return run.outcome


@dataclass
class _Run:
    """`by` None: whoever runs the command, and may write to any question."""

    is_draft: bool
    dry_run: bool
    by: Any
    at: datetime
    may_write: dict[int | None, bool] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)
    taken: set[str] = field(default_factory=set)

    def bring_in(self, name: str, source: str, reading: Reading) -> None:
        if not reading.format:
            self.outcome.not_read += 1
            self._tell(name, reading, _Became(), [])
            return
        became = _Became()
        try:
            with transaction.atomic():
                failed = list(self._write_all(reading, source, became))
        except Exception as error:
            # The other files are still imported, and the report says what went wrong with this one.
            logger.exception("Questions could not be imported")
            became = _Became()
            failed = [Problem(found.label, found.line, f"It could not be written: {error}") for found in reading.found]
        self._tell(name, reading, became, failed)

    def _write_all(self, reading: Reading, source: str, became: "_Became") -> Iterator[Problem]:
        read = [_fitting(found) for found in reading.found]
        entries = list(identified(read, source, self.taken))
        kept = kept_under([entry[1] for entry in entries if isinstance(entry, tuple)])
        for entry in entries:
            if isinstance(entry, Problem):
                yield entry
                continue
            found, identifier = entry
            self.taken.add(identifier)
            try:
                is_written = self._write(found, identifier, kept.get(identifier))
            except Refused as reason:
                yield Problem(found.label, found.line, str(reason))
                continue
            became.imported += is_written
            became.unchanged += not is_written
            became.notes += found.problems

    def _write(self, found: Found, identifier: str, kept: Kept | None) -> bool:
        """Whether anything was, or would be, written."""
        filed: dict[str, Any] = {"name": found.name} if found.name else {}
        filed |= {"category": found.category} if found.category else {}
        if kept is None:
            self._do(found, {**filed, "external_id": identifier, "tags": found.tags})
            return True
        # Whether it says the same may be told only to whom its answers may be shown.
        self._check_may_write(kept.question.course)
        filed |= {"tags": found.tags} if found.tags else {}
        if _says(kept, found) and (kept.latest.says != found.content or not _moves(kept, filed)):
            return False
        _check(kept)
        latest = kept.latest
        is_same = latest.says == found.content
        self._do(
            found,
            {**filed, "question": kept.question, "tests": latest.tests, "passage": latest.passage},
            is_draft=latest.is_draft if is_same else self.is_draft,
        )
        return True

    def _check_may_write(self, course) -> None:
        pk = course and course.pk
        if pk not in self.may_write:
            self.may_write[pk] = self.by is None or may_write_questions(self.by, course)
        if not self.may_write[pk]:
            raise Refused("Its identifier is that of a question that you may not write to. Give it another.")

    def _do(self, found: Found, said: dict[str, Any], *, is_draft: bool | None = None) -> None:
        if not self.dry_run:
            is_draft = self.is_draft if is_draft is None else is_draft
            write_question(found.content, **said, is_draft=is_draft, by=self.by, at=self.at)

    def _tell(self, name: str, reading: Reading, became: "_Became", failed: list[Problem]) -> None:
        count = len(failed) + (len(reading.failed) if reading.format else 0)
        self.outcome.imported += became.imported
        self.outcome.unchanged += became.unchanged
        self.outcome.failed += count
        problems = sorted([*reading.failed, *failed, *became.notes], key=lambda problem: problem.line)
        self.outcome.files.append(
            {
                "file": name,
                "format": reading.format or None,
                "questions": became.imported + became.unchanged + count,
                "imported": became.imported,
                "unchanged": became.unchanged,
                "failed": count,
                "problems": [vars(problem) for problem in problems],
            }
        )


@dataclass
class _Became:
    imported: int = 0
    unchanged: int = 0
    notes: list[Problem] = field(default_factory=list)


def _says(kept: Kept, found: Found) -> bool:
    return any(version.says == found.content for version in kept.versions)


def _moves(kept: Kept, filed: dict[str, Any]) -> bool:
    tags = {tag.casefold() for tag in filed.get("tags", kept.tags)}
    fields = [name for name in filed if name != "tags"]
    return any(getattr(kept.question, name) != filed[name] for name in fields) or tags != {
        tag.casefold() for tag in kept.tags
    }


def _check(kept: Kept) -> None:
    if kept.question.withdrawn_at:
        raise Refused("It has been withdrawn here, and stays so. To ask it again, write it anew.")
    if hasattr(kept.latest, "stale"):
        raise Refused("The passage that it tests has changed. Confirm or rewrite the question here first.")


def _fitting(found: Found) -> Found:
    """Cut to what is kept here; that something was cut is noted."""
    notes = list(found.notes)
    cut: dict[str, Any] = {}
    for name, longest in LONGEST.items():
        if len(getattr(found, name)) > longest:
            cut[name] = f"{getattr(found, name)[: longest - 1]}…"
            notes.append(f"Its {name} is cut after {longest - 1} characters.")
    tags = list({tag.casefold(): tag for tag in reversed(found.tags)}.values())[::-1]
    if any(len(tag) > LONGEST_TAG for tag in tags):
        notes.append(f"Tags of more than {LONGEST_TAG} characters are left out.")
    cut["tags"] = tuple(tag for tag in tags if len(tag) <= LONGEST_TAG)
    return replace(found, **cut, notes=tuple(notes))
