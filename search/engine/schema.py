"""The fields of the Whoosh index.

key     one for an object; replaced when it is written again
row     label, digest and key of the object, as a column (read for every hit)
text    all searched pieces together, each weighted: a title's word counts as often as its boost says
in_X    the pieces of field X alone, for searches that name their fields
number  document numbers, whole and unstemmed
start   the words that are completed as one types; start_X again for one field alone
"""

from collections import defaultdict
from collections.abc import Generator, Iterable
from math import log
from typing import Any

from whoosh import columns, fields, formats, scoring

from search.engine.analysis import Analysis, analysis_for, numbers, words
from search.engine.documents import Document, Piece

# Raise it when the index must be written anew for the code to read it: an index of another format counts as empty.
FORMAT = 1
# No phrase reaches from the end of one piece into the next.
GAP = 10
POSITIONS = formats.Positions()


class Pieces(fields.FieldType):
    """A field that is given pieces, and weighs each word by the piece that it stands in."""

    scorable = True
    analyzer = None

    def __init__(self, language: str, take: str):
        self.language, self.take = language, take
        self.format = POSITIONS

    def index(self, value: Iterable[Piece], **kwargs: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        take = TAKES[self.take]
        analysis = analysis_for(self.language)
        positions: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, float] = defaultdict(float)
        start = 0
        for piece in value:
            terms = take(analysis, piece.text)
            for position, term in enumerate(terms, start):
                positions[term].append(position)
                weights[term] += piece.weight
            start += len(terms) + GAP
        for term, found in positions.items():
            yield term.encode(), len(found), weights[term], POSITIONS.encode(found)


def _stems(analysis: Analysis, text: str) -> list[str]:
    return analysis.stems(text)


def _words(analysis: Analysis, text: str) -> list[str]:
    return words(text)


def _numbers(analysis: Analysis, text: str) -> list[str]:
    return list(numbers(text))


TAKES = {"stems": _stems, "words": _words, "numbers": _numbers}


def make_schema(language: str) -> fields.Schema:
    schema = fields.Schema(
        key=fields.ID(unique=True),
        row=fields.COLUMN(columns.VarBytesColumn()),
        text=Pieces(language, "stems"),
        number=Pieces(language, "numbers"),
        start=Pieces(language, "words"),
    )
    schema.add("in_*", Pieces(language, "stems"), glob=True)
    schema.add("start_*", Pieces(language, "words"), glob=True)
    return schema


def fields_of(document: Document) -> dict[str, object]:
    """What Whoosh's writer is given for a document."""
    found: dict[str, object] = {
        "key": document.key,
        "row": f"{document.label} {document.digest} {document.key}".encode(),
        "text": document.searched,
        "number": document.searched,
        "start": document.completed,
    }
    for prefix, pieces in (("in", document.searched), ("start", document.completed)):
        by_field = defaultdict(list)
        for piece in pieces:
            if piece.field:
                by_field[piece.field].append(piece)
        found.update({f"{prefix}_{field}": own for field, own in by_field.items()})
    return found


class Weighting(scoring.BM25F):
    """BM25F with the idf of Robertson and Spärck Jones; a long page is not held against a document number."""

    def __init__(self):
        super().__init__(B=0.75, K1=1.2, number_B=0.0)

    def idf(self, searcher, fieldname, text):
        parent = searcher.get_parent()
        holding, all_documents = parent.doc_frequency(fieldname, text), parent.doc_count_all()
        return log(1 + (all_documents - holding + 0.5) / (holding + 0.5))
