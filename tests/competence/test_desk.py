"""HR's desk, as people meet it: rules with what they would do shown first, and what is written about a person."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from competence.actions import count_as, define_competence, record_proof, require, take_part, waive
from competence.certificates import MOST_BYTES
from competence.models import Competence, Equivalence, Participation, Proof, Requirement, Validity, Waiver
from knowledge.actions import draft_page, publish
from knowledge.models import Process
from people.actions import record_leave
from people.groups import AUDITORS, EXPERTS, HR
from people.models import LeaveOfAbsence
from tests.scenes import NOON, department_named, hire, role_named
from tests.security.payloads import ALWAYS, harm_in

pytestmark = pytest.mark.django_db

TOLD = {"by": None, "at": NOON}
LONG_AGO = date(2020, 1, 1)
PDF = b"%PDF-1.7 a certificate"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def soldering():
    return define_competence("Soldering", validity_months=12, **TOLD)


@pytest.fixture
def ada():
    return hire("Ada", "Byron", role="Fitter", department="Assembly", since=LONG_AGO)


@pytest.fixture
def hr(client):
    person = hire("Hanna", "Reuter", groups=[HR])
    client.force_login(person)
    return person


def at(name, *arguments):
    return reverse(f"competence:{name}", args=arguments)


def seal_in(response):
    return re.search(rb'name="shown" value="(\w+)"', response.content)[1].decode()


def previewed(client, address, typed):
    return client.post(address, typed)


def saved(client, address, typed, reach):
    """Look at what it would do, then save it."""
    seal = seal_in(client.post(address, typed))
    return client.post(address, {**typed, "shown": seal, "reach": reach})


def queries_of(client, method, *arguments):
    with CaptureQueriesContext(connection) as captured:
        assert getattr(client, method)(*arguments).status_code == 200
    return len(captured)


def numbers(response):
    """{choice: {what happens to how many}}"""
    return {
        effect.choice: {group.title: group.number for group in effect.groups} for effect in response.context["effects"]
    }


def asking(today, ground, **more):
    return {"ground": ground.pk, "since": today, "due_days": 30, "level": 1, **more}


def a_process(by, title="Repair"):
    process = draft_page(Process, title=title, purpose="Mend it", by=by, at=NOON)
    publish(process, by=by, at=NOON, change_summary="First.", training_impact="none", impact_reason="New.")
    return process


def test_what_a_requirement_would_do_is_shown_and_nothing_is_saved(client, hr, ada, soldering, today):
    shown = previewed(client, at("require", soldering.pk, "role"), asking(today, role_named("Fitter"), due_days=7))
    assert numbers(shown) == {"Only those who come after it": {}, "Those who are here as well": {"newly asked": 1}}
    assert b"Ada Byron" in shown.content
    assert b'value="7"' in shown.content  # what was typed is still there
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("reach", ["new", "all"])
def test_what_was_shown_is_saved_for_newcomers_or_for_all(client, hr, ada, soldering, today, reach):
    saved(client, at("require", soldering.pk, "department"), asking(today, department_named("Assembly")), reach)
    requirement = Requirement.objects.get()
    assert requirement.ground == department_named("Assembly")
    assert requirement.newcomers_only is (reach == "new")


def test_what_was_changed_after_it_was_shown_is_shown_anew(client, hr, ada, soldering, today):
    address, typed = at("require", soldering.pk, "role"), asking(today, role_named("Fitter"))
    seal = seal_in(client.post(address, typed))
    again = client.post(address, {**typed, "due_days": 1, "shown": seal, "reach": "all"})
    assert seal_in(again) != seal
    assert b"Choose for whom" in client.post(address, {**typed, "shown": seal}).content
    assert not Requirement.objects.exists()


def test_a_requirement_that_began_long_ago_makes_people_overdue(client, hr, ada, soldering, today):
    typed = asking(today - timedelta(days=90), role_named("Fitter"))
    shown = previewed(client, at("require", soldering.pk), typed)
    assert numbers(shown)["Those who are here as well"] == {"newly asked": 1, "newly overdue": 1}


def test_a_shorter_time_shows_who_is_asked_by_another_day(client, hr, ada, soldering, today):
    require(role_named("Fitter"), soldering, since=today, due_days=30, **TOLD)
    typed = asking(today, department_named("Assembly"), due_days=7)
    shown = previewed(client, at("require", soldering.pk, "department"), typed)
    assert numbers(shown)["Those who are here as well"] == {"asked by another day": 1}


def test_a_preview_names_fifty_and_counts_the_rest_in_as_many_queries(client, hr, ada, soldering, today):
    address, typed = at("require", soldering.pk, "role"), asking(today, role_named("Fitter"))
    few = queries_of(client, "post", address, typed)
    for number in range(53):
        hire(f"P{number}", "Byron", role="Fitter", since=LONG_AGO)
    assert queries_of(client, "post", address, typed) == few
    shown = previewed(client, address, typed)
    assert b"54 people newly asked" in shown.content
    assert b"and 4 more" in shown.content


def test_a_process_asks_those_whose_roles_take_part(client, hr, ada, soldering, today):
    process = a_process(hr)
    typed = {"role": role_named("Fitter").pk, "process": process.pk, "since": LONG_AGO}
    saved(client, at("take-part"), typed, "")
    assert Participation.objects.get().role == role_named("Fitter")
    shown = saved(client, at("require", soldering.pk, "process"), asking(today, process), "all")
    assert shown.status_code == 302
    assert b"Repair" in client.get(at("competence", soldering.pk)).content
    client.post(at("end-participation", Participation.objects.get().pk), {"until": today})
    assert Participation.objects.get().until == today


def test_whom_it_would_ask_that_a_role_takes_part_is_shown_first(client, hr, ada, soldering, today):
    process = a_process(hr)
    require(process, soldering, since=LONG_AGO, due_days=30, **TOLD)
    typed = {"role": role_named("Fitter").pk, "process": process.pk, "since": today}
    assert numbers(client.post(at("take-part"), typed)) == {"": {"newly asked": 1}}
    early = client.post(at("take-part"), {**typed, "since": LONG_AGO})
    assert numbers(early) == {"": {"newly asked": 1, "newly overdue": 1}}
    assert b"Ada Byron" in early.content
    assert not Participation.objects.exists()


def test_of_whom_it_is_asked_no_longer_is_shown_before_a_requirement_ends(client, hr, ada, soldering, today):
    requirement = require(role_named("Fitter"), soldering, since=LONG_AGO, **TOLD)
    address, typed = at("end-requirement", requirement.pk), {"until": today, "reason": "Robots do it"}
    assert numbers(client.post(address, typed)) == {"": {"no longer asked": 1}}
    require(department_named("Assembly"), soldering, since=LONG_AGO, **TOLD)
    assert numbers(client.post(address, typed)) == {"": {}}
    saved(client, address, typed, "")
    requirement.refresh_from_db()
    assert (requirement.until, requirement.ended_because) == (today, "Robots do it")


def test_a_process_that_is_kept_from_the_reader_is_named_nowhere(client, hr, soldering, today):
    process = a_process(hire("Ines", groups=[EXPERTS]), title="Hushed")
    take_part(role_named("Fitter"), process, since=LONG_AGO, **TOLD)
    require(process, soldering, since=LONG_AGO, **TOLD)
    pages = [at("list"), at("competence", soldering.pk), at("participations"), at("require", soldering.pk, "process")]
    pages.append(at("take-part"))
    assert all(b"Hushed" in client.get(page).content for page in pages)
    PageViewRestriction.objects.create(page=process, restriction_type="groups")
    assert not any(b"Hushed" in client.get(page).content for page in pages)
    assert client.get(at("end-participation", Participation.objects.get().pk)).status_code == 404
    typed = asking(today, process)
    assert client.post(at("require", soldering.pk, "process"), typed).context["form"].errors["ground"]


def test_another_validity_shows_whom_it_would_make_overdue(client, hr, ada, soldering, today):
    given = today - timedelta(days=100)
    require(role_named("Fitter"), soldering, since=given - timedelta(days=60), **TOLD)
    Validity.objects.update(since=LONG_AGO)
    proof = record_proof(ada, soldering, basis="course", reference="attempt 1", on=given, **TOLD)
    typed = {"since": today, "because": "The wire changed", "mode": "completion", "months": 1}
    typed |= {"window_days": 10, "minimum_days": 0}
    shown = previewed(client, at("set-validity", soldering.pk), typed)
    only_new, all_too = numbers(shown).values()
    assert only_new == {}
    assert all_too == {"newly overdue": 1, "asked by another day": 1}
    assert b"Five people under this rule" in shown.content
    assert b"1 of them holds to another day" in shown.content
    assert Proof.objects.standing().get() == proof
    saved(client, at("set-validity", soldering.pk), typed, "all")
    assert Proof.objects.standing().get().corrects == proof
    assert Validity.objects.filter(until=None).get().months == 1


def test_a_validity_that_is_not_whole_is_said_at_its_field(client, hr, soldering, today):
    typed = {"since": today, "because": "x", "mode": "calendar", "window_days": 10, "minimum_days": 0}
    answer = client.post(at("set-validity", soldering.pk), typed)
    assert "day" in answer.context["form"].errors
    assert "effects" not in answer.context
    typed["mode"] = "fixed"
    assert "months" in client.post(at("set-validity", soldering.pk), typed).context["form"].errors


def test_a_rule_that_stands_from_a_later_day_is_said_above_the_form(client, hr, soldering):
    typed = {"since": LONG_AGO, "because": "x", "mode": "none", "window_days": 10, "minimum_days": 0}
    answer = saved(client, at("set-validity", soldering.pk), typed, "new")
    assert b"Choose a later day" in answer.content


def test_hr_defines_awareness_and_names_and_ends_an_equivalent(client, hr, soldering, today):
    typed = {"name": "The policy", "kind": "awareness", "mode": "none", "window_days": 30, "minimum_days": 0}
    client.post(at("add"), typed)
    policy = Competence.objects.get(name="The policy")
    assert policy.is_awareness
    client.post(at("count-as", policy.pk), {"proven": soldering.pk, "since": today, "because": "They read it there"})
    equivalence = Equivalence.objects.get()
    assert b"They read it there" in client.get(at("competence", policy.pk)).content
    client.post(at("end-equivalence", equivalence.pk), {"until": today, "reason": "No more"})
    assert Equivalence.objects.get().until == today


def test_awareness_is_asked_for_at_no_level(client, hr, soldering, today):
    policy = define_competence("The policy", kind=Competence.Kind.AWARENESS, **TOLD)
    for competence, levels in ((soldering, True), (policy, False)):
        address = at("require", competence.pk, "role")
        assert (b"At the level" in client.get(address).content) is levels
        saved(client, address, {**asking(today, role_named("Fitter")), "stage": 1}, "all")
        page = client.get(at("competence", competence.pk)).content
        assert (b"with guidance" in page) is levels
        assert b"in the first week" in page
    assert Requirement.objects.count() == 2


def test_whoever_holds_an_equivalent_is_named_with_it(client, hr, ada, soldering, today):
    welding = define_competence("Welding", **TOLD)
    count_as(welding, soldering, since=LONG_AGO, because="x", **TOLD)
    record_proof(ada, welding, basis="course", reference="attempt 1", on=today, **TOLD)
    assert "by Welding" in client.get(at("competence", soldering.pk)).content.decode()


def test_a_competence_page_runs_as_many_queries_for_many_as_for_few(client, hr, ada, soldering, today):
    def add(number):
        require(role_named(f"Role {number}"), soldering, since=LONG_AGO, **TOLD)
        require(department_named(f"Department {number}"), soldering, since=LONG_AGO, **TOLD)
        require(a_process(hr, title=f"Process {number}"), soldering, since=LONG_AGO, **TOLD)
        other = define_competence(f"Other {number}", **TOLD)
        count_as(other, soldering, since=LONG_AGO, because="x", **TOLD)
        record_proof(hire(f"P{number}"), other, basis="course", reference="x", on=today, **TOLD)

    add(0)
    few = [queries_of(client, "get", page) for page in (at("competence", soldering.pk), at("list"))]
    for number in range(1, 5):
        add(number)
    assert [queries_of(client, "get", page) for page in (at("competence", soldering.pk), at("list"))] == few


def certificate(soldering, today, **more):
    file = SimpleUploadedFile("../../ADA <script>.pdf", PDF)
    told = {"competence": soldering.pk, "level": 1, "issuer": "TÜV", "number": "4711", "on": today}
    return {**told, "until": today + timedelta(days=90), "file": file} | more


def test_a_certificate_is_kept_under_no_name_of_its_own_and_given_to_whoever_may_see_the_person(
    client, hr, ada, soldering, today
):
    client.post(at("record-certificate", ada.pk), certificate(soldering, today))
    proof = Proof.objects.get()
    assert (proof.issuer, proof.reference, proof.until) == ("TÜV", "4711", today + timedelta(days=90))
    assert re.fullmatch(r"certificates/[0-9a-f]{32}\.pdf", proof.file.name)
    assert client.get(f"/media/{proof.file.name}").status_code == 404
    manager = hire("Max")
    ben = hire("Ben", manager=manager, since=LONG_AGO)
    for reader, status in ((hr, 200), (ada, 200), (hire("Aud", groups=[AUDITORS]), 200), (manager, 403), (ben, 403)):
        client.force_login(reader)
        answer = client.get(at("certificate", proof.pk))
        assert answer.status_code == status
    client.force_login(ada)
    answer = client.get(at("certificate", proof.pk))
    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="certificate-{proof.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.logout()
    assert client.get(at("certificate", proof.pk)).status_code == 302


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg onload=alert(1)>"),
        ("a.pdf.html", PDF),
        ("a.png", PDF),
        ("a", PDF),
        ("a.pdf", PDF + b" " * MOST_BYTES),
    ],
    ids=["html", "no pdf", "svg", "two endings", "another ending", "no ending", "too large"],
)
def test_any_other_file_is_refused_and_what_was_typed_stays(client, hr, ada, soldering, today, name, content):
    typed = certificate(soldering, today, file=SimpleUploadedFile(name, content))
    answer = client.post(at("record-certificate", ada.pk), typed)
    assert answer.context["form"].errors.keys() == {"file"}
    assert b'value="4711"' in answer.content
    assert not Proof.objects.exists()


def test_a_competence_says_how_it_was_shown_to_whoever_may_see_the_person(client, hr, ada, soldering, today):
    client.post(at("record-certificate", ada.pk), certificate(soldering, today))
    file = at("certificate", Proof.objects.get().pk)
    for reader, may in ((hr, True), (ada, True), (hire("Ben"), False)):
        client.force_login(reader)
        page = client.get(at("competence", soldering.pk)).content.decode()
        assert [words in page for words in ("Certificate of someone else", "4711, TÜV", file)] == [may] * 3


def test_the_same_certificate_is_not_recorded_twice_without_a_word(client, hr, ada, soldering, today):
    client.post(at("record-certificate", ada.pk), certificate(soldering, today))
    again = client.post(at("record-certificate", ada.pk), certificate(soldering, today))
    assert b"is recorded for Ada Byron already" in again.content
    tomorrow = certificate(soldering, today, on=today + timedelta(days=1), number="4712")
    assert b"still to come" in client.post(at("record-certificate", ada.pk), tomorrow).content
    assert Proof.objects.count() == 1


def test_experience_is_accepted_with_a_reason_and_a_proof_corrected_and_revoked(client, hr, ada, soldering, today):
    told = {"competence": soldering.pk, "level": 2, "on": today}
    assert client.post(at("record-experience", ada.pk), told).context["form"].errors.keys() == {"because"}
    client.post(at("record-experience", ada.pk), told | {"because": "Ten years"})
    proof = Proof.objects.get()
    assert (proof.level, proof.because) == (2, "Ten years")
    client.post(at("correct-proof", proof.pk), {"since": today, "until": today, "reason": "typo"})
    proof = Proof.objects.standing().get()
    assert proof.until == today
    client.post(at("correct-proof", proof.pk), {"since": today, "until": today, "void": "on", "reason": "No"})
    assert not Proof.objects.standing().exists()
    assert client.get(at("correct-proof", proof.pk)).status_code == 404


def test_practice_is_signed_for_by_whoever_saw_it_and_may(client, ada, soldering, today):
    told = {"competence": soldering.pk, "level": 1, "on": today, "because": "Ten joints, all good"}
    manager = hire("Max")
    ben = hire("Ben", manager=manager, since=LONG_AGO)
    for person, reader, status in (
        (ben, manager, 302),
        (ben, hire("Hans", groups=[HR]), 302),
        (ben, ben, 403),  # themselves
        (ada, manager, 403),  # no report of theirs
        (ben, ada, 403),
        (ben, hire("Aud", groups=[AUDITORS]), 403),  # sees everyone, and signs for nobody
        (ben, hire("Emil", groups=[EXPERTS]), 403),  # by the competence's page, not by the record
    ):
        client.force_login(reader)
        assert client.post(at("record-practice", person.pk), told).status_code == status
    assert {proof.assessor.first_name for proof in Proof.objects.all()} == {"Max", "Hans"}


def test_an_expert_signs_for_someone_whose_record_they_may_not_see(client, ada, soldering, today):
    emil = hire("Emil", groups=[EXPERTS])
    client.force_login(emil)
    told = {"who": ada.username, "level": 1, "on": today, "because": "Ten joints, all good"}
    assert client.post(at("observe", soldering.pk), told).status_code == 302
    assert Proof.objects.get().assessor == emil
    assert b"of nobody here" in client.post(at("observe", soldering.pk), told | {"who": "nobody"}).content
    assert b"signs for themselves" in client.post(at("observe", soldering.pk), told | {"who": emil.email}).content
    assert Proof.objects.count() == 1


def test_hr_waives_and_ends_it_and_not_for_themselves(client, hr, ada, soldering, today):
    told = {"competence": soldering.pk, "since": today, "until": today + timedelta(days=9), "reason": "Abroad"}
    client.post(at("waive", ada.pk), told)
    assert b"Abroad" in client.get(reverse("people:person", args=[ada.pk])).content
    client.post(at("end-waiver", Waiver.objects.get().pk), {"until": today, "reason": "Back"})
    assert Waiver.objects.standing().get().until == today
    assert b"of themselves" in client.post(at("waive", hr.pk), told).content
    assert client.post(at("waive", ada.pk), told | {"until": ""}).context["form"].errors.keys() == {"until"}


def test_hr_records_ends_and_corrects_a_leave_and_gives_no_reason(client, hr, ada, today):
    form = client.get(reverse("people:record-leave", args=[ada.pk])).context["form"]
    assert list(form.fields) == ["since", "until"]
    client.post(reverse("people:record-leave", args=[ada.pk]), {"since": today})
    leave = LeaveOfAbsence.objects.get()
    client.post(reverse("people:end-leave", args=[leave.pk]), {"until": today})
    assert LeaveOfAbsence.objects.get().until == today
    client.post(reverse("people:correct-leave", args=[leave.pk]), {"since": today, "void": "on"})
    assert not LeaveOfAbsence.objects.standing().exists()


def test_a_record_says_why_what_comes_next_and_how_it_was(client, hr, ada, soldering, today):
    began = today - timedelta(days=100)
    require(role_named("Fitter"), soldering, since=began, due_days=150, **TOLD)
    page = reverse("people:person", args=[ada.pk])
    now = client.get(page).content.decode()
    assert "The role Fitter" in now
    due = began + timedelta(days=151)
    assert f"Next: overdue from {due:%-d %b %Y}" in now
    before = client.get(page, {"on": (began - timedelta(days=1)).isoformat()}).content.decode()
    assert "Nothing is asked" in before
    for nonsense in ("2026-13-45", "<script>", (today + timedelta(days=900)).isoformat()):
        assert "The role Fitter" in client.get(page, {"on": nonsense}).content.decode()


def test_a_record_runs_as_many_queries_for_a_long_history(client, hr, ada, today):
    def add(number):
        competence = define_competence(f"Competence {number}", **TOLD)
        require(role_named("Fitter"), competence, since=LONG_AGO, **TOLD)
        record_proof(ada, competence, basis="practice", reference="x", on=today, assessor=hr, **TOLD)
        waive(ada, competence, since=today, until=today, reason="x", **TOLD)
        record_leave(ada, since=LONG_AGO + timedelta(days=number), until=LONG_AGO + timedelta(days=number), **TOLD)

    add(0)
    page = reverse("people:person", args=[ada.pk])
    few = queries_of(client, "get", page)
    for number in range(1, 6):
        add(number)
    assert queries_of(client, "get", page) == few


def test_only_hr_and_administrators_are_offered_the_desk(client, hr, ada, soldering):
    require(role_named("Fitter"), soldering, since=LONG_AGO, **TOLD)
    pages = [at("competence", soldering.pk), reverse("people:person", args=[ada.pk]), at("participations"), at("list")]
    offered = re.compile(r'href="[^"]*/(?:validity|require/role|equivalent|certificate|waive|leave|take-part|add)/"')
    assert all(offered.search(client.get(page).content.decode()) for page in pages)
    client.force_login(ada)
    assert not any(offered.search(client.get(page).content.decode()) for page in pages)


def pages_with(client, ada, words, today):
    """The desk's pages with `words` in each of its free texts."""
    soldering = define_competence(f"A {words}"[:160], description=words, validity_months=12, **TOLD)
    welding = define_competence(f"B {words}"[:160], **TOLD)
    require(role_named(f"Role {words}"[:120]), soldering, since=LONG_AGO, **TOLD)
    count_as(welding, soldering, since=LONG_AGO, because=words, **TOLD)
    client.post(at("record-certificate", ada.pk), certificate(soldering, today, issuer=words, number=words))
    client.post(
        at("record-experience", ada.pk), {"competence": soldering.pk, "level": 1, "on": today, "because": words}
    )
    client.post(at("waive", ada.pk), {"competence": soldering.pk, "since": today, "until": today, "reason": words})
    typed = {"since": today + timedelta(days=1), "because": words, "mode": "none", "window_days": 1, "minimum_days": 0}
    yield client.post(at("set-validity", soldering.pk), typed)
    saved(client, at("set-validity", soldering.pk), typed, "new")
    yield client.post(at("observe", soldering.pk), {"who": words, "level": 1, "on": today, "because": words})
    for page in (at("competence", soldering.pk), reverse("people:person", args=[ada.pk]), at("list")):
        yield client.get(page)


def test_nothing_that_is_typed_at_the_desk_runs(client, hr, ada, today):
    ours = {one for page in pages_with(client, ada, "plain words", today) for one in harm_in(page.content.decode())}
    for words in ALWAYS:
        for page in pages_with(client, ada, words, today):
            assert page.status_code == 200
            assert harm_in(page.content.decode(), base=ours) == set(), words
