"""A migrated, empty database, kept between runs: two hundred migrations cost ten seconds a test process.

It is only a start: `migrate` still runs on the copy, so a new migration is applied and what post_migrate makes is made.
SQLite's is a file in the folder for temporary files; PostgreSQL's stands on the server, as a template for new ones.
"""

import contextlib
import getpass
import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

from django.apps import apps
from django.db import ProgrammingError

PREFIX = "cairn-migrated-"


def name() -> str:
    """Of every migration there is, so that a changed one starts anew."""
    seen = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            seen.update(f"{app.label} {file.name}".encode())
            seen.update(file.read_bytes())
    return f"{PREFIX}{getpass.getuser()}-{seen.hexdigest()[:16]}"


def kept() -> Path:
    return Path(tempfile.gettempdir()) / f"{name()}.sqlite3"


def at_first() -> Path:
    """As each test of this process finds it."""
    return Path(os.environ["CAIRN_VAR"], "at-first.sqlite3")


def copy(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as here, contextlib.closing(sqlite3.connect(target)) as there:
        here.backup(there)


def keep(database: Path) -> None:
    unfinished = kept().with_suffix(f".{database.parent.name}")
    copy(database, unfinished)
    unfinished.replace(kept())


def is_on_server(connection) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name()])
        return cursor.fetchone() is not None


def keep_on_server(connection) -> None:
    """In place of those of earlier migrations."""
    database = connection.settings_dict["NAME"]
    connection.close()  # what is copied has no visitors
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        with contextlib.suppress(ProgrammingError):  # another run has just made it
            cursor.execute(f'CREATE DATABASE "{name()}" TEMPLATE "{database}"')
