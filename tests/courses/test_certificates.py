"""A certificate for who has it, and its check for whoever was given its code."""

import re

import pytest
from django.urls import reverse

from competence.actions import correct_proof
from courses.certificates import LENGTH, LETTERS, new_code, read_code, written
from courses.models import Certificate
from tests.courses.pages import words_in, words_of
from tests.courses.quiz_scenes import a_brief, a_course
from tests.courses.step_scenes import a_task, later, passes
from tests.scenes import hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def certified(**said):
    course, person = a_course(readings=[a_brief()], **said), hire("Ada", "Byron")
    passes(course, person)
    return Certificate.objects.get(course=course)


def checked(client, code):
    """By a stranger."""
    client.logout()
    return client.get(reverse("certificates:check", args=[code]))


def test_a_code_is_long_and_made_of_letters_that_nobody_mistakes():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert len(LETTERS) ** LENGTH >= 2**80
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0123456789ABCDEFGHJK", "0123456789ABCDEFGHJK"),
        ("01234-56789-abcde-fghjk", "0123456789ABCDEFGHJK"),
        (" ol234 56789 ABCDE FGHJK ", "0123456789ABCDEFGHJK"),
        ("", ""),
        ("0123456789ABCDEFGHJ", ""),
        ("0123456789ABCDEFGHJKM", ""),
        ("0123456789ABCDEFGHJ\x00", ""),
        ("0123456789ABCDEFGHJU", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert read_code(typed) == code


def test_a_stranger_learns_what_is_needed_and_no_more(client):
    certificate = certified()
    response = checked(client, certificate.code)
    words = words_in(response.content.decode())
    for said in ("Valid", "Ada Byron", certificate.title, str(certificate.proof.competence), "2 March 2027"):
        assert said in words
    for kept in (certificate.person.username, certificate.person.email, "Storing lithium cells"):
        assert kept not in words
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_a_revoked_and_an_expired_certificate_say_so(client, time_machine):
    expired, revoked = certified(), certified()
    proof = revoked.proof
    correct_proof(proof, since=proof.since, until=proof.until, void=True, reason="SECRET", by=None, at=later(1))
    words = words_in(checked(client, revoked.code).content.decode())
    assert "Revoked" in words
    assert "Valid until" not in words
    assert "SECRET" not in words
    time_machine.move_to(later(366), tick=False)
    assert "Expired" in words_in(checked(client, expired.code).content.decode())


def test_a_corrected_proof_is_what_the_certificate_says(client):
    certificate = certified()
    proof = certificate.proof
    correct_proof(proof, since=proof.since, until=later(30).date(), reason="Shorter.", by=None, at=later(1))
    assert "1 April 2026" in words_in(checked(client, certificate.code).content.decode())


def test_every_code_that_there_is_not_gets_the_same_answer(client):
    certified()
    answers = {
        re.sub(r'"X-CSRFToken": "[^"]+"', "", checked(client, code).content.decode())
        for code in (new_code(), "x", "<script>", "0" * 500, "..", "%00")
    }
    assert len(answers) == 1
    assert checked(client, new_code()).status_code == 404


def test_a_code_is_looked_up_from_the_form(client):
    certificate = certified()
    find = reverse("certificates:find")
    found = client.get(find, {"code": written(certificate.code).lower()}, follow=True)
    assert "Ada Byron" in words_in(found.content.decode())
    assert client.get(find, {"code": "/../admin?x"}, follow=True).status_code == 404


def test_the_pdf_is_for_the_person_and_names_what_it_rests_on(client):
    certificate = certified()
    client.force_login(certificate.person)
    response = client.get(reverse("courses:certificate", args=[certificate.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    client.force_login(hire())
    assert client.get(reverse("courses:certificate", args=[certificate.pk])).status_code == 403


def test_the_result_the_course_and_my_learning_lead_to_the_certificate(client):
    certificate = certified()
    client.force_login(certificate.person)
    address = reverse("courses:certificate", args=[certificate.pk])
    for page in (
        reverse("courses:result", args=[certificate.attempt_id]),
        certificate.course.url,
        reverse("courses:learning"),
    ):
        assert address in client.get(page).content.decode()


def test_a_passed_quiz_is_not_yet_a_course_where_more_is_to_be_shown(client):
    course, person = a_course(tasks=[a_task()]), hire()
    attempt = passes(course, person)
    words = words_of(client, person, "courses:result", attempt.pk)
    assert "once all its steps are done" in words
    assert "It proves the competence" not in words
