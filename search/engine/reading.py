"""Reading the index: a searcher for each thread, kept open for as long as nothing was written."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from whoosh import index
from whoosh.query import Query
from whoosh.searching import Searcher

from search.engine.folder import IndexBroken, IndexFolder
from search.engine.matches import Matches
from search.engine.schema import Weighting


class Row(NamedTuple):
    label: str
    digest: str
    pk: Any
    key: str


_ATTEMPTS = 10
_PAUSE = 0.02
# Matchers share a position in a file: a searcher used by two threads gives wrong answers, one used after a fork too.
_kept = threading.local()


class Reader:
    def __init__(self, generation: Path, searcher: Searcher, rows: dict[str, list[Row]]):
        self.generation, self.searcher, self._rows, self.pid = generation, searcher, rows, os.getpid()

    def is_current(self, generation: Path) -> bool:
        try:
            return self.pid == os.getpid() and self.generation == generation and self.searcher.up_to_date()
        except FileNotFoundError:  # this generation has been replaced, and deleted
            return False

    def matches(self, query: Query, labels: frozenset[str]) -> Matches:
        """The objects of these classes that the query finds, scored."""
        scores = {}
        for leaf, _ in self.searcher.leaf_searchers():
            rows = self._rows_of(leaf)
            matcher = query.matcher(leaf, self.searcher.context())
            while matcher.is_active():
                row = rows[matcher.id()]
                if row.label in labels:
                    scores[row.pk] = matcher.score()
                matcher.next()
        return Matches(scores)

    def held(self) -> Iterator[tuple[str, str]]:
        """Key and digest of every object in the index."""
        for leaf, _ in self.searcher.leaf_searchers():
            rows = self._rows_of(leaf)
            for number in leaf.reader().all_doc_ids():
                yield rows[number].key, rows[number].digest

    def words(self, field: str) -> set[str]:
        return {word.decode() for word in self.searcher.reader().lexicon(field)}

    def _rows_of(self, leaf: Searcher) -> list[Row]:
        """Segments never change, so their rows are decoded once; what was deleted from them never matches."""
        reader = leaf.reader()
        name = _segment(leaf)
        if name is None:  # an index that nothing was written to has a reader without a segment
            return []
        if name not in self._rows:
            column = reader.column_reader("row")
            self._rows[name] = [_row(column[number]) for number in range(reader.doc_count_all())]
        return self._rows[name]

    def kept_rows(self) -> dict[str, list[Row]]:
        alive = {_segment(leaf) for leaf, _ in self.searcher.leaf_searchers()}
        return {name: rows for name, rows in self._rows.items() if name in alive}


def reader_of(folder: IndexFolder) -> Reader | None:
    """This thread's reader of the index as it now is. None where there is none yet."""
    readers: dict[Path, Reader] = _kept.__dict__.setdefault("readers", {})
    generation = folder.current()
    reader = readers.get(folder.path)
    if reader and generation and reader.is_current(generation):
        return reader
    reader = _reopen(folder, readers.pop(folder.path, None))
    if reader:
        readers[folder.path] = reader
    return reader


def _reopen(folder: IndexFolder, old: Reader | None) -> Reader | None:
    """A searcher of the latest commit. (Whoosh's own refresh keeps the deleted version of what was replaced.)"""
    rows: dict[str, list[Row]] = {}
    if old is not None and old.pid == os.getpid():
        rows = old.kept_rows()
        old.searcher.close()
    for attempt in range(1, _ATTEMPTS + 1):
        generation = folder.current()
        if generation is None:
            return None
        try:
            return Reader(generation, index.open_dir(str(generation)).searcher(weighting=Weighting()), rows)
        except (FileNotFoundError, index.EmptyIndexError) as problem:  # a commit took the file away meanwhile
            if attempt == _ATTEMPTS:
                raise _broken(folder) from problem
            time.sleep(_PAUSE)
        except Exception as problem:  # whatever unpickling a torn file may raise
            raise _broken(folder) from problem
    return None


def _broken(folder: IndexFolder) -> IndexBroken:
    return IndexBroken(f"The search index in {folder.path} cannot be read. Build it anew: manage.py update_index")


def _segment(leaf: Searcher) -> str | None:
    segment = leaf.reader().segment()
    return segment.segment_id() if segment else None


def _row(value: bytes) -> Row:
    label, digest, key = value.decode().split(" ", 2)
    return Row(label, digest, _primary_key_of(label)(key.split(":", 1)[1]), key)


@cache
def _primary_key_of(label: str) -> Callable[[str], Any]:
    try:
        return apps.get_model(label)._meta.pk.to_python
    except LookupError:  # a class that is no more; its rows match no query
        return str
