"""The frozen copy of a page: the bytes that an edition keeps for ever, and their hash.

It says of itself how it is to be read (`format`, and each part's label and kind), so that it needs no schema of today.
People stand in it by their ids alone: names are personal data, and an edition is kept for ever.

Kinds of part: "text" and "markdown" are strings; "date" is ISO 8601; "choice" is the word that readers see; "pages" are
document numbers; "chain" is a list of strings.
"""

import hashlib
import json
import re

from django.utils.text import capfirst
from wagtail.images import get_image_model

FORMAT = 1
PICTURE = re.compile(r"\(\s*<?image:(\d+)")


def frozen_copy(page) -> tuple[bytes, str]:
    """The canonical JSON of every field that a reader of `page` sees, and its SHA-256 in hex."""
    content = canonical(_copy(page))
    return content, hashlib.sha256(content).hexdigest()


def canonical(value) -> bytes:
    """UTF-8, keys in order, no space: RFC 8785 for what stands in a copy, which holds no numbers but small integers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def thawed(edition) -> dict:
    return json.loads(bytes(edition.content))


def is_intact(edition) -> bool:
    return hashlib.sha256(bytes(edition.content)).hexdigest() == edition.sha256


def _copy(page):
    parts = [_part(page, name, kind) for name, kind in page.reader_fields]
    return {
        "format": FORMAT,
        "kind": str(page._meta.verbose_name),
        "number": page.number,
        "title": page.title,
        "tags": sorted(tag.name for tag in page.tags.all()),
        "processes": sorted(page.processes.values_list("number", flat=True)),
        "accountable": page.accountable_id,
        "experts": sorted(page.experts.values_list("id", flat=True)),
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


VALUES = {
    "text": getattr,
    "markdown": getattr,
    "date": _date,
    "choice": lambda page, name: str(getattr(page, f"get_{name}_display")() or ""),
    "pages": lambda page, name: sorted(getattr(page, name).values_list("number", flat=True)),
    "chain": lambda page, name: [link.text for link in getattr(page, name).all()],
}


def _pictures(parts):
    """{id of each picture that the text shows: SHA-256 of its file}; a picture that is not there is left out."""
    texts = [part["value"] for part in parts if part["kind"] == "markdown"]
    wanted = {int(number) for text in texts for number in PICTURE.findall(text)}
    if not wanted:
        return {}
    return {str(image.pk): _file_hash(image) for image in get_image_model().objects.filter(pk__in=wanted)}


def _file_hash(image):
    with image.open_file() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
