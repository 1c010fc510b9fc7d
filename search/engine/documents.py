"""What of an object goes into the index: exactly what its `search_fields` declare."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from hashlib import blake2b
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, RelatedFields, SearchField


@dataclass(frozen=True)
class Piece:
    """A text that an object is found by. `field` is empty for what belongs to a related object."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Document:
    key: str
    label: str
    pk: str
    searched: tuple[Piece, ...]
    completed: tuple[Piece, ...]

    @property
    def digest(self) -> str:
        """Changes when anything that the index should hold of the object changes."""
        return blake2b(repr((self.searched, self.completed)).encode(), digest_size=12).hexdigest()


def key_of(model: type[Model], pk: Any) -> str:
    """One for an object, whichever of its classes (Page or KnowledgeBrief) it is looked at through."""
    return f"{get_model_root(model)._meta.label_lower}:{pk}"


def document_of(obj: Model) -> Document:
    fields = type(obj).get_search_fields()  # type: ignore[attr-defined]
    return Document(
        key=key_of(type(obj), obj.pk),
        label=obj._meta.label_lower,
        pk=str(obj.pk),
        searched=tuple(_pieces(obj, fields, SearchField)),
        completed=tuple(_pieces(obj, fields, AutocompleteField)),
    )


def own_texts(obj: Model, *, besides: tuple[str, ...] = ()) -> list[str]:
    """The searched texts that lie in the object's own row, without a query."""
    texts = []
    for field in type(obj).get_searchable_search_fields():  # type: ignore[attr-defined]
        if field.field_name not in besides and _is_own(type(obj), field.field_name):
            texts.append(_text(field.get_value(obj)))
    return texts


def _is_own(model: type[Model], name: str) -> bool:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return field.concrete and not field.is_relation


def _pieces(obj: Model, fields: Any, wanted: Any, related: bool = False) -> Iterator[Piece]:
    for field in fields:
        if isinstance(field, RelatedFields):
            for other in _objects(field.get_value(obj)):
                yield from _pieces(other, field.fields, wanted, related=True)
        elif isinstance(field, wanted):
            text = _text(field.get_value(obj))
            if text:
                yield Piece("" if related else field.field_name, text, float(getattr(field, "boost", None) or 1.0))


def _objects(value: Any) -> Iterator[Model]:
    if value is None:
        return
    if isinstance(value, Model):
        yield value
    elif isinstance(value, QuerySet | list | tuple):
        yield from value
    elif hasattr(value, "all"):
        yield from value.all()


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return _text(list(value.values()))
    if isinstance(value, list | tuple | set | QuerySet):
        return "\n".join(filter(None, map(_text, value)))
    return str(value)
