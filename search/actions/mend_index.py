from django.apps import apps
from modelsearch.backends import get_search_backends


def mend_index(label: str, pks: list[str]) -> None:
    """Make the index hold of these objects what the database holds. (What changes the index is no transaction.)"""
    model = apps.get_model(label)
    for backend in get_search_backends(with_auto_update=True):
        index = backend.get_index_for_model(model)
        if hasattr(index, "mend"):
            index.mend(model, pks)
