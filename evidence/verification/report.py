from collections import Counter
from dataclasses import dataclass, field
from typing import Any

# One change can make a thousand other rows look wrong: no check may crowd out what another has found.
MOST_OF_A_CHECK = 50


@dataclass(frozen=True)
class Finding:
    """A sign of change: where, and which check says so."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


@dataclass
class Report:
    findings: list[Finding] = field(default_factory=list)
    not_verified: list[str] = field(default_factory=list)
    size: int = 0
    unsealed: int = 0
    erased: int = 0
    checkpoints: int = 0
    samples: int = 0
    _by_check: Counter[str] = field(default_factory=Counter)

    def found(self, where: str, check: str, **details: Any) -> None:
        """`check` is a sentence with {details} left open, and so the same for all that it finds."""
        self._by_check[check] += 1
        if self._by_check[check] <= MOST_OF_A_CHECK:
            self.findings.append(Finding(where, check.format(**details)))

    @property
    def more(self) -> dict[str, int]:
        """How many findings each check has made that are not among `findings`."""
        return {check: count - MOST_OF_A_CHECK for check, count in self._by_check.items() if count > MOST_OF_A_CHECK}

    def could_not(self, sentence: str) -> None:
        self.not_verified.append(sentence)

    @property
    def exit_code(self) -> int:
        """0 all good, 1 something was changed, 2 something could not be verified: that is never 0."""
        return 1 if self.findings else 2 if self.not_verified else 0


def shown(value: Any) -> str:
    """Whatever lies in a column, fit to be printed."""
    return ascii(bytes(value) if isinstance(value, memoryview) else value)


def binary(value: Any) -> bytes | None:
    """The bytes in a binary column. On SQLite, anything may lie there: None where it is something else."""
    return bytes(value) if isinstance(value, bytes | memoryview) else None
