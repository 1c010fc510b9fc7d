"""Whom an edition would ask again, as a table: the facts, and what becomes of Ada."""

# ruff: noqa: E501 - a row of the table is a line

from dataclasses import replace

import pytest
from hypothesis import given

from competence.asking_again import SETTLED, effect_of
from competence.obligations import Change, obligations
from tests.competence.rule_table import ADA, BRIEF, IN_FORCE, away, day, edition, facts, holds, read, shown, waived
from tests.competence.test_obligations import days, some_facts

ON = day("2026-06-01")
NEXT = Change(0, BRIEF, 3, ON, 30, is_test=True)

TABLE = [
    ("learned an older edition, and needs it", [*IN_FORCE, shown("2026-03-05", edition=2)], "again"),
    ("learned the first of two", [*IN_FORCE, shown("2026-03-05", edition=1)], "again"),
    ("learned it, and it ends next year", [*IN_FORCE, shown("2026-03-05", "2027-03-05", edition=2)], "again"),
    ("can renew, and would have to sooner", [*IN_FORCE, shown("2026-03-05", "2026-07-10", window=60, edition=2)], "again"),
    ("learned it, and is on leave", [*IN_FORCE, shown("2026-03-05", edition=2), away("2026-05-20", "2026-06-20")], "again"),
    ("showed it, but by no text", [*IN_FORCE, shown("2026-03-05")], None),
    ("learned it, and needs it no longer", [shown("2026-03-05", edition=2)], None),
    ("left the role", [holds("2026-03-01", "2026-05-30"), IN_FORCE[1], shown("2026-03-05", edition=2)], None),
    ("learned it, and is waived", [*IN_FORCE, shown("2026-03-05", edition=2), waived("2026-05-01")], None),
    ("has not begun", [*IN_FORCE], "unfinished"),
    ("can renew, and has less time than the edition gives", [*IN_FORCE, shown("2026-03-05", "2026-06-20", edition=2)], "unfinished"),
    ("let it lapse", [*IN_FORCE, shown("2026-03-05", "2026-05-01", edition=2)], "unfinished"),
    ("was asked again by the edition before, and has not answered", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-05-25")], "unfinished"),
    ("answered the edition before by reading it", [*IN_FORCE, shown("2026-03-05", edition=1), edition(2, "2026-05-25", is_test=False), read(2, "2026-05-28")], "again"),
    ("has not begun, and is on leave", [*IN_FORCE, away("2026-05-20", "2026-06-20")], "unfinished"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_whom_it_asks_again_and_to_whom_it_is_simply_given(told, expected):
    effect = effect_of(NEXT, facts(*told, NEXT), on=ON)
    found = {"again": [one.person for one in effect.again], "unfinished": [one.person for one in effect.unfinished]}
    assert found == {"again": [], "unfinished": []} | ({expected: [ADA]} if expected else {})


@given(some_facts(), days)
def test_it_asks_only_those_who_learned_an_older_edition_and_moves_no_day_of_the_others(house, on):
    change = Change(1000, 1, 9, on, 30, is_test=True)
    effect = effect_of(change, replace(house, changes=[*house.changes, change]), on=on)
    was = {(one.person, one.competence): one for one in obligations(house, on=on)}
    learned = {proof.person for proof in house.proofs if any(page == 1 for page, _ in proof.texts)}
    assert {one.person for one in effect.again} <= learned
    for one in effect.unfinished:
        before = was[one.person, one.competence]
        assert (before.state, before.due) == (one.state, one.due)
        assert before.state not in SETTLED


@given(some_facts(), days)
def test_an_edition_of_a_page_that_nobody_learned_asks_nobody_again(house, on):
    change = Change(1000, 99, 9, on, 30, is_test=True)
    assert not effect_of(change, replace(house, changes=[*house.changes, change]), on=on).again
