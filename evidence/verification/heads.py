"""The checkpoints, in their order, beside the tree as it grows."""

from collections.abc import Iterator

from evidence import notes
from evidence.merkle import CompactRange
from evidence.notes import Head, NoteInvalid, Verifier
from evidence.verification.report import Report, shown
from evidence.verification.rows import stream


class Heads:
    def __init__(self, report: Report, verifier: Verifier | None) -> None:
        self.report = report
        self._verifier = verifier
        self._heads = self._read()
        self._next = next(self._heads, None)
        self._last_good = 0
        self._mismatch = False
        self.last_size = 0

    def compare(self, tree: CompactRange) -> None:
        """Compare what was signed of the log at the size that the tree has now."""
        while self._next and self._next[1].size <= tree.size:
            where, head = self._next
            if head.size < self.last_size:
                self.report.found(where, "it says {size} entries, fewer than the one before it", size=head.size)
            elif head.root == tree.root():
                self._last_good = tree.size
            elif not self._mismatch:
                self._mismatch = True  # every later root differs too
                self.report.found(
                    where,
                    "its root is not that of the first {size} entries: one of those at positions {first} to {last} "
                    "was changed, added, removed or moved",
                    size=tree.size,
                    first=self._last_good,
                    last=tree.size - 1,
                )
            self.last_size = max(self.last_size, head.size)
            self._next = next(self._heads, None)

    def finish(self, size: int) -> None:
        """Compare with a log that has come to its end."""
        while self._next:
            where, head = self._next
            self.report.found(where, "it says {said} entries, and the log has {size}", said=head.size, size=size)
            self.last_size = max(self.last_size, head.size)
            self._next = next(self._heads, None)
        if not self.report.checkpoints:
            self.report.could_not("There is no checkpoint: nothing has been sealed, or every checkpoint was removed.")
        elif self.last_size < size:
            self.report.could_not(f"A checkpoint is missing: none signs the entries from position {self.last_size} on.")

    def _read(self) -> Iterator[tuple[str, Head]]:
        """The heads whose notes can be believed; the others are found and passed over."""
        expected = 1
        for number, note in stream("SELECT number, note FROM evidence_checkpoint ORDER BY number"):
            self.report.checkpoints += 1
            where = f"checkpoint {shown(number)}"
            if not isinstance(number, int) or not isinstance(note, str):
                self.report.found(where, "it is not a number and a text")
                continue
            if number > expected:
                self.report.could_not(f"Checkpoints are missing: those from {expected} to {number - 1}.")
            expected = number + 1
            try:
                yield where, self._believed(number, note)
            except NoteInvalid as problem:
                self.report.found(where, "{problem}", problem=problem)

    def _believed(self, number: int, note: str) -> Head:
        if self._verifier:
            try:
                notes.open_note(note, self._verifier)
            except UnicodeEncodeError:
                raise NoteInvalid("it is no UTF-8") from None
        head = notes.read_head(note)
        if self._verifier and head.origin != self._verifier.name:
            raise NoteInvalid(f"it is about another log, {shown(head.origin)}")
        if head.number != number:
            raise NoteInvalid(f"its note is that of checkpoint {head.number}")
        head.time  # noqa: B018 - it must be readable
        if note.count("\n") != NOTE_LINES:
            raise NoteInvalid("it has lines that Cairn does not write")
        return head


NOTE_LINES = 7
