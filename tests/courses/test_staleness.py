"""What an edition does to the questions that test its page."""

from datetime import timedelta

import pytest

from courses.actions import confirm_question, find_stale, start_attempt, withdraw_question, write_question
from courses.anchors import passages_in
from courses.models import QuestionVersion, Stale
from evidence import leaves
from evidence.models import Entry
from knowledge.actions import publish
from knowledge.passages import id_of
from people.refusals import Refused
from tests.courses.quiz_scenes import a_brief, a_choice, a_course, a_question, an_attempt
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db

BODY = "Before.\n\n## Charging\n\nHalf full.\n\n## Storing\n\nIn sand."
CHARGING = id_of("body", ["Charging"])
LATER_BY = timedelta(hours=1)
LATER = NOON + LATER_BY


def changed(brief, body, *, impact="read", at=LATER):
    brief.body = body
    publish(brief, by=None, at=at, change_summary="Another.", training_impact=impact, impact_reason="Small.")
    return brief.editions.get(ended_at=None)


@pytest.fixture
def brief():
    return a_brief(body=BODY)


@pytest.fixture
def course(brief):
    return a_course(questions=0, readings=[brief])


def asked(course, brief, passage=CHARGING):
    return a_question(course, tests=brief, passage=passage)


@pytest.mark.parametrize(
    ("body", "fate"),
    [
        (BODY.replace("Half full.", "A third full."), "changed"),
        (BODY.replace("Half full.", ""), "changed"),
        ("## Storing\n\nIn sand.\n\n## Charging\n\nHalf full.\n\nBefore.", "changed"),
        ("## Storing\n\nIn sand.\n\n## Charging\n\nHalf full.", None),
        (BODY.replace("In sand.", "In water."), None),
        (BODY.replace("Half full.", "Half\n  full. "), None),
        (BODY.replace("## Charging", "##  Charging ##"), None),
        (BODY.replace("## Charging", "# Charging"), None),
        (BODY.replace("## Charging", "## Loading"), "gone"),
        (BODY.replace("## Charging\n\nHalf full.\n\n", ""), "gone"),
        (BODY.replace("## Charging", "# Cells\n\n## Charging"), "gone"),
    ],
)
def test_a_question_is_stale_where_its_passage_reads_otherwise_or_is_gone(course, brief, body, fate):
    version = asked(course, brief)
    edition = changed(brief, body)
    stale = Stale.objects.first()
    assert (stale and (stale.version, stale.edition)) == (fate and (version, edition))
    assert list(QuestionVersion.objects.drawn()) == ([] if fate else [version])
    entries = Entry.objects.filter(key=f"courses.question_stale:{edition.pk}")
    told = [leaves.parse(bytes(entry.leaf)).facts["questions"] for entry in entries]
    assert [[one["fate"] for one in each] for each in told] == ([[fate]] if fate else [])


@pytest.mark.parametrize(("impact", "is_stale"), [("test", True), ("read", False), ("none", False)])
def test_a_question_on_the_whole_page_is_stale_where_the_change_is_to_be_tested(course, brief, impact, is_stale):
    asked(course, brief, passage="")
    changed(brief, BODY + " More.", impact=impact)
    assert Stale.objects.exists() is is_stale


def test_drafts_withdrawn_older_and_other_pages_questions_are_left_alone(course, brief):
    other = a_brief(body=BODY)
    asked(course, other)
    withdraw_question(asked(course, brief).question, reason="Old.", by=None, at=NOON)
    a_question(course, question=asked(course, brief).question, stem="On nothing now?")
    changed(brief, "Nothing of it.")
    assert not Stale.objects.exists()


def test_what_an_attempt_was_given_stays_and_the_next_is_not_given_it(course, brief):
    asked(course, brief)
    a_question(course, stem="Of no passage?")
    begun = an_attempt(course, hire())
    changed(brief, "Nothing of it.")
    assert begun.asked.count() == 2
    assert an_attempt(course, hire(), at=LATER).asked.count() == 1


def test_confirmed_it_is_asked_again_of_the_passage_as_it_reads_now(course, brief):
    version = asked(course, brief)
    edition = changed(brief, BODY.replace("Half full.", "Half full, no more."))
    again = confirm_question(version.question, edition=edition, passage=CHARGING, by=None, at=LATER)
    assert (again.number, again.says, again.tests_edition) == (2, version.says, edition)
    assert again.passage_sha256 == passages_in(edition)[CHARGING].sha256
    assert list(QuestionVersion.objects.drawn()) == [again]


def test_rewritten_it_is_asked_again(course, brief):
    version = asked(course, brief)
    changed(brief, BODY.replace("Half full.", "A third full."))
    again = a_question(course, a_choice(stem="How full now?"), question=version.question, tests=brief, passage=CHARGING)
    assert list(QuestionVersion.objects.drawn()) == [again]


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        ("confirmed", "seen to this question meanwhile"),
        ("another edition", "has another edition since you looked"),
        ("no passage", "Choose the passage"),
        ("gone", "no such passage"),
        ("withdrawn", "has been withdrawn"),
    ],
)
def test_what_someone_has_not_looked_at_is_not_confirmed(course, brief, happens, sentence):
    version, passage = asked(course, brief), CHARGING
    edition = changed(brief, BODY.replace("Half full.", "A third full."))
    if happens == "confirmed":
        confirm_question(version.question, edition=edition, passage=CHARGING, by=None, at=LATER)
    elif happens == "another edition":
        changed(brief, BODY, at=LATER + timedelta(hours=1))
    elif happens == "withdrawn":
        withdraw_question(version.question, reason="Old.", by=None, at=LATER)
    else:
        passage = "" if happens == "no passage" else "0123456789abcdef"
    before = QuestionVersion.objects.count()
    with pytest.raises(Refused, match=sentence):
        confirm_question(version.question, edition=edition, passage=passage, by=None, at=LATER)
    assert QuestionVersion.objects.count() == before


def test_a_draft_that_is_being_written_is_not_confirmed_away(course, brief):
    version = asked(course, brief)
    edition = changed(brief, BODY.replace("Half full.", "A third full."))
    write_question(
        a_choice(stem="How full now?"), course=course, question=version.question, is_draft=True, by=None, at=LATER
    )
    with pytest.raises(Refused, match="A draft of this question"):
        confirm_question(version.question, edition=edition, passage=CHARGING, by=None, at=LATER)


def test_it_costs_the_same_however_many_questions_and_one_query_where_there_is_none(
    course, brief, django_assert_num_queries, django_assert_max_num_queries
):
    edition = brief.editions.get()
    with django_assert_num_queries(1):
        find_stale(edition, by=None, at=LATER)
    counts = []
    for place, size in enumerate((1, 5), start=1):
        for _ in range(size):
            asked(course, brief)
        with django_assert_max_num_queries(70) as captured:
            changed(brief, BODY.replace("Half", f"{place} parts"), at=NOON + place * LATER_BY)
        counts.append(len(captured))
    assert Stale.objects.count() == 6
    assert counts[0] == counts[1]


def test_a_course_without_a_question_left_is_not_begun(course, brief):
    asked(course, brief)
    changed(brief, "Nothing of it.", impact="none")
    person = hire()
    with pytest.raises(Refused, match="no questions yet"):
        an_attempt(course, person, at=LATER)
    with pytest.raises(Refused, match="no questions yet"):
        start_attempt(course, by=person, at=LATER)
