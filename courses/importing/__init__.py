"""Readers of questions that were written elsewhere. Pure: bytes in; questions, and what does not survive, out.

    reading.py       which format a file has, told by what it holds
    gift_blocks, gift
    xml_tree, moodle_xml, moodle_kinds, cloze
    table.py         CSV
    weights.py       percentages as exact shares, and worths made whole
    wording, html, plain: texts of other formats as Markdown, and as the plain words of an option

All of it is untrusted: what is kept is Markdown and plain text, sanitised or escaped wherever it is shown.
"""

from courses.importing.folder import File, files_of, read_each
from courses.importing.found import Found, Problem, Reading
from courses.importing.reading import AUTO, FORMATS, read_file

__all__ = ["AUTO", "FORMATS", "File", "Found", "Problem", "Reading", "files_of", "read_each", "read_file"]
