"""Cairn's own files, brought back: to the page of the same id where it is here, else to a new one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page, PageViewRestriction

from knowledge.actions.place_page import place_page
from knowledge.actions.publish import publish
from knowledge.actions.restore_file import is_as_exported, restore_file
from knowledge.exchange import SHAPES, Record
from knowledge.exchange.addressing import with_addresses
from knowledge.exchange.gathering import ROWS
from knowledge.exchange.own_files import ById, OwnFile
from knowledge.exchange.own_files import by_ids as file_by_ids
from knowledge.exchange.shapes import Form
from knowledge.exchange.surroundings import by_ids, readers_of, standing, surroundings
from knowledge.models import Edition, KnowledgePage, NumberSeries, TrainingImpact
from knowledge.refusals import Refused
from people.models import Person

ORDER = ("process", "lesson", "decision", "brief")
EARLIER = {"lesson": "recurrence_of", "decision": "supersedes"}
AT_ONCE = 500
BY_ID = re.compile(r"(page|image|doc):([0-9a-f-]{36,64})")
SCALARS = (Form.TEXT, Form.LINES, Form.DATE, Form.FLAG, Form.CHOICE, Form.MARKDOWN)


class RestoreRefused(Refused):
    pass


@dataclass
class Restored:
    """What became of a file."""

    own: OwnFile
    what: str = "failed"
    page: KnowledgePage | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)


def restore_records(
    folder: Path,
    files: Sequence[OwnFile],
    *,
    by,
    at: datetime,
    dry_run: bool = False,
    sentence: Callable[[Exception], str] = str,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Restored]:
    """Each in a transaction of its own. First all that are absent are placed, so that any may name any other."""
    run = _Run(folder, files, by=by, at=at, dry_run=dry_run, sentence=sentence)
    run.place_absent()
    for done, restored in enumerate(run.in_order(), 1):
        run.restore(restored)
        progress(done)
    run.clear_up()
    return run.results


class _Run:
    def __init__(self, folder: Path, files: Sequence[OwnFile], *, by, at, dry_run, sentence):
        self.folder, self.by, self.at, self.dry_run, self.sentence = folder, by, at, dry_run, sentence
        self.results = [Restored(own, problem=own.problem) for own in files]
        self.records: dict[str, Restored] = {}
        for result in self.results:
            if record := result.own.record:
                if record.id in self.records:
                    result.problem = f"{self.records[record.id].own.file} has the same id. Give each record one file."
                else:
                    self.records[record.id] = result
        self.ids_of_files = {result.own.file: key for key, result in self.records.items()}
        self.pks = _pks(list(self.records.values()))
        self.here = _here(list(self.records))
        names = {name for result in self.records.values() for name in _people(_record(result))}
        self.people = {person.username: person for person in Person.objects.filter(username__in=names)}
        self.groups = {group.name: group for group in Group.objects.all()}
        self.placed: set[str] = set()

    def place_absent(self) -> None:
        for key, result in self.records.items():
            try:
                if page := self.here.get(key):
                    _refuse_unfit(page, _record(result))
                elif self.dry_run:
                    self.pks[key] = 0
                else:
                    with transaction.atomic():
                        self.here[key] = page = self._place(_record(result), result.notes)
                    self.pks[key] = page.pk
                    self.placed.add(key)
            except Exception as error:
                result.problem = self.sentence(error)
                if key not in self.here:
                    self.pks.pop(key, None)

    def in_order(self) -> Iterator[Restored]:
        """Processes first; a decision after those that it replaces, a lesson before the one that repeats it."""
        seen: set[str] = set()
        by_kind = sorted(self.records, key=lambda key: ORDER.index(_record(self.records[key]).kind))
        waiting = [(key, False) for key in reversed(by_kind)]
        while waiting:
            key, is_next = waiting.pop()
            if is_next:
                yield self.records[key]
            elif key not in seen:
                seen.add(key)
                earlier = _earlier(_record(self.records[key]))
                waiting += [(key, True), *((each, False) for each in earlier if each in self.records)]

    def restore(self, result: Restored) -> None:
        if result.problem:
            return
        try:
            found = file_by_ids(result.own.file, _record(result), self.ids_of_files, self.pks, self._has_file)
            result.dangling = found.dangling
            record = self._settled(found, result)
            result.notes += found.notes
            result.page = self.here.get(record.id)
            result.what = self._bring(record, found, result)
        except Exception as error:
            result.what, result.problem = "failed", self.sentence(error)

    def clear_up(self) -> None:
        """What was placed and could not be published goes again, unless something published names it."""
        for key in self.placed:
            result = self.records[key]
            if result.what == "failed" and (page := KnowledgePage.objects.filter(pk=self.pks[key]).first()):
                result.page = None
                try:
                    with transaction.atomic():
                        page.specific.delete()
                except ProtectedError:
                    result.notes.append(f"{page.number} stays as an unpublished page: others name it.")

    def _bring(self, record: Record, found: ById, result: Restored) -> str:
        page = self.here.get(record.id)
        if page is None:
            return "imported"  # a dry run
        pages = standing([page])
        around = surroundings(pages)
        there = by_ids(pages[0], around)
        closed = set(record.readers) - set(there.readers)
        if set(there.readers) - set(record.readers) and record.id not in self.placed:
            result.notes.append("Fewer may read it here than its file says. That stays.")
        is_same = page.live and _told(record) == _told(there)
        if self.dry_run:
            return "unchanged" if is_same and not closed else "imported"
        with transaction.atomic():
            for names in sorted(closed):
                self._restrict(page, names)
            if not is_same:
                self._publish(page.as_kind, record, found, result, around)
        return "unchanged" if is_same and not closed else "imported"

    def _publish(self, page, record: Record, found: ById, result: Restored, around) -> None:
        here = {f"{file.kind}:{file.sha256}": file.row.pk for file in around.files.values()}

        def address(written: str) -> str | None:
            named = BY_ID.fullmatch(written)
            if not named:
                return None
            if named[1] == "page":
                return f"page:{self.pks[named[2]]}"
            if written not in here:
                file, note = found.files[written]
                here[written] = restore_file(self.folder / file, note, by=self.by)
            return f"{named[1]}:{here[written]}"

        for name, value in self._values(with_addresses(record, address), page).items():
            setattr(page, name, value)
        tags = list(record.tags)
        page.tags.set(tags)
        publish(
            page,
            by=self.by,
            at=self.at,
            change_summary=f"Imported from {result.own.file}"[:250],
            training_impact=TrainingImpact.NONE,
            impact_reason="Imported",
            author=None,
        )

    def _place(self, record: Record, notes: list[str]) -> KnowledgePage:
        kind = _kind(record)
        number = _free(record, kind.prefix)
        if number:
            NumberSeries.objects.reserve(kind.prefix, int(number.partition("-")[2]))
        elif record.number:
            notes.append(f"Its number {record.number} is another’s here, so it has a new one; texts still say the old.")
        slug = record.slug or f"record-{record.id[:12]}"
        if Page.objects.filter(slug=slug, depth=4, url_path__contains=f"/{kind.shelf}/").exists():
            slug = f"{slug[:240]}-{record.id[:8]}"
            notes.append(f"Its address is taken here, so it stands at {slug}.")
        shape = SHAPES[record.kind]
        scalars = {
            each.name: _scalar(kind, each, record.fields[each.name])
            for each in shape.all_fields
            if each.form in SCALARS
        }
        page = place_page(
            kind,
            title=record.title,
            by=self.by,
            at=self.at,
            number=number,
            slug=slug,
            translation_key=record.id,
            review_months=record.review_months,
            **scalars,
        )
        for names in self._readers(record):
            self._restrict(page, names)
        return page

    def _restrict(self, page, names: tuple[str, ...]) -> None:
        """To one group of these at least; without any, only administrators may read it."""
        if names in readers_of([page])[page.pk]:
            return
        restriction = PageViewRestriction(page=page.page_ptr, restriction_type=PageViewRestriction.GROUPS)
        restriction.save(user=self.by)
        restriction.groups.set([self.groups[name] for name in names])

    def _readers(self, record: Record) -> tuple[tuple[str, ...], ...]:
        known = {tuple(sorted({name for name in names if name in self.groups})) for names in record.readers}
        return tuple(sorted(known))

    def _settled(self, found: ById, result: Restored) -> Record:
        """Without what is nobody's here; that an owner is unknown leaves the page the one it has."""
        record, page = found.record, self.here.get(found.record.id)
        if missing := sorted(set(_people(record)) - set(self.people)):
            result.notes.append(f"{', '.join(missing)[:200]}: nobody here has that user name, so that is left out.")
        if gone := sorted({name for names in record.readers for name in names} - set(self.groups)):
            result.notes.append(f"There is no group {', '.join(gone)[:200]} here, so fewer may read it than before.")
        if record.unknown:
            result.notes.append(f"{', '.join(record.unknown)[:200]} means nothing here, so it is left out.")
        owner = record.owner
        if owner and owner not in self.people:
            owner = page.accountable.username if page and page.accountable else ""
        fields = dict(record.fields)
        for each in SHAPES[record.kind].all_fields:
            if each.form is Form.PERSON and fields[each.name] not in self.people:
                fields[each.name] = ""
            elif each.form is Form.CHOICE:
                fields[each.name] = _scalar(_kind(record), each, fields[each.name]) or ""
        return replace(
            record,
            fields=fields,
            owner=owner,
            deputies=tuple(sorted({name for name in record.deputies if name in self.people})),
            experts=tuple(sorted({name for name in record.experts if name in self.people})),
            readers=self._readers(record),
        )

    def _values(self, record: Record, page) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": record.title,
            "review_months": record.review_months,
            "accountable": self.people.get(record.owner),
            "deputies": [self.people[name] for name in record.deputies],
            "experts": [self.people[name] for name in record.experts],
            "processes": self._pages(page, "processes", record.processes),
        }
        for each in SHAPES[record.kind].all_fields:
            value = record.fields[each.name]
            if each.form in SCALARS:
                values[each.name] = _scalar(type(page), each, value)
            elif each.form is Form.PERSON:
                values[each.name] = self.people.get(value)
            elif each.form is Form.PAGE:
                values[each.name] = next(iter(self._pages(page, each.name, (value,) if value else ())), None)
            elif each.form is Form.PAGES:
                values[each.name] = self._pages(page, each.name, value)
            else:
                values[each.name] = [self._row(each.name, place, row) for place, row in enumerate(value)]
        return values

    def _pages(self, page, name: str, keys: tuple[str, ...]) -> list[Any]:
        model = page._meta.get_field(name).related_model
        found = list(model.objects.filter(pk__in=[self.pks[key] for key in keys]))
        if len(found) != len(set(keys)):
            raise RestoreRefused(f"“{name.replace('_', ' ')}” names a record that is no {model._meta.verbose_name}.")
        return found

    def _row(self, name: str, place: int, row: Any) -> Any:
        model, parent = cast("tuple[Any, str]", ROWS[name])
        values = dict(row if isinstance(row, Mapping) else vars(row))
        if key := values.pop("lesson", None):
            values["lesson_id"] = self.pks[key]
        made = model(sort_order=place, **values)
        made.full_clean(exclude=[parent, "lesson"], validate_unique=False, validate_constraints=False)
        return made

    def _has_file(self, file: str, note) -> bool:
        return is_as_exported(self.folder / file, note)


def _record(result: Restored) -> Record:
    return cast("Record", result.own.record)


def _kind(record: Record) -> Any:
    return next(kind for kind in KnowledgePage.__subclasses__() if kind._meta.verbose_name == record.kind)


def _scalar(kind: Any, each, value: Any) -> Any:
    if each.form is Form.CHOICE and not value:
        model_field = kind._meta.get_field(each.name)
        return None if model_field.null else model_field.get_default()
    return value


def _told(record: Record) -> tuple:
    """What an edition would say; readers are seen to by themselves."""
    tags = sorted({tag.casefold() for tag in record.tags})
    people = record.owner, record.deputies, record.experts
    return record.title, dict(record.fields), people, record.processes, tags, record.review_months


def _people(record: Record) -> Iterator[str]:
    singles = (record.fields[each.name] for each in SHAPES[record.kind].all_fields if each.form is Form.PERSON)
    return (name for name in (record.owner, *singles, *record.deputies, *record.experts) if name)


def _earlier(record: Record) -> list[str]:
    named = record.fields.get(EARLIER.get(record.kind, ""), ())
    names = (named,) if isinstance(named, str) else named
    return [record.ids[name] for name in names if name in record.ids]


def _refuse_unfit(page: KnowledgePage, record: Record) -> None:
    kind = page.as_kind._meta.verbose_name
    if kind != record.kind:
        raise RestoreRefused(f"The record of this id is the {kind} {page.number} here, and no {record.kind}.")
    if page.live and page.has_unpublished_changes:
        raise RestoreRefused(f"{page.number} has a draft here. Publish or discard it, then import again.")
    if not page.live and Edition.objects.filter(page=page.pk).exists():
        raise RestoreRefused(f"{page.number} has been withdrawn here. Publish it again to import it.")
    if not page.live and page.latest_revision_id:
        raise RestoreRefused(f"{page.number} is a draft here. Publish or delete it, then import again.")


def _free(record: Record, prefix: str) -> str:
    """Its number, if it is one and nobody has it."""
    is_one = re.fullmatch(rf"{prefix}-\d{{4,6}}", record.number)
    return record.number if is_one and not KnowledgePage.objects.filter(number=record.number).exists() else ""


def _pks(results: list[Restored]) -> dict[str, int]:
    """By id, each page of this house that is one of these records, or is named by one."""
    named = {key for result in results for key in (_record(result).id, *_record(result).ids.values())}
    found: dict[str, int] = {}
    for keys in _chunks(sorted(named)):
        rows = Page.objects.filter(translation_key__in=keys, alias_of=None).values_list("translation_key", "pk")
        found |= {str(key): pk for key, pk in rows}
    return found


def _here(ids: list[str]) -> dict[str, KnowledgePage]:
    found: dict[str, KnowledgePage] = {}
    for keys in _chunks(ids):
        pages = KnowledgePage.objects.filter(translation_key__in=keys, alias_of=None).with_kinds()
        found |= {str(page.translation_key): page for page in pages}
    return found


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
