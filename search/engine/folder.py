"""Where the index lies: one folder a generation, and a file that names the one in use.

    current         the name of the folder in use
    writer.lock     held by the one process that writes
    rebuild.lock    held by the one process that builds a new generation beside it
    changed         what was written meanwhile, to be written again into the new generation

The locks are the operating system's, so that those of a killed process are free. Opening an index unpickles its
schema: the folder is the service's own, never uploaded or shared.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from whoosh import index

from search.engine.schema import FORMAT, make_schema

WRITER_PATIENCE = 30.0
_PAUSE = 0.02


class IndexBusy(RuntimeError):
    """Someone else has been writing for too long; a job is tried again."""


class IndexBroken(RuntimeError):
    """The files of the index cannot be read."""


class IndexFolder:
    def __init__(self, path: Path, language: str):
        self.path, self.language = Path(path), language
        self._prefix = f"v{FORMAT}-{language}-"

    def current(self) -> Path | None:
        """The folder in use. None where nothing was ever written, or only in another format."""
        try:
            name = (self.path / "current").read_text()
        except FileNotFoundError:
            return None
        return self.path / name if name.startswith(self._prefix) else None

    def make_generation(self) -> Path:
        folder = self.path / f"{self._prefix}{uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        index.create_in(str(folder), make_schema(self.language))
        return folder

    def use(self, folder: Path) -> None:
        """Readers see the old generation whole, or the new one whole."""
        pointer = self.path / f"current.{uuid4().hex}"
        pointer.write_text(folder.name)
        os.replace(pointer, self.path / "current")

    def forget_others(self) -> None:
        """Delete what no pointer names: earlier generations, and those that a killed rebuild left."""
        current = self.current()
        for folder in self.path.glob("v*-*-*"):
            if folder != current:
                shutil.rmtree(folder, ignore_errors=True)

    def discard(self) -> None:
        (self.path / "current").unlink(missing_ok=True)

    @contextmanager
    def writer_lock(self) -> Iterator[None]:
        with self._lock("writer.lock", WRITER_PATIENCE):
            yield

    @contextmanager
    def rebuild_lock(self) -> Iterator[None]:
        with self._lock("rebuild.lock", 0.0):
            yield

    @contextmanager
    def _lock(self, name: str, patience: float) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + patience
        with (self.path / name).open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise IndexBusy(f"The search index is being written by another process ({name}).") from None
                    time.sleep(_PAUSE)
            yield

    def note_change(self, label: str, pks: list[str]) -> None:
        """Remember what changed for the generation that is being built, if one is. Call with the writer's lock."""
        if not (self.path / "changed").exists():
            return
        try:
            with self.rebuild_lock():  # nobody holds it: the rebuild that made the file was killed
                (self.path / "changed").unlink()
        except IndexBusy:
            with (self.path / "changed").open("a") as file:
                file.writelines(f"{label} {pk}\n" for pk in pks)

    def start_noting(self) -> None:
        (self.path / "changed").write_text("")

    def stop_noting(self) -> dict[str, list[str]]:
        """What changed since, as {label: primary keys}."""
        changed: dict[str, list[str]] = {}
        for line in (self.path / "changed").read_text().splitlines():
            label, pk = line.split(" ", 1)
            changed.setdefault(label, []).append(pk)
        (self.path / "changed").unlink()
        return changed
