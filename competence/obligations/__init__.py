"""What is asked of whom on a day, and why: the one rule of competence in the house. Pure: facts in, obligations out.

Asking (ISO 9001 7.2 a)
- A requirement asks for a competence, at a level, of everyone who stands on its ground: who holds the role, belongs
  to the department, or takes part in the process. It asks on each day on which both hold.
- It asks for it by a day: `due_days` after the later of the two first days. A requirement for newcomers only leaves
  alone whoever stood there before it began. Of several that ask at one level the earliest day counts, and all are
  named.
- It may name the first, second or third week as its stage. That puts what a newcomer has never shown in order, and
  moves no day. Of several the earliest counts.
- Where different levels are asked, what is most urgent is told.

Answering (7.2 b, 7.3)
- A proof answers from its first day to its last, at its level and those below. Of several, the one that counts
  longest counts. A proof of an equivalent competence counts as well. An acknowledgement answers awareness, and
  nothing else.
- Whoever has, or had, a proof need not show it again before it ends: it is due on the later of the day by which it
  is asked and the proof's last. So a proof that lapses while it is asked for is overdue on the next day, and one
  that lapsed before that leaves the full time.
- From `window_days` before its last day a proof can be renewed. It holds until that day all the same.
- An edition that asks learners again (read, or test) lets the proofs that rest on an older edition of that page
  count for `due_days` more and no longer, from its first day on; "read" is answered by acknowledging it.

Exceptions
- A waiver sets aside what is asked, from its first day to its last.
- Days of leave are not counted: what falls due within a leave falls due so many days later, and nothing is overdue
  in it.

A fact that does not hold on the day counts for nothing, but for a proof that has lapsed.
"""

from competence.obligations.facts import (
    Change,
    Equivalence,
    Facts,
    Ground,
    Holding,
    Leave,
    Proof,
    Reading,
    Requirement,
    Waiver,
)
from competence.obligations.results import HELD, OPEN, Asked, Obligation, Standing, State
from competence.obligations.rule import URGENCY, obligations, standing_proofs
from competence.obligations.spans import holds

__all__ = [
    "HELD",
    "OPEN",
    "URGENCY",
    "Asked",
    "Change",
    "Equivalence",
    "Facts",
    "Ground",
    "Holding",
    "Leave",
    "Obligation",
    "Proof",
    "Reading",
    "Requirement",
    "Standing",
    "State",
    "Waiver",
    "holds",
    "obligations",
    "standing_proofs",
]
