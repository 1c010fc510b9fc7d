"""The frozen copy of a page: the bytes that an edition keeps for ever, and their hash.

It says of itself how it is to be read (`format`, and each part's label and kind), so that it needs no schema of today.
People stand in it by their ids alone: names are personal data, and an edition is kept for ever.

Kinds of part: "text" and "markdown" are strings; "date" is ISO 8601; "choice" is the word that readers see; "flag" is
true or false; "person" is an id or null; "page" is a document number or empty, "pages" a list of them; "tree" is a list
of [depth from 1, text], in the order of reading; "options" (of a decision), "measures" and "risks" (of a process) are
lists of objects whose values are strings (but "is_chosen", a flag). Older copies hold "chain", a list of strings.
"""

import hashlib
import json
import re

from django.utils.text import capfirst
from wagtail.images import get_image_model

from knowledge.whys import with_depths

FORMAT = 1
PICTURE = re.compile(r"\(\s*<?image:(\d+)")


def frozen_copy(page) -> tuple[bytes, str]:
    """The canonical JSON of every field that a reader of `page` sees, and its SHA-256 in hex."""
    return sealed(copy_of(page))


def sealed(copy) -> tuple[bytes, str]:
    content = canonical(copy)
    return content, hashlib.sha256(content).hexdigest()


def canonical(value) -> bytes:
    """UTF-8, keys in order, no space: RFC 8785 for what stands in a copy, which holds no numbers but small integers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def thawed(edition) -> dict:
    return json.loads(bytes(edition.content))


def is_intact(edition) -> bool:
    return hashlib.sha256(bytes(edition.content)).hexdigest() == edition.sha256


def copy_of(page) -> dict:
    parts = [_part(page, name, kind) for name, kind in page.reader_fields]
    return {
        "format": FORMAT,
        "kind": str(page._meta.verbose_name),
        "number": page.number,
        "title": page.title,
        "tags": sorted(item.tag.name for item in page.tagged_items.all()),
        "processes": sorted(process.number for process in page.processes.all()),
        "accountable": page.accountable_id,
        "deputies": sorted(person.pk for person in page.deputies.all()),
        "experts": sorted(person.pk for person in page.experts.all()),
        "parts": parts,
        "pictures": _pictures(parts),
    }


def _part(page, name, kind):
    field = page._meta.get_field(name)
    label = getattr(field, "verbose_name", None) or name
    return {"name": name, "label": capfirst(str(label)), "kind": kind, "value": VALUES[kind](page, name)}


def _date(page, name):
    value = getattr(page, name)
    return value.isoformat() if value else ""


def _rows(*names):
    return lambda page, name: [{part: getattr(row, part) for part in names} for row in getattr(page, name).all()]


VALUES = {
    "text": getattr,
    "markdown": getattr,
    "date": _date,
    "choice": lambda page, name: str(getattr(page, f"get_{name}_display")() or ""),
    "pages": lambda page, name: sorted(other.number for other in getattr(page, name).all()),
    "flag": getattr,
    "person": lambda page, name: getattr(page, f"{name}_id"),
    "page": lambda page, name: getattr(getattr(page, name), "number", ""),
    "tree": lambda page, name: [[depth, why.text] for depth, why in with_depths(getattr(page, name).all())],
    "options": _rows("title", "text", "good", "neutral", "bad", "is_chosen"),
    "measures": _rows("name", "target", "how"),
    "risks": _rows("risk", "control"),
}


def _pictures(parts):
    """{id of each picture that the text shows: SHA-256 of its file}; a picture that is not there is left out."""
    texts = [part["value"] for part in parts if part["kind"] == "markdown"]
    texts += [option["text"] for part in parts if part["kind"] == "options" for option in part["value"]]
    wanted = {int(number) for text in texts for number in PICTURE.findall(text)}
    if not wanted:
        return {}
    return {str(image.pk): _file_hash(image) for image in get_image_model().objects.filter(pk__in=wanted)}


def _file_hash(image):
    with image.open_file() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
