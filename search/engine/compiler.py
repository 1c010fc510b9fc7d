"""From Wagtail's search queries to what they match."""

from typing import ClassVar

from modelsearch.backends.base import BaseSearchQueryCompiler
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendant_models
from whoosh import query as whoosh

from search.engine.analysis import analysis_for, numbers, words
from search.engine.matches import EVERYTHING, NOTHING, Matches
from search.engine.reading import Reader

NUMBER_BOOST = 3.0
# Fewer hits than this for all the words, and those for some of them follow.
ENOUGH = 5
_SHORT_WORD = 5


class QueryCompiler(BaseSearchQueryCompiler):
    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    PREFIX: ClassVar[str] = "in"
    WHOLE: ClassVar[str] = "text"

    def __init__(self, queryset, query, fields=None, operator=None, order_by_relevance=True):
        super().__init__(queryset, query, fields, operator, order_by_relevance)
        self.fills_up = isinstance(query, str) and operator is None
        self.labels = frozenset(model._meta.label_lower for model in get_descendant_models(queryset.model))

    def matches(self, reader: Reader | None, language: str) -> Matches:
        self.analysis = analysis_for(language)
        return self._matches(self.query, reader)

    def weaker_matches(self, reader: Reader | None) -> Matches:
        """For a plain search that said nothing else: what holds some of the words."""
        return self._matches(PlainText(self.query.query_string, operator="or"), reader)

    def _matches(self, query: SearchQuery, reader: Reader | None) -> Matches:
        match query:
            case MatchAll():
                return EVERYTHING
            case Not():
                return ~self._matches(query.subquery, reader)
            case Boost():
                return self._matches(query.subquery, reader) * query.boost
            case And() | Or():
                parts = [self._matches(part, reader) for part in query.subqueries]
                start = EVERYTHING if isinstance(query, And) else NOTHING
                for part in parts:
                    start = start & part if isinstance(query, And) else start | part
                return start
        looked_up = self.look_up(query)
        return reader.matches(looked_up, self.labels) if reader else NOTHING

    def look_up(self, query: SearchQuery) -> whoosh.Query:
        match query:
            case PlainText():
                return self._plain(query).normalize().with_boost(query.boost)
            case Phrase():
                return self._in_fields(lambda field: whoosh.Phrase(field, self.analysis.stems(query.query_string)))
            case Fuzzy():
                return _join(query.operator, [self._fuzzy(stem) for stem in self.analysis.stems(query.query_string)])
        raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend.")

    def _plain(self, query: PlainText) -> whoosh.Query:
        chunks = [self._chunk(chunk) for chunk in query.query_string.split()]
        known = [chunk for chunk in chunks if chunk is not None]
        if not known:  # nothing but stop words: "IT" may still be a word of a title
            known = [whoosh.Term("start", word) for word in words(query.query_string)]
        return _join(query.operator, known)

    def _chunk(self, chunk: str) -> whoosh.Query | None:
        stems = self.analysis.stems(chunk)
        number = next(numbers(chunk), None)
        if number is None:
            return whoosh.And([self._term(stem) for stem in stems]) if stems else None
        parts = self._in_fields(lambda field: whoosh.Phrase(field, stems)) if stems else whoosh.NullQuery
        if self.fields:
            return parts
        return whoosh.Or([parts, whoosh.Term("number", number, boost=NUMBER_BOOST)])

    def _term(self, stem: str) -> whoosh.Query:
        return self._in_fields(lambda field: whoosh.Term(field, stem))

    def _fuzzy(self, stem: str) -> whoosh.Query:
        distance = 1 if len(stem) <= _SHORT_WORD else 2
        return self._in_fields(lambda field: whoosh.FuzzyTerm(field, stem, maxdist=distance, prefixlength=1))

    def _in_fields(self, make) -> whoosh.Query:
        names = [f"{self.PREFIX}_{field}" for field in self.fields] if self.fields else [self.WHOLE]
        queries = [make(name) for name in names]
        return queries[0] if len(queries) == 1 else whoosh.Or(queries)


class AutocompleteQueryCompiler(QueryCompiler):
    """Every word is the start of one: what the admin sends while someone types."""

    PREFIX = "start"
    WHOLE = "start"

    def __init__(self, queryset, query, fields=None, operator=None, order_by_relevance=True):
        super().__init__(queryset, query, fields, operator, order_by_relevance)
        self.fills_up = False

    def look_up(self, query: SearchQuery) -> whoosh.Query:
        if not isinstance(query, PlainText | Phrase | Fuzzy):
            raise NotImplementedError(f"{type(query).__name__} cannot be completed by this search backend.")
        starts = [self._start(word) for word in words(query.query_string)]
        return _join(getattr(query, "operator", "and"), starts)

    def _start(self, word: str) -> whoosh.Query:
        """A whole word comes before one that only begins like it."""
        return self._in_fields(lambda field: whoosh.Or([whoosh.Prefix(field, word), whoosh.Term(field, word)]))


def _join(operator: str, queries: list[whoosh.Query]) -> whoosh.Query:
    if not queries:
        return whoosh.NullQuery
    return (whoosh.And(queries) if operator == "and" else whoosh.Or(queries)).normalize()
