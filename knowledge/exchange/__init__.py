"""Cairn's own Markdown: a record as a file that people can read, edit, and bring back to the same thing.

`gathering` asks the database; all else here is pure. docs/decisions/0010-export-format.md says why it is as it is.
"""

from knowledge.exchange.reading import read
from knowledge.exchange.records import EditionNote, FileNote, Malformed, Option, Record, Why
from knowledge.exchange.shapes import SHAPES, Shape
from knowledge.exchange.writing import write

__all__ = ["SHAPES", "EditionNote", "FileNote", "Malformed", "Option", "Record", "Shape", "Why", "read", "write"]
