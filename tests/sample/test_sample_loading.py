"""Two years of Brisk in a database: loaded once, and so looked at in one test, wherever the tests run."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from competence.gathering import gather
from competence.models import Proof
from competence.obligations import State, obligations
from courses.models import Assignment, Attempt, Question, QuestionVersion
from evidence.models import Entry, Listing
from jobs.models import Job
from knowledge.models import DecisionRecord, Edition, KnowledgePage, Reading, TrainingImpact
from people.models import Person, RoleHolding
from sample.actions import load_sample
from sample.signins import READERS

AT = timezone.make_aware(datetime(2026, 3, 4, 10))  # noqa: DTZ001
TODAY = AT.date()


@pytest.mark.django_db
def test_the_house_has_lived_two_years():
    assert load_sample(at=AT)

    _people_came_moved_and_left()
    _texts_changed()
    _people_learned_failed_and_renewed()
    _the_new_hire_has_something_to_do()
    _all_of_it_is_in_the_log()
    _a_second_loading_changes_nothing()


def _people_came_moved_and_left():
    assert Person.objects.filter(is_active=True).count() == 40
    assert Person.objects.filter(is_active=False, last_day__lt=TODAY).count() == 4
    ended = RoleHolding.objects.exclude(until=None).filter(person__is_active=True)
    assert ended.count() == 3
    assert Person.objects.get(is_superuser=True).username == READERS["administrator"]


def _texts_changed():
    assert KnowledgePage.objects.live().count() == 35
    assert Edition.objects.filter(number=3).exists()
    assert set(Edition.objects.values_list("training_impact", flat=True)) == set(TrainingImpact.values)
    assert not any(edition.author == edition.approver for edition in Edition.objects.without_content())
    superseded = DecisionRecord.objects.filter(status="superseded")
    assert superseded.count() == 2
    assert all(decision.superseded_by.exists() for decision in superseded)


def _people_learned_failed_and_renewed():
    stated = obligations(gather(on=TODAY), on=TODAY)
    states = [obligation.state for obligation in stated]
    assert states.count(State.OVERDUE) in range(1, 8)
    assert State.DUE in states
    assert State.RENEWAL in states
    assert states.count(State.COMPETENT) > len(states) * 3 / 4
    assert Question.objects.count() == 48
    assert QuestionVersion.objects.count() > 48
    attempts = Attempt.objects.filter(person__username="linh.tran", course__title="Releasing firmware")
    assert not attempts.earliest("started_at").passed
    assert attempts.latest("started_at").passed
    expired = Proof.objects.filter(competence__name="Handling lithium batteries", until__lt=TODAY)
    assert any(proof.person.proofs.filter(competence=proof.competence, until__gt=TODAY).exists() for proof in expired)


def _the_new_hire_has_something_to_do():
    assert Assignment.objects.filter(person__username=READERS["new hire"], until=None, due__gt=TODAY).count() == 3
    assert Reading.objects.filter(person__username=READERS["new hire"], kind=Reading.Kind.ACKNOWLEDGED).exists()


def _all_of_it_is_in_the_log():
    """Each entry at a working hour of the past, and left for the usual job to seal."""
    moments = Listing.objects.exclude(kind__startswith="courses.assign").values_list("at", flat=True)
    told = [timezone.localtime(datetime.fromisoformat(moment)) for moment in moments]
    assert max(told) < AT
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 18 for moment in told)
    assert Job.objects.filter(kind="evidence.seal", finished_at=None).count() == 1


def _a_second_loading_changes_nothing():
    before = Entry.objects.count()
    out = StringIO()
    call_command("load_sample", stdout=out)
    assert "nothing was loaded" in out.getvalue()
    assert not load_sample(at=AT)
    assert Entry.objects.count() == before
