"""What the sample's files say of competence, and of exceptions from it: that they agree, and what they hold."""

from dataclasses import replace

import pytest

from competence.renewal import Mode, Rule
from sample.absences import Back, Leave, Waiver
from sample.checking import problems
from sample.organisation import Competence, Participation, Requirement
from sample.showing import Certificate, Equivalent, Experience, Renewal, Unshown

OF_RULES = {"by": "marit.dekker", "because": "Spring."}
OF_FIRST_AID = {"person": "aisha.rahman", "competence": "first-aid"}
CERTIFICATE = Certificate(-9, **OF_FIRST_AID, issuer="Harbour", reference="HAS 1", by="lukas.brandt")
WAIVER = Waiver(-9, **OF_FIRST_AID, until=9, reason="Spring.", by="lukas.brandt")


def _with_history(brisk, **changed):
    return replace(brisk, history=replace(brisk.history, **changed))


def _with_competence(brisk, **told):
    return replace(brisk, competences={**brisk.competences, "juggling": Competence("juggling", "Juggling", "", **told)})


def _asking(brisk, kind, ground, competence, **more):
    return replace(brisk, requirements=(Requirement(kind, ground, competence, 9, **more),))


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (lambda it: _with_competence(it, shown="luck"), "is shown by 'luck'"),
        (lambda it: _with_competence(it, shown="practice", shown_to=("mai.pham",)), "needs two who see it"),
        (lambda it: _with_competence(it, shown="acknowledged"), "awareness is acknowledged, and nothing else is"),
        (lambda it: _with_competence(it, mode="weekly"), "holds by 'weekly', which is none of"),
        (lambda it: _with_competence(it, mode="fixed"), "does not say for how many months"),
        (lambda it: _with_competence(it, mode="calendar"), "does not say to which"),
        (lambda it: _asking(it, "planet", "mars", "first-aid"), "must be a role, a department or a process"),
        (lambda it: _asking(it, "process", "sell", "first-aid", day=-9), "names the process 'sell'"),
        (lambda it: _asking(it, "department", "sales", "first-aid", day=-9), "names the department 'sales'"),
        (lambda it: _asking(it, "role", "staff", "juggling", day=-9), "names the competence 'juggling'"),
        (lambda it: _asking(it, "role", "staff", "first-aid"), "which no course teaches"),
        (lambda it: _asking(it, "process", "measure", "esd", day=-400), "on day -400, before that is there"),
        (lambda it: replace(it, participations=(Participation(-9, "clown", "ship"),)), "names the role 'clown'"),
        (
            lambda it: replace(it, departments={"a": replace(it.departments["app"], under="mars")}),
            "names the department 'mars'",
        ),
        (
            lambda it: _with_history(it, certificates=(replace(CERTIFICATE, given=-8),)),
            "certificate HAS 1 was given on day -8, after it was written down",
        ),
        (
            lambda it: _with_history(it, certificates=(replace(CERTIFICATE, until=-10),)),
            "certificate HAS 1 ends on day -10, before it was given",
        ),
        (
            lambda it: _with_history(it, certificates=(replace(CERTIFICATE, competence="quality-policy"),)),
            "which is acknowledged and not certified",
        ),
        (
            lambda it: _with_history(it, certificates=(replace(CERTIFICATE, day=-400),)),
            "has lukas.brandt do something here on day -400, before they joined",
        ),
        (
            lambda it: _with_history(
                it, experience=(Experience(-9, **OF_FIRST_AID, level=1, **OF_RULES | {"by": "aisha.rahman"}),)
            ),
            "lets aisha.rahman decide on 'first-aid' for themselves",
        ),
        (
            lambda it: _with_history(it, equivalents=(Equivalent(-9, "first-aid", "juggling", **OF_RULES),)),
            "names the competence 'juggling'",
        ),
        (
            lambda it: _with_history(it, validities=(Renewal(-9, "first-aid", Rule(Mode.FIXED), **OF_RULES),)),
            "first-aid from day -9 holds by 'fixed' and does not say",
        ),
        (lambda it: _with_history(it, not_shown=(Unshown(-9, "nobody", "esd"),)), "names the person 'nobody'"),
        (
            lambda it: _with_history(it, waivers=(replace(WAIVER, until=-12),)),
            "waiver for aisha.rahman ends on day -12, before it begins",
        ),
        (
            lambda it: _with_history(it, waivers=(replace(WAIVER, ended=Back(-3, 9)),)),
            "ends on day 9, no sooner than it said",
        ),
        (
            lambda it: _with_history(it, leaves=(Leave(-9, "mai.pham", ended=Back(3, 2)),)),
            "was ended on day 3, which is not between day -9 and this one",
        ),
        (
            lambda it: _with_history(it, leaves=(Leave(-9, "mai.pham"), Leave(-3, "mai.pham"))),
            "has mai.pham on leave twice on day -3",
        ),
        (
            lambda it: _with_history(it, leaves=(Leave(-90, "mai.pham", until=-80),)),
            "has mai.pham on leave from day -90, before they joined",
        ),
        (
            lambda it: _with_history(it, leaves=(Leave(-9, "ellie.prescott", until=-5),)),
            "has ellie.prescott on leave on day -7, on which they do something here",
        ),
    ],
)
def test_what_does_not_fit_of_competence_is_named(brisk, broken, sentence):
    assert any(sentence in problem for problem in problems(broken(brisk)))


def test_every_mode_of_renewal_is_there(brisk):
    defined = [it.mode or ("completion" if it.validity_months else "none") for it in brisk.competences.values()]
    assert {*defined, *(it.rule.mode for it in brisk.history.validities)} == set(Mode)


def test_each_ground_and_each_week_asks_for_something(brisk):
    assert {it.kind for it in brisk.requirements} == {"role", "department", "process"}
    assert {it.stage for it in brisk.requirements} == {None, 1, 2, 3}
    assert {it.level for it in brisk.requirements} == {1, 2, 3}
    assert [it.competence for it in brisk.requirements if it.newcomers_only] == ["evacuation"]


def test_some_came_in_the_last_weeks(brisk):
    weeks = {-it.joined // 7 for it in brisk.people.values() if it.joined > -28}
    assert weeks >= {0, 1, 2}


def test_numbers_are_given_in_the_order_of_joining(brisk):
    people = sorted(brisk.people.values(), key=lambda person: person.joined)
    assert [person.number for person in people] == [f"B-{number:03}" for number in range(1, len(people) + 1)]
