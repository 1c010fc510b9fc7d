"""Files of certificates: what is taken in, and under which name it is kept and given out. Pure but for the reading."""

from uuid import uuid4

MOST_BYTES = 10 * 1024 * 1024
# How a file of each kind begins. None of them is shown by the browser within this site: they are only given out.
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


class NotTaken(ValueError):
    """With a sentence for whoever chose the file."""


def kept_name(file) -> str:
    """The name to keep an uploaded file under. Nothing of its own name is in it; its content says what it is."""
    if file.size > MOST_BYTES:
        raise NotTaken("The file is larger than 10 MB. Choose a smaller one, or scan it with fewer dots per inch.")
    file.seek(0)
    beginning = file.read(16)
    file.seek(0)
    ending = str(file.name).rpartition(".")[2].lower().replace("jpeg", "jpg")
    if ending not in BEGINNINGS or not beginning.startswith(BEGINNINGS[ending]):
        raise NotTaken("This is no PDF, PNG or JPEG file. Save the certificate as one of these and choose that.")
    return f"{uuid4().hex}.{ending}"


def type_of(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")
