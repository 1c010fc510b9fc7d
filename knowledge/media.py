"""Pictures that people uploaded, for those who are signed in. Documents have Wagtail's view, which asks for rights."""

import posixpath

from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# Where Wagtail puts pictures and their renditions. Everything else under media/ stays closed.
FOLDERS = ("images", "original_images", "avatar_images")
# What is shown; no type that can hold a script is among them.
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


@require_safe
@login_required
def media(request, path):
    folder, _, name = path.partition("/")
    if folder not in FOLDERS or not name:
        raise Http404
    kind = SHOWN.get(posixpath.splitext(name)[1].lower())
    response = FileResponse(_opened(path), as_attachment=kind is None, content_type=kind or "application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _opened(path):
    try:
        return default_storage.open(path)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation, ValueError):
        raise Http404 from None
