"""What the sample's files say of people who were away, and of what was not asked of them. Plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Back:
    """It is written down on `day` that the last day is, or was, `until`."""

    day: int
    until: int
    reason: str = ""


@dataclass(frozen=True)
class Leave:
    """Written down on `day`, and begun on that day if `since` is not said; without `until` nobody knows yet."""

    day: int
    person: str
    since: int | None = None
    until: int | None = None
    ended: Back | None = None

    @property
    def first(self) -> int:
        return self.day if self.since is None else self.since

    @property
    def last(self) -> int | None:
        return self.ended.until if self.ended else self.until

    def holds(self, day: int) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Waiver:
    day: int
    person: str
    competence: str
    until: int
    reason: str
    by: str
    ended: Back | None = None
