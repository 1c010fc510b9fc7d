"""What counts toward a certificate, so that each stands for having shown everything, and lately. Pure.

- Before the first certificate of a course, all that someone has shown in it counts.
- What was shown up to a certificate has been used for it, also if it is revoked, and counts toward no other.
- Once that certificate can be renewed, only what was shown from that day on counts: passing one part again just before
  it ends renews nothing, and a part that was shown again long before is to be shown once more.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from competence.obligations.spans import days_before


@dataclass(frozen=True)
class Round:
    after: datetime | None = None
    since: date | None = None

    def counts(self, at: datetime) -> bool:
        return (self.after is None or at > self.after) and (self.since is None or timezone.localdate(at) >= self.since)


EVER = Round()


def renewable_from(until: date | None, window_days: int) -> date | None:
    return until and days_before(until, window_days)


def round_after(issued_at: datetime, until: date | None, window_days: int, *, on: date) -> Round:
    opens = renewable_from(until, window_days)
    return Round(issued_at, opens if opens and opens <= on else None)
