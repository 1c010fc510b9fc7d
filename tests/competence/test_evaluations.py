"""Whether training was effective: fixed before it, found by the evaluator alone, opened again by what happens again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from competence.actions import (
    change_evaluation,
    correct_outcome,
    define_competence,
    evaluate,
    plan_evaluation,
    remind,
    require,
    withdraw_evaluation,
)
from competence.evaluations import evaluated_by, followed_one
from competence.models import Evaluation, EvaluationOutcome, EvaluationPlan, Reminder
from competence.permissions import evaluations_visible_to
from evidence.models import Entry, Listing
from evidence.words import lines_of
from jobs.actions import run_waiting
from knowledge.actions import close_lesson, draft_page, publish, reopen_lesson, validate_lesson
from knowledge.models import KnowledgeBrief, LessonLearned, Process
from people.actions import withdraw_person
from people.groups import AUDITORS, HR
from people.refusals import Refused
from tests.scenes import NOON, TODAY, hire, hold, role_named

pytestmark = pytest.mark.django_db

TRAINING, DUE = TODAY + timedelta(days=7), TODAY + timedelta(days=60)
SAID = {"change_summary": "New.", "training_impact": "none", "impact_reason": "Known."}


def at(days, hours=0):
    return NOON + timedelta(days=days, hours=hours)


@pytest.fixture
def soldering():
    return define_competence("Soldering", by=None, at=NOON)


@pytest.fixture
def hr():
    return hire("Hanna", "Reuter", groups=[HR])


@pytest.fixture
def edith():
    return hire("Edith", "Stone")


@pytest.fixture
def repair(edith):
    return published(Process, "Repair", edith, accountable=edith, four_eyes=False)


@pytest.fixture
def planned(soldering, repair, hr, edith):
    return plan(soldering, hr, edith, process=repair)


def published(model, title, by, moment=NOON, **more):
    page = draft_page(model, title=title, by=by, at=moment, **more)
    publish(page, by=by, at=moment, **SAID)
    return page


def plan(competence, by, evaluator, moment=NOON, **more):
    told = {
        "measure": "Half a day at the bench",
        "training_from": TRAINING,
        "criterion": "Fewer than two cold joints a week",
        "method": "Count them in the repair log for six weeks",
        "due": DUE,
    }
    return plan_evaluation(competence, evaluator=evaluator, by=by, at=moment, **(told | more))


def find(evaluation, by, days=60, result="effective", **more):
    told = {"observation": "One in six weeks."} | more
    if result != "effective":
        told.setdefault("follows", "Another half day.")
    return evaluate(evaluation, result=result, by=by, at=at(days), **told)


def recur(process, by, days, hours=0):
    """A lesson of the process happens again on that day; the earlier one, and the one that says so."""
    lesson = LessonLearned.objects.filter(recurrence_of=None).first()
    lesson = lesson or published(LessonLearned, "A cold joint", by, what_happened="It broke.", processes=[process])
    moment = at(days, hours)
    again = published(
        LessonLearned, f"Another on day {days}", by, moment, what_happened="It broke again.", recurrence_of=lesson
    )
    return lesson, again


def state(evaluation, days):
    return followed_one(evaluation, on=TODAY + timedelta(days=days)).standing.state.value


def entries(kind):
    return Entry.objects.filter(key__startswith=f"competence.{kind}:").count()


def told_of(kind):
    (line,) = lines_of(Listing.objects.filter(kind=f"competence.{kind}"))
    return line.words


def test_it_is_fixed_before_the_training_and_comes_due(planned, edith):
    assert [state(planned, days) for days in (0, 46, 60, 61)] == ["planned", "due", "due", "overdue"]
    assert evaluated_by(edith, on=TODAY) == []
    assert [one.evaluation for one in evaluated_by(edith, on=DUE)] == [planned]
    assert "Edith Stone is to evaluate by 1 May 2026 a training in Soldering" in told_of("evaluation_planned")


def test_a_plan_written_after_the_training_began_is_refused(soldering, hr, edith):
    assert plan(soldering, hr, edith, moment=at(7)).plans.get().since == TRAINING
    with pytest.raises(Refused, match="begins on 9 March 2026, and that is past"):
        plan(soldering, hr, edith, moment=at(8))
    assert Evaluation.objects.count() == entries("evaluation_planned") == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"due": TRAINING}, "a day after that one"),
        ({"criterion": "  "}, "what will be different"),
        ({"method": ""}, "how that is looked at"),
        ({"measure": " "}, "what the training is"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(soldering, hr, edith, told, sentence):
    with pytest.raises(Refused, match=sentence):
        plan(soldering, hr, edith, **told)
    assert not Evaluation.objects.exists()


def test_whoever_will_have_left_by_then_is_no_evaluator(soldering, hr, edith):
    withdraw_person(edith, last_day=DUE - timedelta(days=1), reason="retires", by=None, at=NOON)
    with pytest.raises(Refused, match="will not work here on 1 May 2026"):
        plan(soldering, hr, edith)


@pytest.mark.databases
def test_the_database_refuses_a_plan_of_afterwards_and_an_outcome_without_what_follows(planned, edith):
    fixed = planned.plans.get()
    late = {"training_from": TODAY, "due": DUE, "since": TODAY + timedelta(days=1)}
    other = Evaluation.objects.create(competence=planned.competence)
    texts = {"measure": "x", "criterion": "x", "method": "x", "evaluator": edith}
    for wrong in (late, {"training_from": DUE, "due": DUE, "since": TODAY}, late | {"since": TODAY, "method": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationPlan.objects.create(evaluation=other, **(texts | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationOutcome.objects.create(
            evaluation=planned, since=DUE, found_at=NOON, evaluator=fixed.evaluator, result="partly", observation="x"
        )


def test_until_the_training_begins_all_of_it_may_change_and_the_first_stays(planned, hr):
    first = planned.plans.get()
    changed = change_evaluation(planned, criterion="None at all", reason="Too easy", by=hr, at=at(1))
    assert changed.corrects == first
    assert (changed.criterion, changed.method) == ("None at all", first.method)
    first.refresh_from_db()
    assert first.criterion == "Fewer than two cold joints a week"
    assert followed_one(planned, on=TODAY).plan == changed
    with pytest.raises(Refused, match="Nothing of it"):
        change_evaluation(planned, criterion="None at all ", reason="x", by=hr, at=at(1))
    with pytest.raises(Refused, match="still to come"):
        change_evaluation(planned, training_from=TODAY, reason="x", by=hr, at=at(1))
    assert told_of("evaluation_changed").endswith("(Edith Stone, by 1 May 2026): Too easy")


def test_then_only_who_evaluates_and_by_when(planned, hr):
    ben = hire("Ben")
    for moved in ({"criterion": "Fewer than ten"}, {"method": "Ask them"}, {"training_from": DUE - timedelta(days=1)}):
        with pytest.raises(Refused, match="what it is measured by stays"):
            change_evaluation(planned, **moved, reason="x", by=hr, at=at(8))
    later = DUE + timedelta(days=30)
    changed = change_evaluation(planned, evaluator=ben, due=later, reason="Edith is away", by=hr, at=at(8))
    assert (changed.evaluator, changed.due) == (ben, later)
    with pytest.raises(Refused, match="is past"):
        change_evaluation(planned, due=TODAY + timedelta(days=30), reason="x", by=hr, at=at(40))


def test_what_is_open_again_goes_to_someone_who_is_here(planned, repair, edith, hr):
    find(planned, edith)
    recur(repair, hr, 70)
    ben = hire("Ben")
    withdraw_person(ben, last_day=TODAY + timedelta(days=65), reason="retires", by=None, at=NOON)
    with pytest.raises(Refused, match="Ben Byron will not work here on 13 May 2026"):
        change_evaluation(planned, evaluator=ben, reason="Edith is away", by=hr, at=at(72))
    change_evaluation(planned, evaluator=hr, reason="Edith is away", by=hr, at=at(72))
    assert find(planned, hr, days=73).evaluator == hr


def test_a_training_that_does_not_take_place_is_not_evaluated(planned, hr, edith):
    withdraw_evaluation(planned, reason="Nobody came", by=hr, at=at(9))
    assert state(planned, 90) == "withdrawn"
    for act in (lambda: find(planned, edith), lambda: withdraw_evaluation(planned, reason="x", by=hr, at=at(9))):
        with pytest.raises(Refused, match="withdrawn"):
            act()
    assert entries("evaluation_withdrawn") == 1


def test_its_evaluator_alone_says_what_was_found(planned, hr, edith):
    for other in (hr, None):
        with pytest.raises(Refused, match="Edith Stone evaluates this"):
            find(planned, other)
    assert find(planned, edith).evaluator == edith
    assert state(planned, 60) == "effective"
    assert told_of("evaluated").endswith("a training in Soldering (effective): One in six weeks.")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"days": 6}, "seen only then"),
        ({"observation": " "}, "what you saw"),
        ({"result": "not_effective", "follows": " "}, "what follows now"),
        ({"result": "partly", "follows": ""}, "what follows now"),
        ({"follows": "More."}, "nothing more follows"),
        ({"result": "partly", "again_by": DUE}, "to evaluate it again"),
    ],
)
def test_an_outcome_that_proves_nothing_is_refused(planned, edith, told, sentence):
    with pytest.raises(Refused, match=sentence):
        find(planned, edith, **told)
    assert not EvaluationOutcome.objects.exists()
    assert entries("evaluated") == 0


def test_what_was_not_effective_is_evaluated_again_and_what_was_is_closed(planned, hr, edith):
    find(planned, edith, result="not_effective", again_by=DUE + timedelta(days=40))
    assert [state(planned, days) for days in (61, 99, 101)] == ["not_effective", "due", "overdue"]
    find(planned, edith, days=99)
    with pytest.raises(Refused, match="found effective on 9 June 2026"):
        find(planned, edith, days=100)
    with pytest.raises(Refused, match="stays"):
        withdraw_evaluation(planned, reason="x", by=hr, at=at(100))


def test_an_outcome_is_corrected_by_a_new_one_and_the_first_stays_readable(planned, hr, edith):
    first = find(planned, edith)
    told = {"observation": "One in each week.", "follows": "A jig.", "reason": "Misread the log"}
    with pytest.raises(Refused, match="Edith Stone evaluates this"):
        correct_outcome(first, result="partly", **told, by=hr, at=at(62))
    corrected = correct_outcome(first, result="partly", **told, by=edith, at=at(62))
    assert (corrected.corrects, corrected.found_at) == (first, first.found_at)
    assert state(planned, 62) == "partly"
    with pytest.raises(Refused, match="already been corrected"):
        correct_outcome(first, result="partly", **told, by=edith, at=at(62))
    first.refresh_from_db()
    assert first.result == "effective"
    assert entries("outcome_corrected") == 1


def test_a_lesson_that_recurs_on_its_process_opens_it_again(planned, repair, edith, hr):
    lesson, _ = recur(repair, hr, 30)  # before anything was found
    find(planned, edith)
    assert state(planned, 70) == "effective"
    _, again = recur(repair, hr, 70)
    standing = followed_one(planned, on=TODAY + timedelta(days=71)).standing
    assert standing.state == "reopened"
    assert [one.on for one in standing.recurred] == [TODAY + timedelta(days=70)]
    assert lesson.steps_taken.get(pk=standing.recurred[0].step).edition.page_id == again.pk
    find(planned, edith, days=75)
    assert state(planned, 76) == "effective"


def test_a_correction_does_not_close_what_a_lesson_opened(planned, repair, edith, hr):
    first = find(planned, edith)
    recur(repair, hr, 70)
    correct_outcome(first, result="effective", observation="Two.", reason="A slip", by=edith, at=at(71))
    assert state(planned, 72) == "reopened"


def test_neither_another_process_nor_a_lesson_opened_by_hand_opens_it(planned, soldering, repair, edith, hr):
    other = plan(soldering, hr, edith, process=published(Process, "Sell", hr, four_eyes=False))
    nowhere = plan(soldering, hr, edith)
    lesson, _ = recur(repair, hr, 30)
    for one in (planned, other, nowhere):
        find(one, edith)
    validate_lesson(lesson, by=edith, at=at(61))
    brief = published(KnowledgeBrief, "How to solder", hr, at(62), body="Hotter.")
    close_lesson(lesson, through=brief.editions.get(), by=edith, at=at(63))
    reopen_lesson(lesson, note="I think not.", by=hr, at=at(64))
    assert state(planned, 65) == "effective"
    recur(repair, hr, 70)
    assert [state(one, 71) for one in (planned, other, nowhere)] == ["reopened", "effective", "effective"]


def night_of(days):
    mail.outbox.clear()
    moment = at(days)
    with time_machine.travel(moment, tick=False):
        remind(on=timezone.localdate(moment), at=moment)
        run_waiting(moment)
    return list(mail.outbox)


def test_its_evaluator_is_reminded_once_of_each_stage_and_who_planned_it_of_what_lies(planned, edith, hr):
    to = {days: [letter.to[0] for letter in night_of(days)] for days in (0, 1, 53, 54, 60, 61, 62, 67, 68)}
    assert {days: who for days, who in to.items() if who} == {
        0: [edith.email],
        53: [edith.email],
        60: [edith.email],
        61: [edith.email],
        67: [hr.email],
    }
    assert not Reminder.objects.filter(settled_at=None).exists()


def test_in_place_of_an_evaluator_who_has_left_who_planned_it_is_told(planned, edith, hr):
    withdraw_person(edith, last_day=TODAY + timedelta(days=30), reason="retires", by=None, at=NOON)
    (letter,) = night_of(53)
    assert letter.to == [hr.email]
    assert "Half a day at the bench (Soldering): Due, by 1 May 2026, by Edith Stone" in letter.body


def test_what_someone_who_leaves_was_to_evaluate_stands_beside_what_they_hand_over(client, planned, edith, hr):
    def listed():
        return "Half a day at the bench" in client.get(reverse("knowledge:hand-over")).content.decode()

    client.force_login(hr)
    assert not listed()
    withdraw_person(edith, last_day=DUE, reason="retires", by=None, at=NOON)
    assert listed()
    change_evaluation(planned, evaluator=hr, reason="Edith retires", by=hr, at=NOON)
    assert not listed()


def test_what_was_evaluated_before_the_mail_went_out_is_not_asked_for(planned, edith):
    remind(on=DUE, at=at(60))
    find(planned, edith)
    mail.outbox.clear()
    with time_machine.travel(at(60), tick=False):
        run_waiting(at(60))
    assert mail.outbox == []


def test_its_evaluator_is_told_at_once_that_it_happened_again(planned, repair, edith, hr):
    find(planned, edith)
    lesson, again = recur(repair, hr, 70)
    mail.outbox.clear()
    with time_machine.travel(at(71), tick=False):
        run_waiting(at(71))
    (letter,) = [letter for letter in mail.outbox if "To be evaluated again" in letter.subject]
    assert letter.to == [edith.email]
    assert lesson.number in letter.body
    assert again.number in letter.body
    assert "by 10 June 2026" in letter.body


def test_who_sees_which(planned, soldering, hr, edith):
    elsewhere = plan(soldering, hr, hr)
    seen = {name: set(evaluations_visible_to(person)) for name, person in readers(hr, edith).items()}
    both = {planned, elsewhere}
    assert seen == {"hr": both, "auditor": both, "evaluator": {planned}, "reader": set()}


def readers(hr, edith):
    return {"hr": hr, "auditor": hire("Aud", groups=[AUDITORS]), "evaluator": edith, "reader": hire("Rita")}


# Pages.


def address(name, *arguments):
    return reverse(f"competence:{name}", args=arguments)


def queries_of(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_pages_run_as_many_queries_for_many(client, soldering, repair, hr, edith):
    def add(number):
        one = plan(soldering, hr, edith, process=repair, measure=f"Training {number}")
        find(one, edith)
        change_evaluation(one, due=DUE + timedelta(days=number + 1), reason="x", by=hr, at=at(8))
        return one

    one = add(0)
    recur(repair, hr, 70)
    pages = [
        address("evaluations"),
        address("evaluation", one.pk),
        address("competence", soldering.pk),
        reverse("courses:learning"),
        repair.url,
    ]
    client.force_login(edith)
    for page in pages:
        client.get(page)
    few = [queries_of(client, page) for page in pages]
    for number in range(1, 5):
        add(number)
        recur(repair, hr, 70 + number)
        change_evaluation(one, due=DUE + timedelta(days=90 + number), reason="x", by=hr, at=at(8))
    assert [queries_of(client, page) for page in pages] == few


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("", {"First", "Second"}),
        ("open", {"Second"}),
        ("overdue", {"Second"}),
        ("done", {"First"}),
        ("reopened", set()),
    ],
)
def test_the_list_shows_what_was_chosen(client, soldering, hr, edith, show, words):
    find(plan(soldering, hr, edith, measure="First"), edith)
    plan(soldering, hr, edith, measure="Second")
    with time_machine.travel(at(61), tick=False):
        client.force_login(hr)
        page = client.get(address("evaluations"), {"show": show}).content.decode()
    assert set(re.findall(r">(First|Second)</a>", page)) == words


def test_who_answers_for_a_process_plans_for_it_and_for_no_other(client, soldering, repair, edith, hr):
    other = published(Process, "Sell", hr, four_eyes=False)
    client.force_login(edith)
    today = timezone.localdate()
    typed = {
        "competence": soldering.pk,
        "measure": "Half a day",
        "training_from": today,
        "criterion": "None",
        "method": "Count",
        "who": hr.username,
        "due": today + timedelta(days=9),
    }
    for process in ("", other.pk):
        assert client.post(address("plan-evaluation"), typed | {"process": process}).status_code == 200
    assert not Evaluation.objects.exists()
    assert client.post(address("plan-evaluation"), typed | {"process": repair.pk}).status_code == 302
    assert Evaluation.objects.get().process == repair


def test_an_evaluator_of_whom_it_is_asked_as_well_is_told_apart(client, planned, soldering, hr, edith):
    client.force_login(hr)
    page = address("evaluation", planned.pk)
    assert b"is asked of them as well" not in client.get(page).content
    require(role_named("Fitter"), soldering, since=TODAY, by=None, at=NOON)
    hold(edith, "Fitter")
    assert b"is asked of them as well" in client.get(page).content
