"""Whom only an edition asks again is asked about what changed."""

from datetime import date, timedelta

import pytest

from competence.actions import correct_proof, record_proof
from competence.models import Proof as ProofRow
from competence.obligations import Change, Facts, Proof, standing_proofs
from courses.actions import regrade_question, start_attempt, submit_attempt, withdraw_question
from courses.delta import asking_again, changed_places
from courses.models import Attempt, Course, CourseReading, Slot
from courses.regrade_plan import plan_of
from evidence import leaves
from evidence.models import Entry
from knowledge.actions import publish
from knowledge.passages import Passage, id_of
from tests.courses.pages import words_of
from tests.courses.quiz_scenes import a_brief, a_course, a_question, an_attempt, answers_of, read_all
from tests.courses.step_scenes import a_long_course, completes
from tests.scenes import NOON, TODAY, hire

SECTIONS = ["Charging", "Storing", "Sending", "Scrapping"]
BODY = "\n\n".join(f"## {title}\n\nAs before." for title in SECTIONS)
MONTH_LATER = NOON + timedelta(days=30)
A_SLIP = [("About half", False, ""), ("Full", True, ""), ("Empty", False, "")]
in_the_house = pytest.mark.django_db


def day(text):
    return date.fromisoformat(text)


PROOF = Proof(1, 1, 1, day("2026-01-01"), day("2026-12-31"), 30, texts=frozenset({(7, 1), (8, 2)}))
CHANGE = Change(1, 7, 2, day("2026-03-01"), 30, is_test=True)


@pytest.mark.parametrize(
    ("proof", "changes", "on", "pages"),
    [
        (PROOF, [], "2026-03-02", set()),
        (PROOF, [CHANGE], "2026-02-28", set()),
        (PROOF, [CHANGE], "2026-03-02", {7}),
        # After the thirty days, too: it is overdue, and still for nothing but the edition.
        (PROOF, [CHANGE], "2026-06-01", {7}),
        (PROOF, [CHANGE._replace(is_test=False)], "2026-03-02", set()),
        (PROOF, [CHANGE._replace(number=1)], "2026-03-02", set()),
        (PROOF, [CHANGE._replace(page=9)], "2026-03-02", set()),
        (PROOF, [CHANGE, CHANGE._replace(id=2, page=8, number=3, is_test=False)], "2026-03-02", {7}),
        (PROOF, [CHANGE, CHANGE._replace(id=2, page=8, number=3)], "2026-03-02", {7, 8}),
        # It is to be renewed in any case, or has ended.
        (PROOF, [CHANGE], "2026-12-01", set()),
        (PROOF, [CHANGE], "2027-01-01", set()),
        (PROOF._replace(until=None), [CHANGE], "2027-01-01", {7}),
    ],
)
def test_only_what_nothing_but_an_edition_asks_again_is_asked_in_part(proof, changes, on, pages):
    on = day(on)
    standing = standing_proofs(Facts(proofs=[proof], changes=changes), on=on).get((1, 1))
    assert asking_again(standing, changes, on) == pages


def test_a_proof_that_counts_longer_leaves_nothing_to_ask():
    other = PROOF._replace(id=2, texts=frozenset())
    standing = standing_proofs(Facts(proofs=[PROOF, other], changes=[CHANGE]), on=day("2026-03-02"))[1, 1]
    assert asking_again(standing, [CHANGE], day("2026-03-02")) == set()


def passage(title, text):
    return Passage("body", "Text", "markdown", (title,), 1, text)


@pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        ([("A", "one")], [("A", "one")], []),
        ([("A", "one")], [("A", " one\n")], []),
        ([("A", "one")], [("A", "two")], ["A"]),
        ([("A", "one")], [("A", "one"), ("B", "two")], ["B"]),
        ([("A", "one"), ("B", "two")], [("B", "two")], []),
        ([("A", "one")], [("B", "one")], ["B"]),
    ],
)
def test_what_reads_otherwise_or_is_new_has_changed(was, now, changed):
    was, now = ([passage(*each) for each in texts] for texts in (was, now))
    assert changed_places({7: was}, {7: now}) == {(7, id_of("body", [title])) for title in changed}


def learn(course, person, *, at=NOON):
    attempt = an_attempt(course, person, at=at)
    return submit_attempt(attempt, answers=answers_of(attempt), by=person, at=at)


def change(brief, *titles, impact="test", at=MONTH_LATER):
    for title in titles:
        brief.body = brief.body.replace(f"## {title}\n\nAs before.", f"## {title}\n\nOtherwise now.")
    publish(brief, by=None, at=at, change_summary="Safer.", training_impact=impact, impact_reason="Small.")


def ask(course, brief, *titles, each=1, at=NOON):
    for title in titles:
        for place in range(each):
            told = {"stem": f"{title}, {place}?", "passage": id_of("body", [title])}
            a_question(course, tests=brief, at=at, **told)


@pytest.fixture
def brief():
    return a_brief(body=BODY)


@pytest.fixture
def course(brief):
    """Twelve questions, three on each passage."""
    course = a_course(questions=0, readings=[brief])
    ask(course, brief, *SECTIONS, each=3)
    return course


@pytest.fixture
def changed(course, brief):
    """Someone has passed, then a passage changed, and there are questions on it again."""
    person = hire()
    learn(course, person)
    change(brief, "Charging")
    ask(course, brief, "Charging", each=3, at=MONTH_LATER)
    read_all(course, person, at=MONTH_LATER)
    return person


def begun(course, person, *, at=MONTH_LATER, **how):
    read_all(course, person, at=at)
    return start_attempt(course, by=person, at=at, **how)


@in_the_house
def test_who_passed_before_is_asked_only_about_what_changed(course, changed):
    attempt = begun(course, changed)
    assert [asked.version.stem for asked in attempt.asked.all()] == [f"Charging, {place}?" for place in range(3)]
    assert attempt.renews == changed.proofs.get()
    entry = Entry.objects.get(key=f"courses.attempt_started:{attempt.pk}")
    assert leaves.parse(bytes(entry.leaf)).facts["delta_of"] == attempt.renews_id


@in_the_house
def test_passing_it_answers_the_edition_and_prolongs_nothing(course, brief, changed):
    first = changed.proofs.get()
    attempt = begun(course, changed)
    submit_attempt(attempt, answers=answers_of(attempt), by=changed, at=MONTH_LATER)
    proof = changed.proofs.exclude(pk=first.pk).get()
    assert (proof.until, proof.since) == (first.until, MONTH_LATER.date())
    assert [edition.number for edition in proof.editions.all()] == [2]
    again = begun(course, changed, at=MONTH_LATER + timedelta(days=1))
    assert (again.renews, again.asked.count()) == (None, 12)


@in_the_house
def test_failing_it_leaves_the_first_proof_and_asks_the_same_again(course, changed):
    attempt = begun(course, changed)
    submit_attempt(attempt, answers=answers_of(attempt, right=0), by=changed, at=MONTH_LATER)
    assert changed.proofs.count() == 1
    assert begun(course, changed).asked.count() == 3


@in_the_house
def test_who_wants_the_whole_quiz_takes_it_and_it_counts_in_full(course, changed):
    attempt = begun(course, changed, whole=True)
    assert (attempt.renews, attempt.asked.count()) == (None, 12)
    submit_attempt(attempt, answers=answers_of(attempt), by=changed, at=MONTH_LATER)
    assert changed.proofs.latest("pk").until > changed.proofs.earliest("pk").until


@in_the_house
def test_an_edition_asks_nobody_for_their_practice_again(brief):
    """The whole quiz of a course that has a practical task, taken because a text changed, keeps what was proved."""
    person, assessor = hire(), hire()
    course = a_long_course(readings=[brief], documents=0, classrooms=0, questions=2)
    completes(course, person, assessor)
    first = person.proofs.get()
    change(brief, "Charging")
    read_all(course, person, at=MONTH_LATER)
    attempt = begun(course, person, whole=True)
    assert (attempt.renews, attempt.asked.count()) == (first, 2)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=MONTH_LATER)
    renewed = person.proofs.latest("pk")
    assert (renewed.until, [edition.number for edition in renewed.editions.all()]) == (first.until, [2])


@in_the_house
@pytest.mark.parametrize("impact", ["read", "none"])
def test_an_edition_that_asks_for_no_test_asks_nothing_in_part(course, brief, impact):
    person = hire()
    learn(course, person)
    change(brief, "Charging", impact=impact)
    assert begun(course, person).renews is None


@in_the_house
def test_what_changed_in_earlier_editions_unasked_is_asked_too(course, brief):
    person = hire()
    learn(course, person)
    change(brief, "Storing", impact="none", at=MONTH_LATER - timedelta(days=1))
    change(brief, "Charging")
    ask(course, brief, "Charging", "Storing", at=MONTH_LATER)
    assert {asked.version.stem for asked in begun(course, person).asked.all()} == {"Charging, 0?", "Storing, 0?"}


@in_the_house
def test_a_passage_that_is_new_is_asked_about(course, brief):
    person = hire()
    learn(course, person)
    brief.body += "\n\n## Flying\n\nNever."
    change(brief)
    ask(course, brief, "Flying", at=MONTH_LATER)
    assert [asked.version.stem for asked in begun(course, person).asked.all()] == ["Flying, 0?"]


@in_the_house
def test_where_no_question_tests_what_changed_all_is_asked(course, brief):
    person = hire()
    learn(course, person)
    change(brief, "Charging")
    attempt = begun(course, person)
    assert (attempt.renews, attempt.asked.count()) == (None, 9)


@in_the_house
def test_who_has_not_passed_this_course_is_asked_all(course, brief, changed):
    assert begun(course, hire()).asked.count() == 12
    other = hire()
    same = a_course(questions=1, teaches=course.teaches, readings=[brief])
    attempt = an_attempt(same, other, at=NOON)
    attempt.editions.set(brief.editions.filter(number=1))
    submit_attempt(attempt, answers=answers_of(attempt), by=other, at=NOON)
    assert begun(course, other).renews is None


@in_the_house
def test_a_text_that_the_course_reads_since_makes_it_whole_again(course, changed):
    CourseReading.objects.create(course=course, page=a_brief(), sort_order=9)
    assert begun(Course.objects.get(pk=course.pk), changed).renews is None


@in_the_house
def test_a_certificate_that_counts_longer_makes_it_an_ordinary_quiz(course, changed):
    told = {"basis": ProofRow.Basis.CERTIFICATE, "reference": "4711", "on": TODAY, "until": date(2030, 1, 1)}
    record_proof(changed, course.teaches, **told, by=None, at=NOON)
    assert begun(course, changed).renews is None


@in_the_house
def test_slots_give_as_many_as_they_would_of_what_changed(course, changed):
    Slot.objects.create(course=course, question=course.questions.get(position=4), sort_order=0)
    Slot.objects.create(course=course, count=2, difficulty=1, sort_order=1)
    course.questions.update(difficulty=1)
    stems = [asked.version.stem for asked in begun(course, changed).asked.all()]
    assert len(stems) == 2
    assert all(stem.startswith("Charging") for stem in stems)


@in_the_house
@pytest.mark.parametrize("how", ["revoked", "ended"])
def test_what_was_never_so_or_has_ended_is_not_renewed(client, course, changed, how):
    first = changed.proofs.get()
    attempt = begun(course, changed)
    told = {"since": first.since, "until": first.until, "reason": "Not they.", "by": None, "at": MONTH_LATER}
    correct_proof(first, **told | ({"void": True} if how == "revoked" else {"until": first.since}))
    submit_attempt(attempt, answers=answers_of(attempt), by=changed, at=MONTH_LATER)
    assert not ProofRow.objects.on(MONTH_LATER.date()).filter(person=changed).exists()
    assert "It proves nothing alone" in words_of(client, changed, "courses:result", attempt.pk)


@in_the_house
def test_it_never_outlasts_what_it_renews_as_that_was_corrected(course, changed):
    first, sooner = changed.proofs.get(), MONTH_LATER.date() + timedelta(days=90)
    attempt = begun(course, changed)
    correct_proof(first, since=first.since, until=sooner, reason="A slip.", by=None, at=MONTH_LATER)
    submit_attempt(attempt, answers=answers_of(attempt), by=changed, at=MONTH_LATER)
    assert changed.proofs.latest("pk").until == sooner


@in_the_house
def test_what_is_withdrawn_is_not_asked_in_part_either(course, changed):
    for question in course.questions.filter(versions__stem__startswith="Charging", withdrawn_at=None):
        withdraw_question(question, reason="Old.", by=None, at=MONTH_LATER)
    assert begun(course, changed).renews is None


@in_the_house
def test_a_partial_quiz_that_was_passed_is_not_counted_against_the_next(course, brief, changed):
    Course.objects.update(attempts_allowed=1)
    for days, title in ((30, None), (60, "Charging, too"), (90, "Charging, as well")):
        at = NOON + timedelta(days=days)
        if title:
            brief.body = brief.body.replace("Otherwise now.", f"Otherwise now. {title}.")
            change(brief, at=at)
            ask(course, brief, "Charging", at=at)
        attempt = begun(Course.objects.get(pk=course.pk), changed, at=at)
        assert attempt.renews
        submit_attempt(attempt, answers=answers_of(attempt), by=changed, at=at)


@in_the_house
def test_the_longest_title_is_no_reason_not_to_renew(course, changed):
    Course.objects.update(title="L" * 255)
    attempt = begun(course, changed)
    submit_attempt(attempt, answers=answers_of(attempt), by=changed, at=MONTH_LATER)
    reference = changed.proofs.latest("pk").reference
    assert (len(reference) <= 200, reference.endswith(f", attempt {attempt.pk}")) == (True, True)


def regraded(question, treatment, key=None):
    seen = plan_of(question, treatment, key, by=None).seen
    told = {"treatment": treatment, "key": key, "reason": "A slip.", "seen": seen}
    return regrade_question(question, **told, by=None, at=MONTH_LATER)


@in_the_house
def test_what_a_partial_quiz_proved_falls_with_what_it_renews_and_stands_up_again_with_it(course, changed):
    partly = begun(course, changed)
    submit_attempt(partly, answers=answers_of(partly), by=changed, at=MONTH_LATER)
    whole = Attempt.objects.get(person=changed, renews=None)
    Attempt.objects.filter(pk=whole.pk).update(pass_percent=100)
    asked = whole.asked.filter(version__stem__startswith="Storing").first().version
    wrong = a_question(course, question=asked.question, options=A_SLIP, passage=asked.passage, tests=asked.tests)
    standing = ProofRow.objects.standing().filter(person=changed)
    regraded(asked.question, "key", wrong)
    assert not standing.exists()
    regraded(asked.question, "everyone")
    assert standing.count() == 2


@in_the_house
def test_who_passes_in_part_by_a_regrade_keeps_it_and_is_asked_in_part_next_time(client, course, brief, changed):
    Course.objects.update(pass_percent=100)
    attempt = begun(course, changed)
    submit_attempt(attempt, answers=answers_of(attempt, right=2), by=changed, at=MONTH_LATER)
    regraded(attempt.asked.last().version.question, "everyone")
    assert "It keeps the competence" in words_of(client, changed, "courses:result", attempt.pk)
    change(brief, "Storing", at=MONTH_LATER + timedelta(days=1))
    ask(course, brief, "Storing", at=MONTH_LATER + timedelta(days=1))
    again = begun(course, changed, at=MONTH_LATER + timedelta(days=1))
    assert [asked.version.stem for asked in again.asked.all()] == ["Storing, 0?"]
