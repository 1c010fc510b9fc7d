"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format"""

from collections.abc import Iterator

from courses.importing.found import Found, Notes, Problem, Reading, Unaskable, label_of, reading_of
from courses.importing.gift_blocks import category_of
from courses.importing.moodle_kinds import READERS, text_of
from courses.importing.weights import exact_number
from courses.importing.xml_tree import Node
from courses.kinds import Content
from courses.kinds.content import MOST_POINTS
from people.refusals import Refused

MOODLE_XML = "moodle-xml"
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_moodle_xml(quiz: Node) -> Reading:
    return reading_of(MOODLE_XML, _entries(quiz))


def _entries(quiz: Node) -> Iterator[Found | Problem]:
    category = ""
    for node in quiz.all("question"):
        if node.attributes.get("type") == "category":
            category = category_of(node.said("category", "text").replace("\\", "\\\\"))
        else:
            yield _read(node, category)


def _read(node: Node, category: str) -> Found | Problem:
    name = " ".join(node.said("name", "text").split())
    notes = Notes()
    try:
        content = _content(node, notes)
        content.check()
    except (Refused, Unaskable) as reason:
        return Problem(name or label_of(node.said("questiontext", "text")), node.line, str(reason))
    _note_what_is_left_out(node, notes)
    tags = (" ".join(tag.said("text").split()) for tags in node.all("tags") for tag in tags.all("tag"))
    return Found(
        content,
        name=name,
        category=category,
        tags=tuple(dict.fromkeys(filter(None, tags))),
        external_id=node.said("idnumber"),
        line=node.line,
        notes=tuple(notes),
    )


def _content(node: Node, notes: Notes) -> Content:
    kind = node.attributes.get("type", "")
    if kind not in READERS:
        raise Unaskable(f"Questions of type {kind[:40] or 'without a name'} are not read.")
    said = {
        "stem": text_of(node.one("questiontext")).markdown(notes),
        "explanation": text_of(node.one("generalfeedback")).markdown(notes),
        "points": 1 if kind == "description" else _points(node, notes),
    }
    return READERS[kind](node, said, notes)


def _points(node: Node, notes: Notes) -> int:
    written = node.said("defaultgrade")
    grade = exact_number(written) if written else 1
    if grade is None:
        notes.add(f"Its default mark, “{written[:40]}”, is no number. It brings 1 point.")
        return 1
    points = min(max(int(grade + 1) if grade % 1 else int(grade), 1), MOST_POINTS)
    if points != grade:
        notes.add(f"Its default mark was {written}. It brings {points} points: whole ones, from 1 to {MOST_POINTS}.")
    return points


def _note_what_is_left_out(node: Node, notes: Notes) -> None:
    if any(node.said(tag, "text") for tag in COMBINED):
        notes.add("The feedback on right, partly right and wrong answers as a whole is left out.")
    if any(hint.said("text") for hint in node.all("hint")):
        notes.add("Its hints are left out: a quiz is sat without hints.")
    if node.said("hidden") == "1":
        notes.add("It was hidden. Here it can be asked.")
    for name in _files(node):
        notes.add(f"The file {name[:80]} is left out.")


def _files(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.tag == "file":
            yield child.attributes.get("name", "without a name")
        else:
            yield from _files(child)
