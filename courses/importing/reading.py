"""One file, read: bytes in; questions, and the reason for each that cannot be asked here, out."""

import json
import re

from courses.importing.found import Reading, unread
from courses.importing.gift import GIFT, read_gift
from courses.importing.moodle_xml import MOODLE_XML, read_moodle_xml
from courses.importing.table import CSV, NoTable, columns_of, read_table
from courses.importing.xml_tree import BrokenXML, tree_of
from knowledge.importing.decoding import Unreadable, decode

AUTO = "auto"
FORMATS = (GIFT, MOODLE_XML, CSV)
LARGEST = 20_000_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
NAMED = re.compile(r"^[ \t]*(?:::.{1,500}?::|\$CATEGORY:)", re.MULTILINE)
ANSWERS = re.compile(r"(?<!\\)\{\s*(?:[=~#}]|(?:T|F|TRUE|FALSE)\s*[#}])")
MARKDOWN = (".md", ".markdown", ".mdx")

OTHER_XML = {
    "assessmentItem": "QTI 2",
    "assessmentTest": "a QTI test",
    "questestinterop": "QTI 1.2",
    "manifest": "the manifest of a content package (IMS)",
    "question_categories": "questions.xml of a Moodle backup",
    "moodle_backup": "a Moodle backup",
    "html": "a web page",
}
XML = re.compile(rf"<(\?xml|!DOCTYPE|!--|(quiz|{'|'.join(OTHER_XML)})[\s>])", re.IGNORECASE)
READ_HERE = "GIFT, Moodle XML and CSV are read."


def read_file(data: bytes, file: str, form: str = AUTO) -> Reading:
    """`form` "auto" is told by what the file holds; its name decides only where that could be either."""
    try:
        text = CONTROL.sub("", decode(data, largest=LARGEST))
        if not text.strip():
            return unread("The file is empty.")
        form = form if form != AUTO else _form_of(text, file)
        if form == MOODLE_XML:
            return _moodle_xml(text)
        if form == CSV:
            return read_table(text)
        return read_gift(text) if form == GIFT else unread(f"{form} {READ_HERE}")
    except (Unreadable, BrokenXML, NoTable) as reason:
        return unread(str(reason))


def _moodle_xml(text: str) -> Reading:
    top = tree_of(text.strip())
    if top.tag == "quiz":
        return read_moodle_xml(top)
    what = OTHER_XML.get(top.tag, f"XML of another kind (<{top.tag[:40]}>)")
    return unread(f"This is {what}, which is not read. {READ_HERE}")


def _form_of(text: str, file: str) -> str:
    """One of FORMATS, or a sentence on what it is instead."""
    begins = text.lstrip()[:200]
    if file.lower().endswith(MARKDOWN):
        return "This is Markdown, which is not read as questions."
    if file.lower().endswith(".xml") or XML.match(begins):
        return MOODLE_XML
    if begins[0] in "{[" and _is_json(text):
        return "This is JSON, which is not read as questions."
    if columns_of(text) is not None:
        return CSV
    if file.lower().endswith(".gift") or _looks_like_gift(text):
        return GIFT
    return "Nothing in it looks like a question."


def _looks_like_gift(text: str) -> bool:
    return bool(NAMED.search(text)) or (bool(ANSWERS.search(text)) and not HEADING.search(text))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True
