"""The records of pages as they stand, in a number of queries that does not grow with the pages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from knowledge.exchange.records import EditionNote, Option, Record, Why
from knowledge.exchange.shapes import SHAPES, Field, Form
from knowledge.models import ConsideredOption, Edition, KnowledgePage, LessonMark, PageTag, ProcessMeasure, ProcessRisk
from knowledge.models import Why as WhyRow
from knowledge.whys import with_depths
from people.models import Person

ROWS = {
    "options": (ConsideredOption, "decision"),
    "whys": (WhyRow, "lesson"),
    "measures": (ProcessMeasure, "process"),
    "risks": (ProcessRisk, "process"),
    "lesson_marks": (LessonMark, "decision"),
}
MANY = ("deputies", "experts", "processes")


def gather(pages: Sequence[KnowledgePage]) -> list[Record]:
    """`pages` are read `with_kinds` and live."""
    kinds = [page.as_kind for page in pages]
    found = _Found(kinds)
    return [found.record(page) for page in kinds]


class _Found:
    def __init__(self, pages: list[Any]):
        self.pages = pages
        self.linked = {name: self._many(name) for name in (*MANY, "supersedes", "feeds")}
        self.rows = {name: self._rows(*ROWS[name]) for name in ROWS}
        self.editions = Edition.objects.without_content().current_for([page.pk for page in pages])
        self.tags = defaultdict(list)
        tagged = PageTag.objects.filter(content_object__in=[page.pk for page in pages])
        for pk, name in tagged.values_list("content_object_id", "tag__name"):
            self.tags[pk].append(name)
        self.people = dict(Person.objects.filter(pk__in=self._people()).values_list("pk", "username"))
        others = KnowledgePage.objects.filter(pk__in=self._others())
        self.others = {
            pk: (number, str(key)) for pk, number, key in others.values_list("pk", "number", "translation_key")
        }

    def record(self, page: Any) -> Record:
        kind = str(page._meta.verbose_name)
        shape = SHAPES[kind]
        edition = self.editions.get(page.pk)
        return Record(
            id=str(page.translation_key),
            kind=kind,
            number=page.number,
            title=page.title,
            slug=page.slug,
            fields={field.name: self._value(page, field) for field in shape.all_fields},
            owner=self.people.get(page.accountable_id, ""),
            deputies=self._usernames(page, "deputies"),
            experts=self._usernames(page, "experts"),
            processes=self._numbers(self.linked["processes"][page.pk]),
            tags=tuple(sorted(self.tags[page.pk])),
            review_months=page.review_months,
            edition=edition and EditionNote(edition.number, edition.effective, edition.change_summary),
            ids=dict(self.others[pk] for pk in self._others_of(page) if pk in self.others),
        )

    def _value(self, page: Any, field: Field) -> Any:
        match field.form:
            case Form.PERSON:
                return self.people.get(getattr(page, f"{field.name}_id"), "")
            case Form.PAGE:
                return self._number(getattr(page, f"{field.name}_id"))
            case Form.PAGES:
                return self._numbers(self.linked[field.name][page.pk])
            case Form.OPTIONS:
                return tuple(
                    Option(row.title, row.text, row.good, row.neutral, row.bad, row.is_chosen)
                    for row in self.rows[field.name][page.pk]
                )
            case Form.WHYS:
                return tuple(Why(depth, row.text) for depth, row in with_depths(self.rows[field.name][page.pk]))
            case Form.ROWS:
                return tuple(self._row(field, row) for row in self.rows[field.name][page.pk])
            case Form.DATE | Form.FLAG:
                return getattr(page, field.name)
        return getattr(page, field.name) or ""

    def _row(self, field: Field, row: Any) -> dict[str, str]:
        return {
            column: self._number(row.lesson_id) if column == "lesson" else getattr(row, column)
            for column in field.columns
        }

    def _many(self, name: str) -> dict[int, list[int]]:
        """{page: the rows that it is linked to}, read from the table between them."""
        holder = next((page for page in self.pages if hasattr(type(page), name)), None)
        found: dict[int, list[int]] = defaultdict(list)
        if holder is None:
            return found
        field = holder._meta.get_field(name)
        here, there = field.m2m_column_name(), field.m2m_reverse_name()
        rows = field.remote_field.through.objects.filter(**{f"{here}__in": [page.pk for page in self.pages]})
        for pk, other in rows.values_list(here, there):
            found[pk].append(other)
        return found

    def _rows(self, model: Any, parent: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        rows = model.objects.filter(**{f"{parent}__in": [page.pk for page in self.pages]})
        for row in rows.order_by("sort_order", "pk"):
            found[getattr(row, f"{parent}_id")].append(row)
        return found

    def _people(self) -> set[int]:
        linked = {pk for name in ("deputies", "experts") for pks in self.linked[name].values() for pk in pks}
        names = ("accountable_id", "action_owner_id")
        single = {pk for page in self.pages for name in names if (pk := getattr(page, name, None))}
        return linked | single

    def _others(self) -> set[int]:
        return {pk for page in self.pages for pk in self._others_of(page)}

    def _others_of(self, page: Any) -> list[int]:
        linked = [pk for name in ("processes", "supersedes", "feeds") for pk in self.linked[name][page.pk]]
        single = [getattr(page, name, None) for name in ("part_of_id", "recurrence_of_id")]
        marked = [row.lesson_id for row in self.rows["lesson_marks"][page.pk]]
        return [pk for pk in (*linked, *single, *marked) if pk]

    def _usernames(self, page: Any, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.people[pk] for pk in self.linked[name][page.pk]))

    def _number(self, pk: int | None) -> str:
        return self.others[pk][0] if pk in self.others else ""

    def _numbers(self, pks: list[int]) -> tuple[str, ...]:
        return tuple(sorted(self._number(pk) for pk in pks))
