"""What a file of questions was read as. Nothing of it has been written anywhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.kinds import Content

# Of a question's text, where it has no name.
LONGEST_LABEL = 80
ESCAPE = re.compile(r"\\(?=[^\w\s])")


@dataclass(frozen=True)
class Problem:
    """What did not survive, and why; `line` 0: it is of the whole file."""

    question: str
    line: int
    reason: str


@dataclass(frozen=True)
class Found:
    """A question that can be asked here. `notes`: what of it did not survive; it is the same question without them."""

    content: Content
    name: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    external_id: str = ""
    line: int = field(default=0, compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def label(self) -> str:
        return self.name or label_of(self.content.stem)

    @property
    def problems(self) -> list[Problem]:
        return [Problem(self.label, self.line, note) for note in self.notes]


@dataclass(frozen=True)
class Reading:
    """`format` "": nothing here reads the file, and its one problem says why. `failed`: questions that cannot be asked
    here, each with its reason."""

    format: str
    found: tuple[Found, ...] = ()
    failed: tuple[Problem, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        noted = [problem for found in self.found for problem in found.problems]
        return sorted([*self.failed, *noted], key=lambda problem: problem.line)


class Unaskable(ValueError):
    """Why a question that was read cannot be asked here."""


class Notes(list[str]):
    """Sentences on what does not survive, each once."""

    def add(self, note: str) -> None:
        if note not in self:
            self.append(note)


def reading_of(form: str, entries: Iterable[Found | Problem]) -> Reading:
    entries = list(entries)
    return Reading(
        form,
        tuple(entry for entry in entries if isinstance(entry, Found)),
        tuple(entry for entry in entries if isinstance(entry, Problem)),
    )


def unread(reason: str) -> Reading:
    return Reading("", failed=(Problem("", 0, reason),))


def label_of(text: str) -> str:
    words = " ".join(ESCAPE.sub("", text[: LONGEST_LABEL * 4]).split())
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"
