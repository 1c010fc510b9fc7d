"""What the sample's files say of competence that no course shows. Plain values."""

from dataclasses import dataclass

from competence.renewal import Rule


@dataclass(frozen=True)
class Certificate:
    """Written down on `day`; `given` on another day, if that is said. `until` is what it says of its own end."""

    day: int
    person: str
    competence: str
    issuer: str
    reference: str
    by: str
    given: int | None = None
    until: int | None = None

    @property
    def first(self) -> int:
        return self.day if self.given is None else self.given


@dataclass(frozen=True)
class Experience:
    day: int
    person: str
    competence: str
    level: int
    by: str
    because: str


@dataclass(frozen=True)
class Equivalent:
    day: int
    proven: str
    counts_as: str
    by: str
    because: str


@dataclass(frozen=True)
class Renewal:
    """From that day on a proof holds for another time; `issued_too`: also those that were given before."""

    day: int
    competence: str
    rule: Rule
    by: str
    because: str
    issued_too: bool = False


@dataclass(frozen=True)
class Unshown:
    """From that day on, someone does not show what they are asked to."""

    day: int
    person: str
    competence: str
