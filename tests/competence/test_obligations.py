"""The rule of competence: its table, its words, and what holds for any facts."""

# ruff: noqa: E501 - a row of the table is a line

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.explaining import explain
from competence.obligations import (
    HELD,
    OPEN,
    Change,
    Equivalence,
    Facts,
    Ground,
    Holding,
    Leave,
    Proof,
    Reading,
    Requirement,
    State,
    Waiver,
    obligations,
)
from tests.competence.rule_table import (
    ADA,
    IN_FORCE,
    TABLE,
    TESTER,
    asks,
    day,
    facts,
    holds,
    shown,
)


def test_the_table_is_as_long_as_the_rule_needs():
    assert len(TABLE) >= 100


@pytest.mark.parametrize(("on", "given_facts", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_rule(on, given_facts, expected):
    found = obligations(facts(*given_facts), on=day(on))
    asked = [(one.state.value, one.due, one.until) for one in found if one.person == ADA]
    assert asked == ([(expected[0], day(expected[1]), day(expected[2]))] if expected else [])


def test_all_that_ask_are_named_the_earliest_first():
    both = [*IN_FORCE, holds("2026-03-01", role=TESTER), asks("2026-01-01", within=10, role=TESTER)]
    (one,) = obligations(facts(*both), on=day("2026-03-05"))
    assert [asked.holding.name for asked in one.because] == ["Tester", "Fitter"]


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
        ("2026-03-05", [*IN_FORCE, holds("2026-02-01", role=TESTER), asks("2026-01-01", role=TESTER)], "Was due by 3 March 2026: not shown yet. The role Tester (since 1 February 2026) and the role Fitter (since 1 March 2026) ask for it."),
        ("2026-03-05", [holds("2026-03-01"), asks("2026-01-01", stage=2)], "Due by 31 March 2026: not shown yet. The role Fitter (since 1 March 2026) asks for it in the second week."),
    ],
)  # fmt: skip
def test_each_state_is_told_in_a_sentence(on, given_facts, sentence):
    (one,) = obligations(facts(*given_facts), on=day(on))
    assert explain(one) == sentence


# Any facts: few people, grounds and competences within a year, so that they meet often.

days = st.integers(0, 400).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
spans = st.tuples(days, st.none() | st.integers(0, 200)).map(
    lambda span: {"since": span[0], "until": None if span[1] is None else span[0] + timedelta(days=span[1])}
)
few = st.integers(1, 3)
flags = st.booleans()
grounds = st.builds(Ground, st.sampled_from(["role", "department"]), st.integers(1, 2))
texts = st.frozensets(st.tuples(few, few), max_size=2)

FACTS = {
    "holdings": lambda draw, pk: Holding(pk, draw(few), draw(grounds), "Fitter", **draw(spans)),
    "requirements": lambda draw, pk: Requirement(
        pk,
        draw(grounds),
        draw(few),
        due_days=draw(st.integers(0, 60)),
        level=draw(st.integers(1, 2)),
        is_awareness=draw(flags),
        newcomers_only=draw(flags),
        stage=draw(st.none() | few),
        **draw(spans),
    ),
    "proofs": lambda draw, pk: Proof(
        pk,
        draw(few),
        draw(few),
        window_days=draw(st.integers(0, 60)),
        level=draw(st.integers(1, 2)),
        is_acknowledgement=draw(flags),
        texts=draw(texts),
        **draw(spans),
    ),
    "equivalences": lambda draw, pk: Equivalence(pk, draw(few), draw(few), **draw(spans)),
    "waivers": lambda draw, pk: Waiver(pk, draw(few), draw(few), **draw(spans)),
    "leaves": lambda draw, pk: Leave(pk, draw(few), **draw(spans)),
    "changes": lambda draw, pk: Change(
        pk, draw(few), draw(few), since=draw(days), due_days=draw(st.integers(0, 30)), is_test=draw(flags)
    ),
    "readings": lambda draw, pk: Reading(draw(few), draw(few), draw(few), draw(days)),
}


@st.composite
def some_facts(draw):
    return Facts(
        **{name: tuple(make(draw, pk) for pk in range(draw(st.integers(0, 5)))) for name, make in FACTS.items()}
    )


def each_kind(house, change):
    return Facts(**{field.name: change(getattr(house, field.name)) for field in fields(Facts)})


@given(some_facts(), days, st.randoms())
def test_the_order_of_facts_does_not_matter(house, on, chance):
    shuffled = each_kind(house, lambda rows: tuple(chance.sample(rows, len(rows))))
    assert obligations(shuffled, on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_a_fact_told_twice_is_told_once(house, on):
    assert obligations(each_kind(house, lambda rows: rows * 2), on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_facts_about_somebody_else_change_nothing(house, on):
    stranger = 99
    doubled = each_kind(
        house, lambda rows: rows + tuple(row._replace(person=stranger) for row in rows if hasattr(row, "person"))
    )
    mine = tuple(one for one in obligations(doubled, on=on) if one.person != stranger)
    assert mine == obligations(house, on=on)


@given(some_facts(), days, spans)
def test_facts_that_nothing_joins_change_nothing(house, on, span):
    nowhere = Ground("role", 99)
    more = replace(
        house,
        holdings=(*house.holdings, Holding(100, 1, nowhere, "Tester", **span)),
        requirements=(*house.requirements, Requirement(100, Ground("role", 98), 1, due_days=0, **span)),
        proofs=(*house.proofs, Proof(100, 1, 97, **span)),
        equivalences=(*house.equivalences, Equivalence(100, 1, 96, **span)),
        waivers=(*house.waivers, Waiver(100, 1, 97, **span)),
        leaves=(*house.leaves, Leave(100, 99, **span)),
        changes=(*house.changes, Change(100, 99, 9, span["since"], 5, is_test=True)),
        readings=(*house.readings, Reading(1, 99, 9, span["since"])),
    )
    assert obligations(more, on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_what_comes_later_changes_nothing_today(house, on):
    """But for leave: one that is planned moves what falls due within it."""
    past = each_kind(house, lambda rows: tuple(row for row in rows if row.since <= on or isinstance(row, Leave)))
    assert obligations(past, on=on) == obligations(house, on=on)


@given(some_facts(), days)
def test_a_proof_without_an_end_leaves_nothing_to_do(house, on):
    proofs = tuple(
        Proof(1000 + one.competence + 10 * one.person, one.person, one.competence, on, level=9)
        for one in obligations(house, on=on)
    )
    answered = obligations(replace(house, proofs=house.proofs + proofs), on=on)
    assert {one.state for one in answered} <= {State.COMPETENT, State.WAIVED}


@given(some_facts(), days)
def test_a_waiver_sets_aside_one_thing_and_nothing_else(house, on):
    before = obligations(house, on=on)
    for one in before:
        waiver = Waiver(1000, one.person, one.competence, on)
        after = obligations(replace(house, waivers=(*house.waivers, waiver)), on=on)
        for was, now in zip(before, after, strict=True):
            is_it = (was.person, was.competence) == (one.person, one.competence)
            assert now.state == State.WAIVED if is_it else now == was


@given(some_facts(), days)
def test_leave_never_makes_anything_due_sooner(house, on):
    without = {(one.person, one.competence): one for one in obligations(replace(house, leaves=()), on=on)}
    for one in obligations(house, on=on):
        due = without[one.person, one.competence].due
        if one.state is not State.WAIVED and one.level == without[one.person, one.competence].level:
            assert one.due is None or due is None or one.due >= due


@pytest.mark.parametrize(
    ("given_facts", "stage"),
    [
        ([holds("2026-03-01"), asks("2026-01-01", stage=2)], 2),
        ([holds("2026-03-01"), asks("2026-03-01", stage=2)], 2),
        ([holds("2026-03-01"), asks("2026-03-02", stage=2)], None),  # they were there before
        ([holds("2026-03-01"), asks("2026-01-01")], None),
        ([holds("2026-03-01"), asks("2026-01-01", stage=2), shown("2025-01-01", "2026-03-02")], None),
        ([holds("2026-03-01"), asks("2026-01-01", stage=3), holds("2026-03-01", role=TESTER), asks("2026-01-01", stage=1, role=TESTER)], 1),
        ([holds("2026-03-01"), asks("2026-01-01"), holds("2026-03-01", role=TESTER), asks("2026-01-01", stage=3, role=TESTER)], 3),
    ],
)  # fmt: skip
def test_in_which_of_the_first_weeks_it_is_learned(given_facts, stage):
    (one,) = obligations(facts(*given_facts), on=day("2026-03-05"))
    assert one.stage == stage


@given(some_facts(), days)
def test_a_stage_puts_in_order_and_changes_nothing_else(house, on):
    plain = replace(house, requirements=tuple(one._replace(stage=None) for one in house.requirements))
    for with_stages, without in zip(obligations(house, on=on), obligations(plain, on=on), strict=True):
        because = tuple(one._replace(requirement=one.requirement._replace(stage=None)) for one in with_stages.because)
        assert with_stages._replace(because=because) == without
        assert with_stages.stage is None or with_stages.standing is None
        assert without.stage is None


@given(some_facts(), days)
def test_states_and_dates_agree(house, on):
    for one in obligations(house, on=on):
        assert one.because
        assert one.until is None or one.until >= on
        assert one.state is not State.OVERDUE or (one.due is not None and one.due < on)
        assert one.state is not State.DUE or one.due is None or one.due >= on
        assert (one.state is State.WAIVED) == (one.waiver is not None)
        assert (one.state is State.AWAY) == (one.leave is not None)
        assert one.due is not None or one.state not in OPEN or house.leaves
        assert one.standing is not None or one.state not in HELD


@given(some_facts(), days)
def test_every_obligation_can_be_told(house, on):
    for one in obligations(house, on=on):
        sentence = explain(one)
        assert sentence.endswith(".")
        assert "None" not in sentence
        assert all(asked.holding.name in sentence for asked in one.because)
