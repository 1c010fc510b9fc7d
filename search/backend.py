"""The `BACKEND` of WAGTAILSEARCH_BACKENDS: Whoosh on one machine.

{"BACKEND": "search.backend", "PATH": a folder of its own, "LANGUAGE": "en"}
"""

from django.core.exceptions import ImproperlyConfigured
from modelsearch.backends.base import BaseSearchBackend

from search.engine.compiler import AutocompleteQueryCompiler, QueryCompiler
from search.engine.folder import IndexBroken, IndexFolder
from search.engine.reading import reader_of
from search.engine.results import SearchResults
from search.engine.writing import Index, Rebuilder


class SearchBackend(BaseSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
    results_class = SearchResults
    rebuilder_class = Rebuilder

    def __init__(self, params):
        super().__init__(params)
        if not params.get("PATH"):
            raise ImproperlyConfigured('WAGTAILSEARCH_BACKENDS: "search.backend" needs a "PATH", a folder of its own.')
        self.language = params.get("LANGUAGE", "en")
        self.folder = IndexFolder(params["PATH"], self.language)

    def held_digests(self) -> dict[str, str]:
        """What the index holds, as {key: digest}. Nothing, where its files cannot be read: it is then written anew."""
        try:
            reader = reader_of(self.folder)
            return dict(reader.held()) if reader else {}
        except IndexBroken:
            self.folder.discard()
            return {}

    def words_of_titles(self) -> set[str]:
        """The words that are completed as one types: short, and few against those of all texts."""
        reader = reader_of(self.folder)
        return reader.words("start") if reader else set()
