from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models

from search.backend import SearchBackend
from search.engine.documents import Document, document_of

CHUNK = 500


@dataclass
class Reconciled:
    looked_at: int = 0
    missing: int = 0
    changed: int = 0
    surplus: int = 0


def reconcile_index(*, progress: Callable[[int, int], None] = lambda done, total: None) -> Reconciled:
    """Mend what the index misses, holds in an old form, or holds too much against the database.

    Nothing to do where the settings name another search engine: those keep themselves in step.
    """
    found = Reconciled()
    backend = get_search_backend()
    if not isinstance(backend, SearchBackend):
        return found
    index = backend.get_index_for_model(None)
    held = backend.held_digests()
    seen: set[str] = set()
    models = get_indexed_models()
    total = sum(model.get_indexed_objects().count() for model in models)
    for model in models:
        for documents in _chunks(model):
            wrong = [document for document in documents if held.get(document.key) != document.digest]
            missing = sum(document.key not in held for document in wrong)
            found.missing += missing
            found.changed += len(wrong) - missing
            if wrong:
                index.mend(model, [document.pk for document in wrong])
            seen.update(document.key for document in documents)
            found.looked_at += len(documents)
            progress(found.looked_at, max(total, found.looked_at))
    surplus = held.keys() - seen
    found.surplus = len(surplus)
    if surplus:
        index.forget(surplus)
    return found


def _chunks(model: Any) -> Iterator[list[Document]]:
    """By key, so that each chunk is one short read whatever is written meanwhile."""
    objects = model.get_indexed_objects().order_by("pk")
    last = None
    while True:
        chunk = list((objects if last is None else objects.filter(pk__gt=last))[:CHUNK])
        if not chunk:
            return
        yield [document_of(obj) for obj in chunk]
        last = chunk[-1].pk
