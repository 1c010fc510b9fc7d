"""Writing to the index: what is in it of an object afterwards is what the database then held."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from modelsearch.backends.base import BaseIndex
from modelsearch.index import class_is_indexed
from whoosh import index as whoosh_index
from whoosh.writing import IndexWriter

from jobs.actions import enqueue
from search.engine.documents import document_of, key_of
from search.engine.folder import IndexFolder
from search.engine.schema import fields_of

REBUILD_MEMORY_MB = 256


class Index(BaseIndex):
    def __init__(self, backend):
        super().__init__(backend)
        self.folder: IndexFolder = backend.folder

    def __str__(self) -> str:
        return str(self.folder.path)

    def reset(self) -> None:
        with self.folder.writer_lock():
            self.folder.use(self.folder.make_generation())
            self.folder.forget_others()

    def add_item(self, obj: Model) -> None:
        self.mend(type(obj), [str(obj.pk)])

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        items = list(items)
        if not items or not class_is_indexed(model):
            return
        with writing(self.folder) as writer:
            self.folder.note_change(model._meta.label_lower, [str(item.pk) for item in items])
            for item in items:
                writer.update_document(**fields_of(document_of(item)))

    def delete_item(self, item: Model) -> None:
        """Ask, in the transaction that deletes the object, that it be looked at again after the commit."""
        label = item._meta.label_lower
        enqueue(
            "search.mend",
            {"model": label, "pks": [str(item.pk)]},
            key=f"search.mend:{key_of(type(item), item.pk)}",
            at=timezone.now(),
        )

    def mend(self, model: type[Model], pks: list[str]) -> None:
        """Make the index hold of these objects what the database holds: nothing, where they are gone.

        They are read with the writer's lock held, so that of two writers the later one has read the later state.
        """
        if not class_is_indexed(model):
            return
        with writing(self.folder) as writer:
            self.folder.note_change(model._meta.label_lower, pks)
            _mend(writer, model, pks)

    def forget(self, keys: Iterable[str]) -> None:
        with writing(self.folder) as writer:
            for key in keys:
                writer.delete_by_term("key", key)


class Rebuilder:
    """Builds a new generation beside the one in use, and puts it in its place."""

    def __init__(self, index: Index):
        self.index, self.folder = index, index.folder
        self._held = ExitStack()

    def start(self) -> "GenerationInBuilding":
        self._held.enter_context(self.folder.rebuild_lock())
        with self.folder.writer_lock():
            self.folder.forget_others()
            self.folder.start_noting()
        self._generation = self.folder.make_generation()
        self._writer = whoosh_index.open_dir(str(self._generation)).writer(limitmb=REBUILD_MEMORY_MB)
        return GenerationInBuilding(self.index, self._writer)

    def finish(self) -> None:
        with self._held:
            self._writer.commit()
            self._take_over()

    def _take_over(self) -> None:
        with self.folder.writer_lock():
            with _committing(whoosh_index.open_dir(str(self._generation)).writer()) as writer:
                for label, pks in self.folder.stop_noting().items():
                    _mend(writer, apps.get_model(label), pks)
            self.folder.use(self._generation)
            self.folder.forget_others()


class GenerationInBuilding(BaseIndex):
    def __init__(self, index: Index, writer: IndexWriter):
        super().__init__(index.backend)
        self._writer = writer

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        for item in items:
            self._writer.add_document(**fields_of(document_of(item)))


def _mend(writer: IndexWriter, model: Any, pks: list[str]) -> None:
    held = model.get_indexed_objects().filter(pk__in=pks)
    documents = {document.key: document for document in map(document_of, held)}
    for pk in pks:
        key = key_of(model, pk)
        if key in documents:
            writer.update_document(**fields_of(documents[key]))
        else:
            writer.delete_by_term("key", key)


@contextmanager
def writing(folder: IndexFolder) -> Iterator[IndexWriter]:
    with folder.writer_lock():
        generation = folder.current()
        if generation is None:
            generation = folder.make_generation()
            folder.use(generation)
        with _committing(whoosh_index.open_dir(str(generation)).writer()) as writer:
            yield writer


@contextmanager
def _committing(writer: IndexWriter) -> Iterator[IndexWriter]:
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
