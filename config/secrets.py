"""Secrets that an embedded house makes for itself, once, readable by its own user only."""

import os
import secrets
from pathlib import Path


def secret_in(path: Path) -> str:
    """The secret kept in `path`; a new one of 64 characters is made if there is none (mode 0600)."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
