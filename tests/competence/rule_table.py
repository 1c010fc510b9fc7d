"""The rule of competence as a table: each row is a day, the facts, and what is asked on that day."""

# ruff: noqa: E501 - a row of the table is a line

from datetime import date
from itertools import count

from competence.obligations import (
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

ADA, BEN = 1, 2
FITTER, TESTER = Ground("role", 1), Ground("role", 2)
ASSEMBLY, BUILDING = Ground("department", 1), Ground("process", 1)
NAMES = {FITTER: "Fitter", TESTER: "Tester", ASSEMBLY: "Assembly", BUILDING: "Build and test"}
SOLDERING, SAFETY = 1, 2
BRIEF = 7

_ids = count(1)


def day(text):
    return date.fromisoformat(text) if text else None


def holds(since, until=None, *, role=FITTER, person=ADA):
    return Holding(next(_ids), person, role, NAMES[role], day(since), day(until))


def asks(since, until=None, *, within=30, role=FITTER, competence=SOLDERING, **more):
    return Requirement(next(_ids), role, competence, day(since), within, day(until), **more)


def shown(since, until=None, *, window=30, person=ADA, competence=SOLDERING, edition=None, **more):
    texts = frozenset({(BRIEF, edition)}) if edition else frozenset()
    return Proof(next(_ids), person, competence, day(since), day(until), window, texts=texts, **more)


def counts_as(proven, since="2026-01-01", until=None, *, competence=SOLDERING):
    return Equivalence(next(_ids), competence, proven, day(since), day(until))


def waived(since, until=None, *, person=ADA, competence=SOLDERING):
    return Waiver(next(_ids), person, competence, day(since), day(until))


def away(since, until=None, *, person=ADA):
    return Leave(next(_ids), person, day(since), day(until))


def edition(number, since, *, within=14, is_test=True):
    return Change(next(_ids), BRIEF, number, day(since), within, is_test)


def read(number, since, *, person=ADA):
    return Reading(person, BRIEF, number, day(since))


KINDS = {
    "holdings": Holding,
    "requirements": Requirement,
    "proofs": Proof,
    "equivalences": Equivalence,
    "waivers": Waiver,
    "leaves": Leave,
    "changes": Change,
    "readings": Reading,
}


def facts(*told):
    return Facts(**{name: tuple(fact for fact in told if isinstance(fact, kind)) for name, kind in KINDS.items()})


NOTHING = None
IN_FORCE = holds("2026-03-01"), asks("2026-01-01")  # a fitter since 1 March; asked for since then; due by 31 March

TABLE = [
    # What asks, and from when to when.
    ("nobody holds a role", "2026-03-01", [asks("2026-01-01")], NOTHING),
    ("the role asks for nothing", "2026-03-01", [holds("2026-03-01")], NOTHING),
    ("another role asks for it", "2026-03-01", [holds("2026-03-01"), asks("2026-01-01", role=TESTER)], NOTHING),
    ("the day before the role is held", "2026-02-28", [*IN_FORCE], NOTHING),
    ("the first day of the role", "2026-03-01", [*IN_FORCE], ("due", "2026-03-31", None)),
    ("the last day of the role", "2026-03-20", [holds("2026-03-01", "2026-03-20"), asks("2026-01-01")], ("due", "2026-03-31", None)),
    ("the day after the role", "2026-03-21", [holds("2026-03-01", "2026-03-20"), asks("2026-01-01")], NOTHING),
    ("the day before the requirement", "2026-04-30", [holds("2026-03-01"), asks("2026-05-01")], NOTHING),
    ("the first day of the requirement", "2026-05-01", [holds("2026-03-01"), asks("2026-05-01")], ("due", "2026-05-31", None)),
    ("the last day of the requirement", "2026-05-31", [holds("2026-03-01"), asks("2026-01-01", "2026-05-31")], ("overdue", "2026-03-31", None)),
    ("the day after the requirement", "2026-06-01", [holds("2026-03-01"), asks("2026-01-01", "2026-05-31")], NOTHING),
    ("a requirement that ended before the role began", "2026-03-01", [holds("2026-03-01"), asks("2026-01-01", "2026-02-28")], NOTHING),
    # By when.
    ("the day it is due", "2026-03-31", [*IN_FORCE], ("due", "2026-03-31", None)),
    ("the day after it was due", "2026-04-01", [*IN_FORCE], ("overdue", "2026-03-31", None)),
    ("a requirement younger than the role counts from its own day", "2026-06-01", [holds("2026-03-01"), asks("2026-05-20", within=10)], ("overdue", "2026-05-30", None)),
    ("at once: due on the first day", "2026-03-01", [holds("2026-03-01"), asks("2026-01-01", within=0)], ("due", "2026-03-01", None)),
    ("at once: overdue on the second", "2026-03-02", [holds("2026-03-01"), asks("2026-01-01", within=0)], ("overdue", "2026-03-01", None)),
    ("due days that cross 29 February", "2028-03-01", [holds("2028-02-01"), asks("2026-01-01")], ("due", "2028-03-02", None)),
    ("due days that cross the end of a year", "2027-01-14", [holds("2026-12-15"), asks("2026-01-01")], ("due", "2027-01-14", None)),
    ("two roles ask: the earlier day counts", "2026-03-12", [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", within=10, role=TESTER)], ("overdue", "2026-03-11", None)),
    ("two roles asked, and the stricter has ended", "2026-03-21", [*IN_FORCE, holds("2026-03-01", "2026-03-20", role=TESTER), asks("2026-01-01", within=10, role=TESTER)], ("due", "2026-03-31", None)),
    ("a role taken up again counts from its new day", "2026-06-15", [holds("2025-01-01", "2026-01-31"), holds("2026-06-01"), asks("2025-01-01")], ("due", "2026-07-01", None)),
    ("two requirements of one role: the earlier day counts", "2026-03-05", [*IN_FORCE, asks("2026-02-01", within=3)], ("overdue", "2026-03-04", None)),
    # What answers it.
    ("shown, without an end", "2030-01-01", [*IN_FORCE, shown("2026-03-05")], ("competent", None, None)),
    ("shown before it was ever asked for", "2026-03-01", [*IN_FORCE, shown("2025-09-01", "2027-09-01")], ("competent", "2027-09-01", "2027-09-01")),
    ("the day before it is shown", "2026-03-04", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], ("due", "2026-03-31", None)),
    ("the day it is shown", "2026-03-05", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], ("competent", "2027-03-05", "2027-03-05")),
    ("shown late, and competent from then", "2026-05-01", [*IN_FORCE, shown("2026-05-01", "2027-05-01")], ("competent", "2027-05-01", "2027-05-01")),
    ("somebody else showed it", "2026-03-10", [*IN_FORCE, shown("2026-03-05", person=BEN)], ("due", "2026-03-31", None)),
    ("something else was shown", "2026-03-10", [*IN_FORCE, shown("2026-03-05", competence=SAFETY)], ("due", "2026-03-31", None)),
    ("shown, but nobody asks", "2026-03-10", [holds("2026-03-01"), shown("2026-03-05")], NOTHING),
    # Renewal.
    ("the day before the window opens", "2027-02-02", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], ("competent", "2027-03-05", "2027-03-05")),
    ("the day the window opens", "2027-02-03", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], ("renewal", "2027-03-05", "2027-03-05")),
    ("its last day", "2027-03-05", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], ("renewal", "2027-03-05", "2027-03-05")),
    ("the day after its last", "2027-03-06", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], ("overdue", "2027-03-05", None)),
    ("no window: competent on the day before its last", "2027-03-04", [*IN_FORCE, shown("2026-03-05", "2027-03-05", window=0)], ("competent", "2027-03-05", "2027-03-05")),
    ("no window: to be renewed on its last day", "2027-03-05", [*IN_FORCE, shown("2026-03-05", "2027-03-05", window=0)], ("renewal", "2027-03-05", "2027-03-05")),
    ("a window longer than the proof", "2026-03-05", [*IN_FORCE, shown("2026-03-05", "2026-03-20")], ("renewal", "2026-03-31", "2026-03-20")),
    ("renewed within the window", "2027-02-20", [*IN_FORCE, shown("2026-03-05", "2027-03-05"), shown("2027-02-20", "2028-02-20")], ("competent", "2028-02-20", "2028-02-20")),
    ("renewed after a gap", "2027-06-01", [*IN_FORCE, shown("2026-03-05", "2027-03-05"), shown("2027-05-01", "2028-05-01")], ("competent", "2028-05-01", "2028-05-01")),
    ("within the gap", "2027-04-01", [*IN_FORCE, shown("2026-03-05", "2027-03-05"), shown("2027-05-01", "2028-05-01")], ("overdue", "2027-03-05", None)),
    ("of two proofs the longer counts, whichever is younger", "2026-04-01", [*IN_FORCE, shown("2026-03-05", "2028-03-05"), shown("2026-03-20", "2027-03-20")], ("competent", "2028-03-05", "2028-03-05")),
    ("a proof without an end outlasts any other", "2029-01-01", [*IN_FORCE, shown("2026-03-05"), shown("2026-03-20", "2027-03-20")], ("competent", None, None)),
    # Lapsed.
    ("lapsed before the role was taken up: the full time", "2026-03-15", [*IN_FORCE, shown("2024-01-01", "2025-01-01")], ("due", "2026-03-31", None)),
    ("lapsed before the role was taken up: and then overdue", "2026-04-01", [*IN_FORCE, shown("2024-01-01", "2025-01-01")], ("overdue", "2026-03-31", None)),
    ("lapses within the time given: still due", "2026-03-11", [*IN_FORCE, shown("2025-03-10", "2026-03-10")], ("due", "2026-03-31", None)),
    ("held into the time given: the window is open, and the later day counts", "2026-03-05", [*IN_FORCE, shown("2025-03-10", "2026-03-10")], ("renewal", "2026-03-31", "2026-03-10")),
    ("lapsed while no role asked; asked again later", "2026-09-10", [holds("2025-01-01", "2026-01-31"), holds("2026-09-01"), asks("2025-01-01"), shown("2025-03-01", "2026-03-01")], ("due", "2026-10-01", None)),
    ("lapsed, and no role asks any more", "2027-06-01", [holds("2026-03-01", "2027-05-31"), asks("2026-01-01"), shown("2026-03-05", "2027-03-05")], NOTHING),
    # Where one stands.
    ("a department asks", "2026-03-05", [holds("2026-03-01", role=ASSEMBLY), asks("2026-01-01", role=ASSEMBLY)], ("due", "2026-03-31", None)),
    ("a process asks", "2026-03-05", [holds("2026-03-01", role=BUILDING), asks("2026-01-01", role=BUILDING)], ("due", "2026-03-31", None)),
    ("a role and a department ask: the earlier day counts", "2026-03-05", [*IN_FORCE, holds("2026-03-01", role=ASSEMBLY), asks("2026-01-01", within=7, role=ASSEMBLY)], ("due", "2026-03-08", None)),
    ("only newcomers are asked: not who was there before", "2026-06-05", [holds("2026-03-01"), asks("2026-06-01", newcomers_only=True)], NOTHING),
    ("only newcomers are asked: who comes on its first day", "2026-06-05", [holds("2026-06-01"), asks("2026-06-01", newcomers_only=True)], ("due", "2026-07-01", None)),
    ("only newcomers are asked: who comes back", "2026-06-05", [holds("2026-03-01", "2026-05-01"), holds("2026-06-02"), asks("2026-06-01", newcomers_only=True)], ("due", "2026-07-02", None)),
    # Levels.
    ("a proof of a lower level is not enough", "2026-04-01", [holds("2026-03-01"), asks("2026-01-01", level=2), shown("2026-03-05")], ("overdue", "2026-03-31", None)),
    ("a proof of the level asked", "2026-04-01", [holds("2026-03-01"), asks("2026-01-01", level=2), shown("2026-03-05", level=2)], ("competent", None, None)),
    ("a proof of a higher level", "2026-04-01", [*IN_FORCE, shown("2026-03-05", level=3)], ("competent", None, None)),
    ("two levels asked, the lower shown: the higher is told", "2026-03-20", [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", within=60, level=2, role=TESTER), shown("2026-03-05")], ("due", "2026-04-30", None)),
    ("two levels asked, none shown: the first that falls due is told", "2026-03-20", [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", within=60, level=2, role=TESTER)], ("due", "2026-03-31", None)),
    # Awareness and competence.
    ("awareness is met by acknowledging", "2026-03-10", [holds("2026-03-01"), asks("2026-01-01", is_awareness=True), shown("2026-03-05", is_acknowledgement=True)], ("competent", None, None)),
    ("competence is not", "2026-03-10", [*IN_FORCE, shown("2026-03-05", is_acknowledgement=True)], ("due", "2026-03-31", None)),
    ("awareness is met by an assessment as well", "2026-03-10", [holds("2026-03-01"), asks("2026-01-01", is_awareness=True), shown("2026-03-05")], ("competent", None, None)),
    ("one asks for awareness, one for competence: competence it is", "2026-03-10", [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", is_awareness=True, role=TESTER), shown("2026-03-05", is_acknowledgement=True)], ("due", "2026-03-31", None)),
    # Equivalent competences.
    ("an equivalent competence was shown", "2026-04-01", [*IN_FORCE, counts_as(SAFETY), shown("2026-03-05", competence=SAFETY)], ("competent", None, None)),
    ("it is not equivalent the other way round", "2026-03-10", [*IN_FORCE, counts_as(SOLDERING, competence=SAFETY), shown("2026-03-05", competence=SAFETY)], ("due", "2026-03-31", None)),
    ("it is equivalent no more", "2026-06-01", [*IN_FORCE, counts_as(SAFETY, until="2026-05-31"), shown("2026-03-05", competence=SAFETY)], ("overdue", "2026-03-31", None)),
    ("an equivalent proof that has lapsed", "2027-03-06", [*IN_FORCE, counts_as(SAFETY), shown("2026-03-05", "2027-03-05", competence=SAFETY)], ("overdue", "2027-03-05", None)),
    # Waivers.
    ("waived", "2026-04-01", [*IN_FORCE, waived("2026-03-10", "2026-06-30")], ("waived", None, "2026-06-30")),
    ("the day before the waiver", "2026-03-09", [*IN_FORCE, waived("2026-03-10", "2026-06-30")], ("due", "2026-03-31", None)),
    ("the last day of the waiver", "2026-06-30", [*IN_FORCE, waived("2026-03-10", "2026-06-30")], ("waived", None, "2026-06-30")),
    ("the day after the waiver", "2026-07-01", [*IN_FORCE, waived("2026-03-10", "2026-06-30")], ("overdue", "2026-03-31", None)),
    ("something else is waived", "2026-03-15", [*IN_FORCE, waived("2026-03-10", competence=SAFETY)], ("due", "2026-03-31", None)),
    ("of two waivers the longer counts", "2026-04-01", [*IN_FORCE, waived("2026-03-10", "2026-04-30"), waived("2026-03-20")], ("waived", None, None)),
    # Leave.
    ("away when it falls due", "2026-03-31", [*IN_FORCE, away("2026-03-20", "2026-04-10")], ("away", "2026-04-22", None)),
    ("back, with the days that were left", "2026-04-11", [*IN_FORCE, away("2026-03-20", "2026-04-10")], ("due", "2026-04-22", None)),
    ("back, and the days that were left are over", "2026-04-23", [*IN_FORCE, away("2026-03-20", "2026-04-10")], ("overdue", "2026-04-22", None)),
    ("away from the first day: the whole time is left", "2026-05-01", [*IN_FORCE, away("2026-03-01", "2026-04-30")], ("due", "2026-05-31", None)),
    ("overdue before the leave, and not chased in it", "2026-04-15", [*IN_FORCE, away("2026-04-05", "2026-04-30")], ("away", "2026-03-31", None)),
    ("overdue before the leave, and after it", "2026-05-01", [*IN_FORCE, away("2026-04-05", "2026-04-30")], ("overdue", "2026-03-31", None)),
    ("two leaves that share days: each day once", "2026-03-25", [*IN_FORCE, away("2026-03-10", "2026-03-14"), away("2026-03-12", "2026-03-16")], ("due", "2026-04-07", None)),
    ("a second leave within the days put off", "2026-04-15", [*IN_FORCE, away("2026-03-21", "2026-03-31"), away("2026-04-05", "2026-04-09")], ("due", "2026-04-16", None)),
    ("away without an end", "2026-06-01", [*IN_FORCE, away("2026-03-20")], ("away", None, None)),
    ("a leave planned, and not begun", "2026-03-15", [*IN_FORCE, away("2026-03-20", "2026-03-29")], ("due", "2026-04-10", None)),
    ("a proof that ends in the leave still ends", "2027-03-10", [*IN_FORCE, shown("2026-03-05", "2027-03-05"), away("2027-02-20", "2027-03-31")], ("away", "2027-04-14", None)),
    ("away with a proof that holds: competent", "2026-06-01", [*IN_FORCE, shown("2026-03-05", "2027-03-05"), away("2026-05-01", "2026-07-31")], ("competent", "2027-03-05", "2027-03-05")),
    # An edition that asks again.
    ("the day before the new edition", "2026-05-31", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01")], ("competent", None, None)),
    ("the first day of the new edition: asked again", "2026-06-01", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01")], ("renewal", "2026-06-15", "2026-06-15")),
    ("not shown on the new edition in time", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01")], ("overdue", "2026-06-15", None)),
    ("shown on the new edition", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01"), shown("2026-06-10", edition=2)], ("competent", None, None)),
    ("shown on the new edition in the first place", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=2), edition(2, "2026-03-01")], ("competent", None, None)),
    ("never shown: the new edition, the same day", "2026-03-20", [*IN_FORCE, edition(2, "2026-03-15")], ("due", "2026-03-31", None)),
    ("to be read again: acknowledging it is enough", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01", is_test=False), read(2, "2026-06-05")], ("competent", None, None)),
    ("to be read again: the day before it is", "2026-06-04", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01", is_test=False), read(2, "2026-06-05")], ("renewal", "2026-06-15", "2026-06-15")),
    ("to be tested: acknowledging it is not enough", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01"), read(2, "2026-06-05")], ("overdue", "2026-06-15", None)),
    ("somebody else read it", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01", is_test=False), read(2, "2026-06-05", person=BEN)], ("overdue", "2026-06-15", None)),
    ("two editions: the one to be answered first", "2026-06-10", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01"), edition(3, "2026-06-05")], ("renewal", "2026-06-15", "2026-06-15")),
    ("two editions: the later one read, the earlier to be tested", "2026-06-10", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01"), edition(3, "2026-06-05", is_test=False), read(3, "2026-06-06")], ("renewal", "2026-06-15", "2026-06-15")),
    ("two editions to be read: reading the later answers both", "2026-06-16", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-06-01", is_test=False), edition(3, "2026-06-05", is_test=False), read(3, "2026-06-06")], ("competent", None, None)),
    ("an edition too late to shorten a proof opens its renewal", "2027-02-01", [*IN_FORCE, shown("2026-03-05", "2027-02-10", window=5, edition=1), edition(2, "2027-02-01")], ("renewal", "2027-02-10", "2027-02-10")),
    ("it shortens a proof, and the proof lapses", "2026-06-16", [*IN_FORCE, shown("2026-03-05", "2027-03-05", edition=1), edition(2, "2026-06-01")], ("overdue", "2026-06-15", None)),
    ("lapsed, and two roles ask", "2027-03-06", [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", role=TESTER), shown("2026-03-05", "2027-03-05")], ("overdue", "2027-03-05", None)),
]  # fmt: skip
