"""Cairn's search beside SQLite's FTS5, in one run: `python -m benchmarks.search [documents]`. Read the ratios.

The texts are those of ../shared/ir where it is present, and made up of a few thousand words otherwise. Both answer
with the keys of all matches, ranked; what the database then does with them is the same for both and left out.
"""

import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

KEPT = tempfile.TemporaryDirectory(prefix="cairn-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["CAIRN_VAR"] = KEPT.name

import django

django.setup()

# ruff: noqa: E402 - models can be imported only now
from modelsearch.query import Phrase, PlainText
from wagtail.models import Page

from search.engine.analysis import WORD, analysis_for
from search.engine.compiler import AutocompleteQueryCompiler, QueryCompiler
from search.engine.documents import Document, Piece
from search.engine.folder import IndexFolder
from search.engine.reading import reader_of
from search.engine.schema import fields_of
from search.engine.writing import writing

LABEL = "wagtailcore.page"
TURNS = 60
IR = Path(__file__).resolve().parents[2] / "shared" / "ir"


def texts(count):
    """(title, body) pairs."""
    found = [json.loads(line) for file in sorted(IR.glob("*/docs.jsonl")) for line in file.open(encoding="utf-8")]
    if found:
        return [(text["title"], text["text"]) for text in islice(cycle(found), count)]
    chance = random.Random(1)  # noqa: S311
    words = ["".join(chance.choices("aeioubcdlmnprst", k=chance.randint(3, 9))) for _ in range(4000)]
    weights = [1 / rank for rank in range(1, 4001)]
    return [
        (" ".join(chance.choices(words, weights, k=6)), " ".join(chance.choices(words, weights, k=200)))
        for _ in range(count)
    ]


def document(number, title, body):
    pieces = (Piece("title", title, 2.0), Piece("body", body))
    return Document(f"{LABEL}:{number}", LABEL, str(number), pieces, (Piece("title", title),))


class Whoosh:
    def __init__(self, rows):
        self.folder = IndexFolder(Path(KEPT.name) / "whoosh", "en")
        with writing(self.folder) as writer:
            for number, row in enumerate(rows):
                writer.add_document(**fields_of(document(number, *row)))

    def find(self, query, compiler=QueryCompiler):
        return compiler(Page.objects.all(), query).matches(reader_of(self.folder), "en").scores

    def one(self, words):
        return self.find(PlainText(words[0]))

    def every(self, words):
        return self.find(PlainText(" ".join(words)))

    def some(self, words):
        return self.find(PlainText(" ".join(words), operator="or"))

    def phrase(self, words):
        return self.find(Phrase(" ".join(words[:2])))

    def start(self, words):
        return self.find(PlainText(words[0][:4]), AutocompleteQueryCompiler)

    def change(self, words):
        with writing(self.folder) as writer:
            writer.update_document(**fields_of(document(0, " ".join(words), "changed")))
        return self.find(PlainText("changed"))


class Fts5:
    def __init__(self, rows):
        self.base = sqlite3.connect(Path(KEPT.name) / "fts5.sqlite3", isolation_level=None)
        self.base.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='porter unicode61', prefix='4')")
        self.base.execute("BEGIN")
        self.base.executemany(
            "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", ((n, *row) for n, row in enumerate(rows))
        )
        self.base.execute("COMMIT")

    def find(self, query):
        return self.base.execute("SELECT rowid, bm25(t, 2, 1) FROM t WHERE t MATCH ? ORDER BY 2", [query]).fetchall()

    def one(self, words):
        return self.find(f'"{words[0]}"')

    def every(self, words):
        return self.find(" AND ".join(f'"{word}"' for word in words))

    def some(self, words):
        return self.find(" OR ".join(f'"{word}"' for word in words))

    def phrase(self, words):
        return self.find(f'"{words[0]} {words[1]}"')

    def start(self, words):
        return self.find(f'title: "{words[0][:4]}"*')

    def change(self, words):
        self.base.execute("INSERT OR REPLACE INTO t(rowid, title, body) VALUES (0, ?, 'changed')", [" ".join(words)])
        return self.find("changed")


def timed(ask, queries):
    """Median and 95th percentile in ms, the first few left out."""
    taken = []
    for words in queries:
        before = time.process_time()
        ask(words)
        taken.append((time.process_time() - before) * 1000)
    taken = sorted(taken[5:])
    return statistics.median(taken), taken[int(len(taken) * 0.95)]


def main(count=4000):
    rows = texts(count)
    chance = random.Random(2)  # noqa: S311
    analysis = analysis_for("en")
    said = [[word for word in WORD.findall(title) if analysis.stems(word)] for title, _ in rows]
    queries = [words[:3] for words in chance.sample([words for words in said if len(words) > 2], TURNS)]
    engines = []
    print(f"{count} documents{'' if IR.is_dir() else ', made up'}")
    print(f"Processor time in ms, median/p95 of {TURNS - 5} queries\n")
    print(f"{'':24}{'Whoosh':>16}{'FTS5':>16}{'ratio':>8}")
    built = []
    for make in (Whoosh, Fts5):
        before = time.process_time()
        engines.append(make(rows))
        built.append(time.process_time() - before)
    print(f"{'written, in seconds':24}{built[0]:>16.1f}{built[1]:>16.1f}{built[0] / built[1]:>8.1f}")
    for kind, name in (
        ("one", "one word"),
        ("every", "three words, all"),
        ("some", "three words, some"),
        ("phrase", "two words side by side"),
        ("start", "as one types"),
        ("change", "a change, till found"),
    ):
        (ours, slow), (theirs, their_slow) = (timed(getattr(engine, kind), queries) for engine in engines)
        print(f"{name:24}{f'{ours:.2f}/{slow:.1f}':>16}{f'{theirs:.2f}/{their_slow:.1f}':>16}{ours / theirs:>8.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
