"""The rule as a table: each row is a day, the facts, and what is asked on that day. Then what holds for any facts."""

# ruff: noqa: E501 - a row of the table is a line

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.explaining import explain
from competence.obligations import HELD, OPEN, Facts, Holding, Proof, Requirement, State, obligations

ADA, BEN = 1, 2
FITTER, TESTER = 1, 2
SOLDERING, SAFETY = 1, 2

_ids = count(1)


def day(text):
    return date.fromisoformat(text) if text else None


def holds(since, until=None, *, role=FITTER, person=ADA):
    return Holding(next(_ids), person, role, {FITTER: "Fitter", TESTER: "Tester"}[role], day(since), day(until))


def asks(since, until=None, *, within=30, role=FITTER, competence=SOLDERING):
    return Requirement(next(_ids), role, competence, day(since), within, day(until))


def shown(since, until=None, *, window=30, person=ADA, competence=SOLDERING):
    return Proof(next(_ids), person, competence, day(since), day(until), window)


def facts(*given_facts):
    return Facts(
        holdings=tuple(fact for fact in given_facts if isinstance(fact, Holding)),
        requirements=tuple(fact for fact in given_facts if isinstance(fact, Requirement)),
        proofs=tuple(fact for fact in given_facts if isinstance(fact, Proof)),
    )


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
    ("lapsed, and two roles ask", "2027-03-06", [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", role=TESTER), shown("2026-03-05", "2027-03-05")], ("overdue", "2027-03-05", None)),
]  # fmt: skip


@pytest.mark.parametrize(("on", "given_facts", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_rule(on, given_facts, expected):
    found = obligations(facts(*given_facts), on=day(on))
    asked = [(one.state.value, one.due, one.until) for one in found if one.person == ADA]
    assert asked == ([(expected[0], day(expected[1]), day(expected[2]))] if expected else [])


def test_all_that_ask_are_named_the_earliest_first():
    both = [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", within=10, role=TESTER)]
    (one,) = obligations(facts(*both), on=day("2026-03-05"))
    assert [asked.holding.role_name for asked in one.because] == ["Tester", "Fitter"]


def test_obligations_name_the_proof_that_holds_or_the_last_that_did():
    proof = shown("2026-03-05", "2027-03-05")
    for on in ("2026-06-01", "2027-06-01"):
        (one,) = obligations(facts(*IN_FORCE, proof), on=day(on))
        assert one.proof == proof


@pytest.mark.parametrize(
    ("on", "given_facts", "sentence"),
    [
        ("2026-03-05", [*IN_FORCE], "Due by 31 March 2026: not shown yet. The role Fitter (since 1 March 2026) asks for it."),
        ("2026-04-05", [*IN_FORCE], "Was due by 31 March 2026: not shown yet. The role Fitter (since 1 March 2026) asks for it."),
        ("2026-04-05", [*IN_FORCE, shown("2026-03-05")], "Shown on 5 March 2026 and does not end. The role Fitter (since 1 March 2026) asks for it."),
        ("2026-04-05", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], "Shown on 5 March 2026 and holds until 5 March 2027. The role Fitter (since 1 March 2026) asks for it."),
        ("2027-03-05", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], "Holds until 5 March 2027, and can be renewed now. The role Fitter (since 1 March 2026) asks for it."),
        ("2027-03-06", [*IN_FORCE, shown("2026-03-05", "2027-03-05")], "Was due by 5 March 2027: the last proof ended on 5 March 2027. The role Fitter (since 1 March 2026) asks for it."),
        ("2026-03-15", [*IN_FORCE, shown("2024-01-01", "2025-01-01")], "Due by 31 March 2026: the last proof ended on 1 January 2025. The role Fitter (since 1 March 2026) asks for it."),
        ("2026-03-05", [*IN_FORCE, holds("2026-02-01", role=TESTER), asks("2026-01-01", role=TESTER)], "Was due by 3 March 2026: not shown yet. The roles Tester (since 1 February 2026) and Fitter (since 1 March 2026) ask for it."),
    ],
)  # fmt: skip
def test_each_state_is_told_in_a_sentence(on, given_facts, sentence):
    (one,) = obligations(facts(*given_facts), on=day(on))
    assert explain(one) == sentence


# Any facts: few people, roles and competences within a year, so that they meet often.

days = st.integers(0, 400).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
spans = st.tuples(days, st.none() | st.integers(0, 200)).map(
    lambda span: {"since": span[0], "until": None if span[1] is None else span[0] + timedelta(days=span[1])}
)
few = st.integers(1, 3)


@st.composite
def some_facts(draw):
    def several(make):
        return tuple(make(number) for number in range(draw(st.integers(0, 6))))

    return Facts(
        holdings=several(lambda pk: Holding(pk, draw(few), draw(few), "Fitter", **draw(spans))),
        requirements=several(
            lambda pk: Requirement(pk, draw(few), draw(few), due_days=draw(st.integers(0, 60)), **draw(spans))
        ),
        proofs=several(lambda pk: Proof(pk, draw(few), draw(few), window_days=draw(st.integers(0, 60)), **draw(spans))),
    )


@given(some_facts(), days, st.randoms())
def test_the_order_of_facts_does_not_matter(house, on, chance):
    shuffled = Facts(
        *(tuple(chance.sample(rows, len(rows))) for rows in (house.holdings, house.requirements, house.proofs))
    )
    assert obligations(shuffled, on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_a_fact_told_twice_is_told_once(house, on):
    twice = Facts(house.holdings * 2, house.requirements * 2, house.proofs * 2)
    assert obligations(twice, on=on) == obligations(house, on=on)


@given(some_facts(), days, spans)
def test_facts_about_somebody_else_change_nothing(house, on, span):
    stranger = 99
    more = replace(
        house,
        holdings=(
            *house.holdings,
            *(replace(holding, id=holding.id + 100, person=stranger) for holding in house.holdings),
        ),
        proofs=(*house.proofs, Proof(100, stranger, 1, **span)),
    )
    mine = tuple(one for one in obligations(more, on=on) if one.person != stranger)
    assert mine == obligations(house, on=on)


@given(some_facts(), days, spans)
def test_facts_that_nothing_joins_change_nothing(house, on, span):
    more = Facts(
        holdings=(*house.holdings, Holding(100, 1, 99, "Tester", **span)),
        requirements=(*house.requirements, Requirement(100, 98, 1, due_days=0, **span)),
        proofs=(*house.proofs, Proof(100, 1, 97, **span)),
    )
    assert obligations(more, on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_what_comes_later_changes_nothing_today(house, on):
    past = Facts(
        *(tuple(row for row in rows if row.since <= on) for rows in (house.holdings, house.requirements, house.proofs))
    )
    assert obligations(past, on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_a_proof_without_an_end_leaves_nothing_to_do(house, on):
    proofs = tuple(
        Proof(1000 + one.competence + 10 * one.person, one.person, one.competence, on)
        for one in obligations(house, on=on)
    )
    answered = obligations(replace(house, proofs=house.proofs + proofs), on=on)
    assert {one.state for one in answered} <= {State.COMPETENT}


@given(some_facts(), days)
def test_states_and_dates_agree(house, on):
    for one in obligations(house, on=on):
        assert one.because
        assert (one.until is not None and one.until >= on) or one.until is None
        assert (one.state == State.OVERDUE) == (one.due is not None and one.due < on and one.state not in HELD)
        assert one.due is not None or one.state not in OPEN
        assert explain(one).endswith("it.")
