"""A scene that takes long to set up: set up once in each process, and copied for each test that plays in it.

What is kept is all that its actions wrote: the database, and the files of its own folder.
"""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import caches
from django.db import connection, transaction
from django.test import override_settings

from tests import migrated


@dataclass(frozen=True)
class Kept:
    scene: bytes
    database: Path
    files: Path

    def bring_back(self, files: Path):
        """The scene as it was set up, in the test's database and in `files`."""
        assert not connection.in_atomic_block, "Ask for a kept scene before anything that asks for the database."
        overwrite(self.database)
        shutil.copytree(self.files, files, dirs_exist_ok=True)
        return pickle.loads(self.scene)  # noqa: S301


def keep(set_up: Callable, folder: Path) -> Kept:
    database, files = folder / "database.sqlite3", folder / "files"
    files.mkdir()
    with override_settings(**settings_of(files)), transaction.atomic():
        scene = pickle.dumps(set_up())
        connection.run_on_commit.clear()  # as in a test, where nothing is ever committed
    migrated.copy(Path(connection.settings_dict["NAME"]), database)
    return Kept(scene, database, files)


def overwrite(database: Path) -> None:
    migrated.copy(database, Path(connection.settings_dict["NAME"]))
    caches["default"].clear()  # of what another database said


def settings_of(files: Path) -> dict:
    """A house that has its files in `files`."""
    return {
        "MEDIA_ROOT": files / "media",
        "EVIDENCE_SIGNING_KEY": files / "signing_key.pem",
        "WAGTAILSEARCH_BACKENDS": {
            "default": {"BACKEND": "search.backend", "PATH": files / "index", "LANGUAGE": "en"},
        },
    }
