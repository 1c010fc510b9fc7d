import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.text import slugify

from knowledge.actions.place_page import place_page
from knowledge.actions.publish import publish
from knowledge.actions.restore_record import Restored, restore_records
from knowledge.exchange.own_files import read_own
from knowledge.importing import Entry, Kind, NotARecord, ParsedRecord, Plan, led_elsewhere, plan, read_folder
from knowledge.models import (
    ConsideredOption,
    DecisionRecord,
    KnowledgeBrief,
    KnowledgePage,
    LessonLearned,
    Process,
    Section,
    TrainingImpact,
    Why,
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

    def tell_restored(self, restored: Restored) -> None:
        setattr(self, restored.what, getattr(self, restored.what) + 1)
        record = restored.own.record
        fields: Mapping = record.fields if record else {}
        decided = fields.get("decided_on") or fields.get("happened_on")
        self.lines.append(
            {
                "file": restored.own.file,
                "kind": record and record.kind,
                "number": record and record.number,
                "title": record and record.title,
                "status": fields.get("status") or None,
                "date": decided.isoformat() if decided else None,
                "supersedes": list(fields.get("supersedes", ())),
                "superseded_by": [],
                "dangling": restored.dangling,
                "url": restored.page.url if restored.page else None,
                "problem": restored.problem or None,
                "notes": restored.notes,
            }
        )

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
    """Each record in a transaction of its own: a file that fails leaves nothing, and the others go on.

    What an earlier run has written stays as it is, so that one that was cut short is gone on with.
    """
    if missing := {page.shelf for page in PAGE_OF.values()} - set(Section.objects.values_list("slug", flat=True)):
        raise ImportRefused(f"This house has no section for {', '.join(sorted(missing))}: run manage.py migrate first.")
    folder = folder.resolve()
    own = read_own(folder)
    entries = read_folder(folder, kind, taken={each.file for each in own})
    total = len(own) + len(entries)
    run = _Run(folder, plan(entries), processes=list(processes), dry_run=dry_run, by=by, at=at)
    for restored in restore_records(
        folder,
        own,
        by=by,
        at=at,
        dry_run=dry_run,
        sentence=lambda error: _sentence(error, run.outcome),
        progress=lambda done: progress(done, total),
    ):
        run.outcome.tell_restored(restored)
    for done, entry in enumerate(run.plan.entries, 1):
        run.bring_in(entry)
        progress(len(own) + done, total)
    places = {file: place for place, file in enumerate(sorted([*(each.file for each in own), *_files(entries)]))}
    run.outcome.lines.sort(key=lambda line: places[line["file"]])
    return run.outcome


def _files(entries: Iterable[Entry]) -> list[str]:
    return [entry.reading.file for entry in entries]


@dataclass
class _Run:
    """One import: what it was asked, what it has found here, and what has become of the files so far."""

    folder: Path
    plan: Plan
    processes: list[Process]
    dry_run: bool
    by: object
    at: datetime
    outcome: Outcome = field(default_factory=Outcome)
    # Files whose page this run has changed, or would.
    changed: set[str] = field(default_factory=set)

    def bring_in(self, entry: Entry) -> None:
        record = entry.reading
        if isinstance(record, NotARecord):
            self._tell(entry, "failed", problem=record.problem)
            return
        page = self.known.get(record.file)
        digest = hashlib.sha256(entry.data).hexdigest()
        try:
            if self._is_unchanged(record, page, digest):
                self._tell(entry, "unchanged", page=page)
                return
            _check(record, self._source(record.file), page)
            if not self.dry_run:
                page = self._write(record, entry.resolved.links, page, digest)
            self.changed.add(record.file)
            self._tell(entry, "imported", page=page)
        except Exception as error:
            self._clear_up(record.file)
            self._tell(entry, "failed", problem=_sentence(error, self.outcome))

    def _is_unchanged(self, record: ParsedRecord, page: KnowledgePage | None, digest: str) -> bool:
        """The same bytes, and no older decision that says only now that this one took its place."""
        if page is None or page.source_hash != digest:
            return False
        newly = [old for old in self.plan.replaced.get(record.file, ()) if old in self.changed]
        return not page.live or all(
            old in self.known and self.known[old].pk in self.replaced_by.get(page.pk, ()) for old in newly
        )

    def _write(
        self, record: ParsedRecord, addresses: Mapping[str, str], page: KnowledgePage | None, digest: str
    ) -> KnowledgePage:
        links = {address: self._page_at(file) for address, file in addresses.items()}
        older = [pk for file in self.plan.replaced.get(record.file, ()) if (pk := self._page_at(file))]
        values = {**self._values(record, links), "source": self._source(record.file), "source_hash": digest}
        if page and page.source_hash == digest:
            values = {}  # only what it replaces is new: what people have written here since stays
        with transaction.atomic():
            page = self._placed(record, page, values)
            if record.kind is Kind.DECISION:
                self._replace(page, older)
            publish(
                page,
                by=self.by,
                at=self.at,
                change_summary=_cut(f"Imported from {record.file}", LONGEST_SUMMARY),
                training_impact=TrainingImpact.NONE,
                impact_reason="Imported",
                author=None,
            )
        self.known[record.file] = page
        return page

    def _placed(self, record: ParsedRecord, page: KnowledgePage | None, values: dict) -> KnowledgePage:
        if page is None:
            return self._place(record, values)
        page = page.as_kind
        for name, value in values.items():
            setattr(page, name, value)
        page.title = _cut(record.title, LONGEST_TITLE) if values else page.title
        return page

    def _place(self, record: ParsedRecord, values: dict) -> KnowledgePage:
        title = _cut(record.title, LONGEST_TITLE)
        if not slugify(title, allow_unicode=True):
            values = {**values, "slug": f"record-{hashlib.sha256(record.file.encode()).hexdigest()[:12]}"}
        kind = PAGE_OF[record.kind]
        if kind not in self.sections:
            self.sections[kind] = Section.objects.get(slug=kind.shelf)
        section = self.sections[kind]
        return place_page(
            kind, title=title, by=self.by, at=self.at, section=section, processes=self.processes, **values
        )

    def _page_at(self, file: str) -> int | None:
        """The id of the page of a file. One that this run comes to later is placed now, and published then."""
        if file not in self.known and file in self.records and file not in self.failed:
            record = self.records[file]
            try:
                values = {**self._values(record, {}), "source": self._source(file)}
                self.known[file] = self._place(record, values)
            except Exception:
                # Its own turn comes, and says why.
                self.failed.add(file)
                self.sections.clear()
        return self.known[file].pk if file in self.known else None

    def _clear_up(self, file: str) -> None:
        """A page that was placed for the links of others, and could not be published, goes again."""
        self.failed.add(file)
        # What was read of them counts pages that are not there.
        self.sections.clear()
        page = self.known.get(file)
        placed = page and KnowledgePage.objects.filter(pk=page.pk, live=False, source_hash="").first()
        if placed and not self.dry_run:
            del self.known[file]
            placed.specific.delete()

    def _replace(self, page: DecisionRecord, older: list[int]) -> None:
        """Beside what the files say stays what was added here about pages that are not of this import."""
        before = self.replaced_by.get(page.pk, set())
        kept = before - {known.pk for known in self.known.values()} if before else set()
        if older or before:
            page.supersedes = list(DecisionRecord.objects.filter(pk__in={*older, *kept}))

    def _values(self, record: ParsedRecord, links: Mapping[str, int | None]) -> dict:
        def led(text: str) -> str:
            return led_elsewhere(text, lambda address: f"page:{links[address]}" if links.get(address) else None)

        texts = {name: led(text) for name, text in record.texts.items()}
        if record.kind is Kind.BRIEF:
            return _brief_values(record, self._owner(record)) | {"body": led(record.body)}
        if record.kind is Kind.LESSON:
            whys = [Why(sort_order=place, depth=depth, text=text) for place, (depth, text) in enumerate(record.whys)]
            return {
                **_blank(LESSON_TEXTS),
                **texts,
                "happened_on": record.date,
                "what_happened": led(record.body),
                "whys": whys,
            }
        return {
            **_blank(DECISION_TEXTS),
            **texts,
            "status": record.status,
            "decided_on": record.date,
            **{name: "\n".join(getattr(record, name)) for name in ("decision_makers", "consulted", "informed")},
            "options": [_option(option, place, led) for place, option in enumerate(record.options)],
            "body": led(record.body),
        }

    def _owner(self, record: ParsedRecord):
        return self.owners.get(_called(record.owner)) if record.owner else None

    def _source(self, file: str) -> str:
        return f"{self.folder.as_posix().rstrip('/')}/{file}"

    @cached_property
    def records(self) -> dict[str, ParsedRecord]:
        readings = (entry.reading for entry in self.plan.entries)
        return {reading.file: reading for reading in readings if isinstance(reading, ParsedRecord)}

    @cached_property
    def known(self) -> dict[str, KnowledgePage]:
        start = self._source("")
        pages = KnowledgePage.objects.filter(source__startswith=start).with_kinds()
        return {page.source[len(start) :]: page for page in pages}

    @cached_property
    def replaced_by(self) -> dict[int, set[int]]:
        rows = DecisionRecord.supersedes.through.objects.filter(
            from_decisionrecord__in=[page.pk for page in self.known.values()]
        )
        found: dict[int, set[int]] = {}
        for new, old in rows.values_list("from_decisionrecord", "to_decisionrecord"):
            found.setdefault(new, set()).add(old)
        return found

    @cached_property
    def owners(self) -> dict[str, object]:
        return _people_called({record.owner for record in self.records.values() if record.owner})

    @cached_property
    def sections(self) -> dict[type, Section]:
        return {}

    @cached_property
    def failed(self) -> set[str]:
        return set()

    def _tell(self, entry: Entry, what: str, *, page: KnowledgePage | None = None, problem: str | None = None) -> None:
        setattr(self.outcome, what, getattr(self.outcome, what) + 1)
        record = entry.reading if isinstance(entry.reading, ParsedRecord) else None
        self.outcome.lines.append(
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
                "notes": self._notes(record, entry) if record else [],
            }
        )

    def _notes(self, record: ParsedRecord, entry: Entry) -> list[str]:
        notes = list(record.notes)
        if len(record.title) > LONGEST_TITLE:
            notes.append(f"Its title is cut after {LONGEST_TITLE - 1} characters.")
        if record.owner and self._owner(record) is None:
            notes.append(f"Its owner, “{record.owner[:80]}”, is nobody here, so it has none.")
        if any("#" in address for address in entry.resolved.links):
            notes.append("Links to a place in another record lead to the record as a whole.")
        if circular := self.plan.circular.get(record.file):
            notes.append(f"It replaces {', '.join(circular)} in a circle, so that is kept as text only.")
        if entry.resolved.missing:
            notes.append(f"Its links to {', '.join(entry.resolved.missing)[:200]} lead to no file of this folder.")
        return notes


def _check(record: ParsedRecord, source: str, page: KnowledgePage | None) -> None:
    if len(source) > LONGEST_SOURCE:
        raise ImportRefused(f"The file's path is longer than {LONGEST_SOURCE} characters.")
    if not page:
        return
    if not isinstance(page.as_kind, PAGE_OF[record.kind]):
        raise ImportRefused(
            f"The file was imported as the {page.as_kind._meta.verbose_name} {page.number} and now reads as a "
            f"{record.kind}. Withdraw that page, or import again with --kind."
        )
    # One without a hash was placed for the links of others by a run that did not come to it.
    if not page.live and page.source_hash:
        raise ImportRefused(f"The file has changed, but its page {page.number} is no longer published.")


DECISION_TEXTS = ("context", "drivers", "outcome", "consequences", "confirmation", "more_information")
LESSON_TEXTS = ("impact", "went_well", "root_cause", "correction", "corrective_action")


def _blank(names: Iterable[str]) -> dict[str, str]:
    return dict.fromkeys(names, "")


def _brief_values(record: ParsedRecord, owner) -> dict:
    values: dict = {"accountable": owner} if owner else {}
    return values | ({"review_months": record.review_months} if record.review_months else {})


def _option(option, place: int, led: Callable[[str], str]) -> ConsideredOption:
    return ConsideredOption(
        sort_order=place,
        title=option.title,
        text=led(option.text),
        is_chosen=option.is_chosen,
        **{side: led("\n".join(getattr(option, side))) for side in ("good", "neutral", "bad")},
    )


def _called(owner: str) -> str:
    """Of "Rosa Aster <rosa@example.org>" the address; of "@rosa" the name."""
    address = re.search(r"[^\s<>()\"']{1,100}@[^\s<>()\"']{1,200}", owner[:500])
    return (address[0] if address else owner.strip().lstrip("@"))[:300].casefold()


def _people_called(owners: set[str]) -> dict[str, object]:
    """Who works here under the e-mail address, user name or full name of an owner; of two alike, neither."""
    said = {_called(owner) for owner in owners}
    if not said:
        return {}
    wanted = Q()
    for name in sorted(said):
        wanted |= Q(username__iexact=name) | Q(email__iexact=name) | Q(full_name__iexact=name)
    people = get_user_model().objects.filter(is_active=True)
    found: dict[str, list] = {}
    for person in people.annotate(full_name=Concat("first_name", Value(" "), "last_name")).filter(wanted):
        for name in {person.username.casefold(), person.email.casefold(), person.full_name.casefold()} & said:
            found.setdefault(name, []).append(person)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


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
