import hashlib
import posixpath
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from wagtail.images.fields import WagtailImageField

from knowledge.exchange.records import FileNote
from knowledge.exchange.surroundings import MODELS, for_everyone, stored


@transaction.atomic
def restore_file(path: Path, note: FileNote, *, by) -> int:
    """The id of a picture or a document that holds the same as the file: one that is here, or a new one."""
    data = path.read_bytes()
    sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    for row in for_everyone(note.kind, file_hash=sha1):
        if (here := stored(note.kind, row)) and here.sha256 == note.sha256:
            return row.pk
    name = posixpath.basename(path.name).partition("-")[2] or path.name
    upload = SimpleUploadedFile(name, data)
    file = WagtailImageField().clean(upload) if note.kind == "image" else upload
    row = MODELS[note.kind]()(title=note.title[:255] or name, uploaded_by_user=by, file=file)
    row.file_size, row.file_hash = len(data), sha1
    row.save()
    return row.pk


def is_as_exported(path: Path, note: FileNote) -> bool:
    """Whether the file is there, is no link, holds what it held, and may stand here."""
    try:
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            return False
        data = path.read_bytes()
        if note.kind == "image":
            WagtailImageField().clean(SimpleUploadedFile(path.name, data))
    except Exception:  # whatever a picture that is none makes the libraries say
        return False
    return hashlib.sha256(data).hexdigest() == note.sha256
