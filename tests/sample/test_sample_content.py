"""The files of the sample: what they hold, and that they agree with each other."""

import re
from dataclasses import replace

import pytest

from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from sample.actions.load_sample import SCENES
from sample.checking import problems
from sample.organisation import Deviation
from sample.pages import PageEdition, Proposal
from sample.reading import ContentRefused, read_organisation
from sample.signins import READERS
from sample.timeline import VERBS, timeline

WORD = re.compile(r"\w[\w'.,/-]*")


def test_no_reference_dangles(brisk):
    assert problems(brisk) == []


def test_it_is_as_large_as_promised(brisk):
    counts = {kind: len(brisk.pages_of(kind)) for kind in ("processes", "briefs", "decisions", "lessons")}
    assert counts == {"processes": 10, "briefs": 24, "decisions": 16, "lessons": 14}
    assert len(brisk.roles) == 14
    assert len(brisk.departments) == 9
    assert len(brisk.people) - len(brisk.history.gone()) == 60
    assert len(brisk.competences) == 23
    assert len(brisk.courses) == 10


def test_a_brief_is_short(brisk):
    for brief in brisk.pages_of("briefs"):
        assert 250 <= len(WORD.findall(brief.body)) <= 450, brief.key


def test_two_briefs_are_procedures(brisk):
    asked = {"Purpose", "Scope", "Responsibilities", "Steps", "Related", "Records"}
    bodies = [brief.body for brief in brisk.pages_of("briefs")]
    assert sum(all(f"## {heading}\n" in body for heading in asked) for body in bodies) == 2


def test_the_processes_hang_together(brisk):
    processes = brisk.pages_of("processes")
    fed = {key for process in processes for key in process.feeds}
    assert all(process.feeds or process.key in fed for process in processes)
    assert {process.key: process.part_of for process in processes if process.part_of} == {
        "measure": "build",
        "returns": "care",
    }


def test_each_process_says_what_it_takes_and_gives(brisk):
    for process in brisk.pages_of("processes"):
        fields = process.fields_of(len(process.editions))
        assert all(fields.texts[name] for name in ("suppliers", "inputs", "steps", "outputs", "customers")), process.key
        assert fields.rows["measures"], process.key
        assert fields.rows["risks"], process.key


def test_decisions_are_of_every_status(brisk):
    decisions = brisk.pages_of("decisions")
    assert {decision.status for decision in decisions} == {"accepted", "rejected", "proposed", "deprecated"}
    assert sorted(key for decision in decisions for key in decision.supersedes) == [
        "one-firmware-slot",
        "sampling-50-hz",
        "thread-locker",
    ]
    assert {mark.mark for decision in decisions for mark in decision.lessons} == {"considered", "not_applicable"}


def test_each_option_is_weighed(brisk):
    for decision in brisk.pages_of("decisions"):
        options = decision.fields_of(len(decision.editions)).rows["options"]
        assert len(options) >= 3, decision.key
        assert all(option["good"] and option["bad"] for option in options), decision.key


def test_each_lesson_asks_why_four_to_seven_times(brisk):
    assert all(4 <= len(lesson.whys) <= 7 for lesson in brisk.pages_of("lessons"))


def test_lessons_of_every_sort(brisk):
    lessons = brisk.pages_of("lessons")
    assert [lesson.key for lesson in lessons if lesson.is_positive] == ["recall-drill", "stopped-at-one-percent"]
    assert {it.key: it.recurrence_of for it in lessons if it.recurrence_of} == {"blind-gauge-again": "leaking-batch"}
    assert sum(any(why.depth for why in lesson.whys) for lesson in lessons) == 3


def test_there_is_a_sign_in_for_each_reader(brisk):
    groups = {reader: set(brisk.people[username].groups) for reader, username in READERS.items()}
    assert groups["new hire"] == set()
    assert groups["expert"] == {EXPERTS}
    assert groups["process owner"] == {EXPERTS, PROCESS_OWNERS}
    assert groups["HR"] == {HR}
    assert groups["auditor"] == {AUDITORS}
    assert brisk.people[READERS["administrator"]].administrator
    assert any(page.owner == READERS["expert"] for page in brisk.pages_of("briefs"))


def test_an_earlier_edition_says_what_it_said_then(brisk):
    brief = brisk.pages["stop-mark-tell"]
    assert "as soon as possible" in brief.text_of(1).lower()
    assert "Within 24 hours" not in brief.text_of(1)
    assert "Within 24 hours" in brief.text_of(2)
    assert brief.text_of(3) == brief.body


def test_nobody_lets_their_own_text_be_published(brisk):
    for page in brisk.pages.values():
        for edition in page.editions:
            author = edition.author or page.owner
            assert brisk.approver_of(page, author) != author


def _with_page(brisk, key, **changed):
    return replace(brisk, pages={**brisk.pages, key: replace(brisk.pages[key], **changed)})


def _with_history(brisk, **changed):
    return replace(brisk, history=replace(brisk.history, **changed))


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (lambda it: _with_page(it, "complaints", owner="nobody"), "names the person 'nobody'"),
        (lambda it: _with_page(it, "complaints", owner="jonas.weber"), "names jonas.weber, who has left"),
        (lambda it: _with_page(it, "complaints", experts=("mai.pham",)), "who joined after its first edition"),
        (lambda it: _with_page(it, "complaints", processes=("sell",)), "names the process 'sell'"),
        (lambda it: _with_page(it, "two-firmware-slots", supersedes=("three",)), "names the page 'three'"),
        (lambda it: _with_page(it, "build", feeds=("sell",)), "names the process 'sell'"),
        (lambda it: _with_page(it, "blind-gauge-again", recurrence_of="hose"), "names the lesson 'hose'"),
        (lambda it: _with_page(it, "leaking-batch", recurrence_of="overpack"), "is published before 'overpack'"),
        (lambda it: _with_page(it, "overpack", body="## Blame\n\nYou.\n"), "no field is headed 'Blame'"),
        (
            lambda it: _with_page(it, "speed-board", body="## Decision Outcome\n\nNone.\n"),
            "is deprecated and chooses 0 of its options",
        ),
        (
            lambda it: _with_page(it, "speed-board", body='## Decision Outcome\n\nChosen option: "Luck".\n'),
            "'Luck' is weighed or chosen, but not among",
        ),
        (lambda it: _with_page(it, "build", body="See [it](/briefs/none/).\n"), "names the page 'none'"),
        (lambda it: _with_page(it, "complaints", body="Nothing.\n"), "stands 0 times in its text"),
        (
            lambda it: _with_page(it, "build", editions=(PageEdition(-9), PageEdition(-8))),
            "changes nothing",
        ),
        (lambda it: _with_history(it, left_unowned=()), "open-and-close names jonas.weber, who has left"),
        (lambda it: _with_history(it, handing_over=()), "names milan.horvat, who has left"),
        (
            lambda it: _with_history(it, proposals=(Proposal(-9, "ellie.prescott", "", "complaints", "b", "a Q"),)),
            "which 'complaints' did not say once on that day",
        ),
        (
            lambda it: _with_history(it, putting_off=(Deviation(-9, "ellie.prescott", "juggling"),)),
            "names the course 'juggling'",
        ),
    ],
)
def test_what_does_not_fit_is_named(brisk, broken, sentence):
    assert any(sentence in problem for problem in problems(broken(brisk)))


def test_a_word_that_no_file_may_hold_is_named(tmp_path):
    for name, text in {
        "people.yaml": "{departments: {}, roles: {}, people: [{username: ada, nick: A}]}",
        "competences.yaml": "{day: 0, by: ada, competences: {}, requirements: {}}",
    }.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(ContentRefused, match="does not know 'nick' and lacks 'name'"):
        read_organisation(tmp_path)


def test_the_events_are_the_same_twice(brisk):
    assert timeline(brisk) == timeline(read_organisation())


def test_events_are_in_order_and_each_can_be_played(brisk):
    events = timeline(brisk)
    days = [event.day for event in events]
    assert days == sorted(days)
    assert days[-1] < 0
    assert {event.verb for event in events} == set(VERBS) == set(SCENES)
