"""The pictures that a text shows, as bytes: those of the house, from its own storage."""

import posixpath
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

FOLDERS = ("images/", "original_images/")
# What Typst can draw.
KINDS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
LARGEST = 20 * 1024 * 1024


class Pictures:
    def __init__(self):
        self.bytes: dict[str, bytes] = {}
        self._names: dict[str, str | None] = {}

    def file(self, address: str) -> str | None:
        """The name by which the picture at `address` is drawn; None where there is none."""
        if address not in self._names:
            self._names[address] = self._read(address)
        return self._names[address]

    def _read(self, address):
        path = unquote(address.removeprefix(settings.MEDIA_URL))
        kind = posixpath.splitext(path)[1].lower()
        if not address.startswith(settings.MEDIA_URL) or not path.startswith(FOLDERS) or kind not in KINDS:
            return None
        try:
            with default_storage.open(path) as file:
                content = file.read(LARGEST + 1)
        except (OSError, SuspiciousFileOperation, ValueError):
            return None
        if len(content) > LARGEST:
            return None
        name = f"picture-{len(self.bytes)}{kind}"
        self.bytes[name] = content
        return name
