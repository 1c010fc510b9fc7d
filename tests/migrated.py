"""A migrated, empty SQLite database, kept between runs: two hundred migrations cost ten seconds a test process.

It is only a start: `migrate` still runs on the copy, so a new migration is applied and what post_migrate makes is made.
"""

import contextlib
import getpass
import hashlib
import sqlite3
import tempfile
from pathlib import Path

from django.apps import apps


def kept() -> Path:
    """Named by every migration there is, so that a changed one starts anew."""
    seen = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            seen.update(f"{app.label} {file.name}".encode())
            seen.update(file.read_bytes())
    return Path(tempfile.gettempdir()) / f"cairn-migrated-{getpass.getuser()}-{seen.hexdigest()[:16]}.sqlite3"


def copy(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as here, contextlib.closing(sqlite3.connect(target)) as there:
        here.backup(there)


def keep(database: Path) -> None:
    unfinished = kept().with_suffix(f".{database.parent.name}")
    copy(database, unfinished)
    unfinished.replace(kept())
