from dataclasses import dataclass, field
from typing import Any


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

    def found(self, where: str, problem: str) -> None:
        self.findings.append(Finding(where, problem))

    def could_not(self, sentence: str) -> None:
        self.not_verified.append(sentence)

    @property
    def exit_code(self) -> int:
        """0 all good, 1 something was changed, 2 something could not be verified: that is never 0."""
        return 1 if self.findings else 2 if self.not_verified else 0


def shown(value: Any) -> str:
    """Whatever lies in a column, fit to be printed."""
    return ascii(bytes(value) if isinstance(value, memoryview) else value)
