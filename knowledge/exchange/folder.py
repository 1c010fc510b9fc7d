"""The folder that an export is written into: nothing in it is ever overwritten that an export did not write."""

import os
from pathlib import Path

from knowledge.refusals import Refused

# It names what was written, so that the next export knows its own.
MANIFEST = "cairn-export.txt"
HEADING = "What Cairn has exported here. The next export updates these files, and removes what is no more."


class ExportRefused(Refused):
    pass


class ExportFolder:
    def __init__(self, path: Path):
        self.path = path
        self.written: set[str] = set()

    def __enter__(self) -> "ExportFolder":
        if self.path.exists() and not self.path.is_dir():
            raise ExportRefused(f"{self.path} is not a folder. Give a folder that is empty, or of an earlier export.")
        self.path.mkdir(parents=True, exist_ok=True)
        self._before = self._own()
        # As it goes on, so that an export that is cut short still knows what it wrote.
        self._manifest = (self.path / MANIFEST).open("a", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._manifest.close()
        if kind is None:
            self._settle()

    def write(self, file: str, data: bytes) -> None:
        if file in self.written:
            return
        self.written.add(file)
        if file not in self._before:
            self._manifest.write(f"{file}\n")
            self._manifest.flush()
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _own(self) -> set[str]:
        """What stands there already; refused, where any of it is not of an export."""
        listed = self._listed()
        found = set()
        for parent, folders, names in os.walk(self.path):
            linked = [name for name in folders if Path(parent, name).is_symlink()]
            if Path(parent) == self.path:
                folders[:] = [name for name in folders if not name.startswith(".")]
                names = [name for name in names if not name.startswith(".") and name != MANIFEST]
            for name in sorted([*names, *linked]):
                path = Path(parent, name)
                file = path.relative_to(self.path).as_posix()
                if file not in listed or path.is_symlink():
                    raise ExportRefused(
                        f"{self.path} holds {file}, which no export has written. Give a folder that is empty, or of an "
                        f"earlier export."
                    )
                found.add(file)
        return found

    def _listed(self) -> set[str]:
        manifest = self.path / MANIFEST
        if manifest.is_symlink():
            raise ExportRefused(f"{manifest} is a link, so nothing is written there. Give another folder.")
        lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else []
        return set(lines[1:]) if lines and lines[0] == HEADING else set(lines)

    def _settle(self) -> None:
        for file in sorted(self._before - self.written):
            path = self.path / file
            path.unlink(missing_ok=True)
            if path.parent != self.path and not any(path.parent.iterdir()):
                path.parent.rmdir()
        text = "\n".join([HEADING, *sorted(self.written)]) + "\n"
        (self.path / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
