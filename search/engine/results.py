"""Search results: Whoosh says which primary keys and how well, the database everything else.

Filters, permissions, order and facets are the queryset's, so an index that is behind can miss an object or rank it
wrongly; it can never show one that the queryset does not hold.
"""

from collections import Counter, OrderedDict
from typing import Any

from modelsearch.backends.base import BaseSearchResults, FilterFieldError

from search.engine.compiler import ENOUGH
from search.engine.matches import Matches
from search.engine.reading import reader_of

# Up to so many keys are named in the query; beyond, the queryset's keys are read and looked up in the matches.
MOST_NAMED = 500


class SearchResults(BaseSearchResults):
    supports_facet = True

    def _do_search(self) -> list[Any]:
        pks, matches = self._found()
        wanted = pks[self.start : self.stop]
        objects: dict[Any, Any] = {}
        for start in range(0, len(wanted), MOST_NAMED):
            part = self.query_compiler.queryset.order_by().filter(pk__in=wanted[start : start + MOST_NAMED])
            objects.update((obj.pk, obj) for obj in part)
        results = [objects[pk] for pk in wanted if pk in objects]
        if self._score_field:
            for obj in results:
                setattr(obj, self._score_field, matches.score(obj.pk))
        return results

    def _do_count(self) -> int:
        return len(self._found()[0][self.start : self.stop])

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        if self.query_compiler._get_filterable_field(field_name) is None:
            model = self.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". '
                f"Please add index.FilterField('{field_name}') to {model}.search_fields.",
                field_name=field_name,
            )
        _, matches = self._found()
        values = _restricted(self.query_compiler.queryset.order_by(), matches).values_list("pk", field_name)
        counts = Counter(value for pk, value in set(values) if pk in matches)
        return OrderedDict(counts.most_common())

    def _found(self) -> tuple[list[Any], Matches]:
        """The primary keys of all results, in order. Slices and clones of the results share them."""
        compiler = self.query_compiler
        if not hasattr(compiler, "found"):
            compiler.found = self._find()
        return compiler.found

    def _find(self) -> tuple[list[Any], Matches]:
        compiler = self.query_compiler
        reader = reader_of(self.backend.folder)
        matches = compiler.matches(reader, self.backend.language)
        pks = self._held(matches)
        # Judged after the queryset: before, the answer would depend on objects that it does not show.
        if compiler.fills_up and len(pks) < ENOUGH:
            weaker = compiler.weaker_matches(reader)
            if weaker.scores.keys() != matches.scores.keys():
                matches = matches.above(weaker)
                pks = self._held(matches)
        return pks, matches

    def _held(self, matches: Matches) -> list[Any]:
        compiler = self.query_compiler
        queryset = compiler.queryset
        if not compiler.order_by_relevance and not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        pks = _restricted(queryset, matches).values_list("pk", flat=True)
        held = list(dict.fromkeys(pk for pk in pks if pk in matches))
        if compiler.order_by_relevance and not matches.everything_but:
            held.sort(key=lambda pk: (-matches.scores[pk], pk))
        return held


def _restricted(queryset, matches: Matches):
    if matches.everything_but or len(matches.scores) > MOST_NAMED:
        return queryset
    return queryset.filter(pk__in=list(matches.scores))
