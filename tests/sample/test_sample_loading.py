"""Two years of Brisk in a database: loaded once, and so looked at in one test, wherever the tests run."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from competence.certificates import BEGINNINGS
from competence.gaps import gaps
from competence.gathering import gather
from competence.matrix import rows
from competence.models import Competence, Equivalence, Proof, Waiver
from competence.obligations import State, obligations
from competence.renewal import Mode, derived_again
from courses.models import Assignment, Attempt
from evidence.models import Entry, Listing
from jobs.models import Job
from knowledge.actions import export_records, import_records
from knowledge.freezing import thawed
from knowledge.handing_over import open_hand_overs
from knowledge.layout import layout_of
from knowledge.lessons import is_overdue, state_of
from knowledge.models import (
    Bulletin,
    DecisionRecord,
    Edition,
    HandOver,
    KnowledgePage,
    LessonLearned,
    Reading,
    Suggestion,
    TrainingImpact,
    Verification,
)
from knowledge.reviewing import State as Look
from knowledge.reviews import review_of, with_reviews
from people.actions import add_person
from people.models import LeaveOfAbsence, Person, RoleHolding
from sample.actions import load_sample
from sample.signins import READERS
from tests.knowledge.exchange.emptying import copies
from tests.sample import quizzes

AT = timezone.make_aware(datetime(2026, 3, 4, 10))  # noqa: DTZ001
TODAY = AT.date()


@pytest.mark.django_db
def test_the_house_has_lived_two_years(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    empty = transaction.savepoint()
    assert load_sample(at=AT)

    _people_came_moved_and_left()
    _texts_changed()
    _each_brief_fits_its_page()
    _pages_are_kept_true()
    _lessons_came_further()
    _readers_were_heard()
    _people_learned_failed_and_renewed()
    quizzes.each_question_is_tied_to_a_passage()
    quizzes.a_year_of_attempts_says_which_question_does_harm(AT)
    quizzes.free_text_is_marked_by_its_assessor()
    _people_were_away()
    _what_was_asked_was_waived()
    _others_certified_it()
    _proofs_hold_by_every_mode()
    _two_competences_stand_on_too_few()
    _the_new_hire_has_something_to_do()
    _every_cell_has_its_reason()
    _all_of_it_is_in_the_log()
    _nobody_is_written_to_of_the_past()
    _a_second_loading_changes_nothing()
    _what_leaves_it_comes_back_the_same(tmp_path / "records", empty)


def _people_came_moved_and_left():
    assert Person.objects.filter(is_active=True).count() == 60
    assert Person.objects.filter(is_active=False, last_day__lt=TODAY).count() == 4
    ended = RoleHolding.objects.exclude(until=None).filter(person__is_active=True, until__lt=TODAY)
    assert ended.count() == 5
    assert Person.objects.get(is_superuser=True).username == READERS["administrator"]


def _texts_changed():
    assert KnowledgePage.objects.live().count() == 64
    assert Edition.objects.filter(number=3).exists()
    assert set(Edition.objects.values_list("training_impact", flat=True)) == set(TrainingImpact.values)
    assert not any(edition.author == edition.approver for edition in Edition.objects.without_content())
    standing = DecisionRecord.objects.with_standing()
    assert Counter(decision.standing_status for decision in standing) == {
        "accepted": 8,
        "superseded": 3,
        "rejected": 2,
        "proposed": 2,
        "deprecated": 1,
    }
    for page in KnowledgePage.objects.live():
        page.specific.full_clean()


def _each_brief_fits_its_page():
    for edition in Edition.objects.filter(page__knowledgebrief__isnull=False):
        assert layout_of(thawed(edition)).fits, edition


def _pages_are_kept_true():
    reviewed = {page.slug: review_of(page, on=TODAY) for page in with_reviews(KnowledgePage.objects.all(), on=TODAY)}
    states = Counter(review.state for review in reviewed.values())
    assert states[Look.UNOWNED] == 1
    assert reviewed["open-and-close"].state == Look.UNOWNED
    assert {slug for slug, review in reviewed.items() if review.state == Look.OVERDUE} == {"five-whys", "assembling"}
    assert states[Look.DUE] in range(1, 16)
    assert Verification.objects.exclude(note="").count() == 9
    assert set(HandOver.objects.values_list("duty", flat=True)) == {"expert", "action"}
    assert HandOver.objects.filter(taker=None).count() == 1
    in_hand = open_hand_overs(Person.objects.get(username=READERS["administrator"]))
    owned = {each.person.username: sum(item.duty == "owner" for item in each.items) for each in in_hand}
    assert owned == {"jonas.weber": 1, "samuel.otieno": 2}


def _lessons_came_further():
    lessons = {lesson.slug: lesson for lesson in LessonLearned.objects.live()}
    states = {slug: state_of(lesson.steps_taken.all()) for slug, lesson in lessons.items()}
    assert set(states.values()) == {"validated", "actioned", "verified"}
    assert [step.state for step in lessons["leaking-batch"].steps_taken.all()][3:5] == ["reopened", "validated"]
    overdue = [
        slug
        for slug, lesson in lessons.items()
        if is_overdue(states[slug], lesson.action_due, on=TODAY, is_positive=lesson.is_positive)
    ]
    assert overdue == ["overpack"]
    waiting = LessonLearned.objects.get(live=False)
    assert (waiting.reporting, waiting.accountable.username) == ("facilitated", READERS["process owner"])


def _readers_were_heard():
    outcomes = [suggestion.answer.outcome for suggestion in Suggestion.objects.exclude(answer=None)]
    assert sorted(outcomes) == ["declined", "taken"]
    waiting = Suggestion.objects.filter(answer=None)
    assert {suggestion.page is None for suggestion in waiting} == {True, False}
    assert Bulletin.objects.count() in (2, 3)


def _people_learned_failed_and_renewed():
    stated = obligations(gather(on=TODAY), on=TODAY)
    states = [obligation.state for obligation in stated]
    assert states.count(State.OVERDUE) in range(4, 13)
    assert set(states) == set(State)
    assert states.count(State.COMPETENT) > len(states) * 3 / 4
    attempts = Attempt.objects.filter(person__username="linh.tran", course__title="Releasing firmware")
    assert not attempts.earliest("started_at").passed
    assert attempts.latest("started_at").passed
    expired = Proof.objects.filter(competence__name="Handling lithium batteries", until__lt=TODAY)
    assert any(proof.person.proofs.filter(competence=proof.competence, until__gt=TODAY).exists() for proof in expired)


def _people_were_away():
    leaves = LeaveOfAbsence.objects
    assert leaves.on(TODAY).filter(until__gt=TODAY).count() == 1
    assert leaves.on(TODAY).filter(until=None).count() == 1
    assert leaves.standing().filter(until__lt=TODAY).count() == 3
    assert leaves.filter(corrects__isnull=False).count() == 1
    leave = leaves.standing().get(person__username="oscar.lundgren")
    facts = gather([leave.person_id], on=leave.until)
    away, as_if_here = (obligations(told, on=leave.until) for told in (facts, replace(facts, leaves=())))
    assert any(one.due and other.due and one.due > other.due for one, other in zip(away, as_if_here, strict=True))


def _what_was_asked_was_waived():
    standing = Waiver.objects.standing()
    assert standing.on(TODAY).count() == 3
    assert standing.filter(until__lt=TODAY, corrects=None).count() == 1
    assert standing.exclude(corrects=None).exclude(ended_because="").filter(until__lt=TODAY).count() == 1


def _others_certified_it():
    certificates = Proof.objects.standing().filter(basis=Proof.Basis.CERTIFICATE)
    assert certificates.values("competence").distinct().count() == 7
    assert all(proof.file.open("rb").read(5) == BEGINNINGS["pdf"] for proof in certificates)
    assert certificates.filter(until__lt=TODAY).exists()
    assert certificates.filter(until__range=(TODAY, TODAY + timedelta(days=45))).exists()
    assert set(Proof.objects.values_list("basis", flat=True)) == set(Proof.Basis)
    assert Equivalence.objects.on(TODAY).count() == 3
    assert not Proof.objects.filter(basis=Proof.Basis.PRACTICE, assessor=None).exists()


def _proofs_hold_by_every_mode():
    derived = Proof.objects.standing().exclude(counted_from={}).values_list("until", "counted_from")
    assert {counted["mode"] for _, counted in derived} == set(Mode)
    assert all(derived_again(counted) == until for until, counted in derived)
    assert Proof.objects.standing().exclude(corrects=None).count() > 10


def _two_competences_stand_on_too_few():
    found = gaps(Person.objects.filter(is_active=True), on=TODAY, least=2)
    short = {gap.competence.name: gap.word for gap in found if gap.missing}
    assert (
        short.items()
        >= {
            "Sending dangerous goods by air": "Too few",
            "Acting as data protection officer": "Too few",
            "Coordinating ESD protection": "Soon too few",
        }.items()
    )
    assert len(short) < 6


def _the_new_hire_has_something_to_do():
    assert Assignment.objects.filter(person__username=READERS["new hire"], until=None, due__gt=TODAY).count() == 4
    assert Reading.objects.filter(person__username=READERS["new hire"], kind=Reading.Kind.ACKNOWLEDGED).exists()


def _every_cell_has_its_reason():
    """Of everyone, also of who has left, and of every competence, also where nothing asks; today and a year ago."""
    people, competences = list(Person.objects.all()), list(Competence.objects.all())
    for on in (TODAY, TODAY - timedelta(days=365)):
        cells = [cell for row in rows(people, competences, on=on) for cell in row.cells]
        assert len(cells) == len(people) * len(competences) > 200
        assert {cell.state for cell in cells} >= {State.COMPETENT, State.RENEWAL, State.OVERDUE, None}
        whys = [cell.why for cell in cells]
        assert [why for why in whys if len(why.split()) < 5 or not why.endswith(".") or "None" in why] == []
        assert all("not required" in cell.why.lower() for cell in cells if cell.state is None)


def _all_of_it_is_in_the_log():
    """Each entry at a working hour of the past, and left for the usual job to seal."""
    moments = Listing.objects.exclude(kind__startswith="courses.assign").values_list("at", flat=True)
    told = [timezone.localtime(datetime.fromisoformat(moment)) for moment in moments]
    assert max(told) < AT
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 18 for moment in told)
    assert Job.objects.filter(kind="evidence.seal", finished_at=None).count() == 1


def _nobody_is_written_to_of_the_past():
    waiting = set(Job.objects.filter(finished_at=None).values_list("kind", flat=True))
    assert waiting == {
        "courses.ask_learners_again",
        "evidence.seal",
        "jobs.task",
        "people.close_sign_in",
        "search.mend",
    }


def _a_second_loading_changes_nothing():
    before = Entry.objects.count()
    out = StringIO()
    call_command("load_sample", stdout=out)
    assert "nothing was loaded" in out.getvalue()
    assert not load_sample(at=AT)
    assert Entry.objects.count() == before


def _what_leaves_it_comes_back_the_same(folder, empty):
    """To the house itself, and to one that knows no more than its people."""
    before, usernames = copies(), list(Person.objects.values_list("username", flat=True))
    assert len(export_records(folder).lines) == len(before) == 64
    assert import_records(folder, by=None, at=AT).unchanged == 64
    transaction.savepoint_rollback(empty)
    for username in usernames:
        add_person(username, first_name="Ada", last_name="Byron", by=None, at=AT)
    outcome = import_records(folder, by=None, at=AT)
    assert outcome.imported == 64, outcome.lines
    assert not any(line["notes"] for line in outcome.lines)
    assert copies() == before
