"""The files below a folder, or one alone, each as what it was read as."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from courses.importing.found import Reading, unread
from courses.importing.reading import AUTO, LARGEST, read_file
from knowledge.importing.decoding import Unreadable
from knowledge.importing.folder import bytes_of


@dataclass(frozen=True)
class File:
    """`name`: its path below the folder, with slashes."""

    name: str
    path: Path


def files_of(path: Path) -> list[File]:
    """All of them in the order of their paths. Linked folders are not entered."""
    if not path.is_dir():
        return [File(path.name, path)]
    found = []
    for parent, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name != ".git"]
        found += [Path(parent, name) for name in names]
    return [File(_as_text(one.relative_to(path)), one) for one in sorted(found)]


def read_each(path: Path, form: str = AUTO) -> Iterator[tuple[File, Reading]]:
    folder = path if path.is_dir() else path.parent
    for file in files_of(path):
        try:
            yield file, read_file(bytes_of(file.path, folder, LARGEST), file.name, form)
        except Unreadable as reason:
            yield file, unread(str(reason))
        except OSError as error:
            yield file, unread(f"The file cannot be read: {error.strerror or error}.")


def _as_text(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
