import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competence.actions import define_competence
from courses.models import Assignment, Course, Slot
from evidence.models import Listing
from knowledge.actions import draft_page
from knowledge.models import KnowledgeBrief
from knowledge.shelves import section_for
from people.actions import appoint_administrator
from people.groups import EXPERTS, PROCESS_OWNERS
from tests.courses.quiz_scenes import a_brief, a_course, asked_for
from tests.scenes import NOON, hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = hire()
    appoint_administrator(person, by=None, at=NOON)
    client.force_login(person)
    return person


def a_form(teaches, *readings, **fields):
    """What a browser sends for a course that is written in the admin."""
    rows = {f"readings-{place}-page": page.pk for place, page in enumerate(readings)}
    orders = {f"readings-{place}-ORDER": place + 1 for place in range(len(readings))}
    sizes = {"readings-TOTAL_FORMS": len(readings), "readings-INITIAL_FORMS": 0}
    for rows_of in ("slots", "prerequisites", "files", "classrooms", "tasks"):
        sizes |= {f"{rows_of}-TOTAL_FORMS": 0, f"{rows_of}-INITIAL_FORMS": 0}
    sizes |= {"wait_hours": 0, "reveals": "passed"}
    comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    told = {"title": "Lifting", "slug": "lifting", "summary": "", "introduction": "", "pass_percent": 70}
    return told | comments | sizes | rows | orders | {"teaches": teaches.pk} | fields


def add(client, data):
    return client.post(reverse("wagtailadmin_pages:add", args=["courses", "course", section_for("courses").pk]), data)


def test_publishing_a_course_assigns_it_to_those_who_lack_what_it_teaches(client, administrator):
    earlier = a_course()
    asked_for(earlier)
    person, brief = hire(role="Packer"), a_brief()
    add(client, a_form(earlier.teaches, brief, **{"action-publish": "1"}))
    course = Course.objects.get(slug="lifting")
    assert (course.live, course.pass_percent) == (True, 70)
    assert [reading.page_id for reading in course.readings.all()] == [brief.pk]
    assert Assignment.objects.filter(person=person, course=course, until=None).exists()
    entry = Listing.objects.get(entry__key__startswith=f"courses.course_published:{course.pk}:")
    assert entry.by == administrator.pseudonym.token


def test_a_course_that_an_expert_writes_is_published_by_a_process_owner(client):
    expert, owner = hire(groups=[EXPERTS]), hire(groups=[PROCESS_OWNERS])
    client.force_login(expert)
    add(client, a_form(define_competence("Lifting", by=None, at=NOON), **{"action-submit": "1"}))
    course = Course.objects.get(slug="lifting")
    assert not course.live
    client.force_login(owner)
    task = course.current_workflow_task_state
    approval = reverse("wagtailadmin_pages:workflow_action", args=[course.pk, "approve", task.pk])
    client.post(approval, {"comment": ""})
    course.refresh_from_db()
    assert course.live
    assert Listing.objects.get(kind="courses.course_published").by == owner.pseudonym.token


@pytest.mark.parametrize("pass_percent", [0, 101])
def test_a_pass_mark_is_a_percentage(client, administrator, pass_percent):
    teaches = define_competence("Lifting", by=None, at=NOON)
    response = add(client, a_form(teaches, pass_percent=pass_percent, **{"action-publish": "1"}))
    assert response.status_code == 200
    assert not Course.objects.filter(slug="lifting").exists()


def test_unpublishing_a_course_in_the_admin_ends_what_it_assigned(client, administrator):
    course = a_course()
    asked_for(course)
    hire(role="Packer")
    client.post(reverse("wagtailadmin_pages:unpublish", args=[course.pk]))
    assert not Assignment.objects.filter(until=None).exists()
    assert Listing.objects.get(kind="courses.course_withdrawn").by == administrator.pseudonym.token


@pytest.mark.django_db(transaction=True)
def test_a_course_whose_unpublishing_cannot_be_recorded_stays(monkeypatch):
    course = a_course()
    asked_for(course)
    hire(role="Packer")

    def refuse(*args):
        raise OSError("The disk is full.")

    monkeypatch.setattr("evidence.rows.insert_rows", refuse)
    with pytest.raises(OSError, match="disk is full"):
        Course.objects.get(pk=course.pk).unpublish()
    assert Course.objects.get(pk=course.pk).live
    assert Assignment.objects.filter(until=None).count() == 1


def test_a_course_that_was_published_is_not_deleted(client, administrator):
    course = a_course()
    response = client.post(reverse("wagtailadmin_pages:delete", args=[course.pk]))
    assert response.url == reverse("wagtailadmin_pages:unpublish", args=[course.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={course.pk}")
    assert Course.objects.filter(pk=course.pk).exists()


def test_a_page_that_a_course_uses_is_not_deleted(client, administrator):
    draft = draft_page(KnowledgeBrief, title="Lifting", body="With the legs.", by=None, at=NOON)
    course = a_course(readings=[draft])
    response = client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]), follow=True)
    assert f"The course “{course.title}” uses this page" in response.content.decode()
    assert KnowledgeBrief.objects.filter(pk=draft.pk).exists()


def test_a_course_that_was_never_published_may_be_deleted(client, administrator):
    add(client, a_form(define_competence("Lifting", by=None, at=NOON)))
    course = Course.objects.get(slug="lifting")
    client.post(reverse("wagtailadmin_pages:delete", args=[course.pk]))
    assert not Course.objects.filter(pk=course.pk).exists()


def test_a_course_of_many_steps_is_written_in_the_admin(client, administrator):
    teaches, first = (define_competence(name, by=None, at=NOON) for name in ("Lifting", "First aid"))
    steps = {
        "prerequisites-TOTAL_FORMS": 1,
        "prerequisites-0-competence": first.pk,
        "classrooms-TOTAL_FORMS": 1,
        "classrooms-0-title": "The gym",
        "tasks-TOTAL_FORMS": 1,
        "tasks-0-title": "Lift a box",
        "tasks-0-instructions": "With the legs.",
        "tasks-0-rubric": "Back | bent 0 | straight 1",
        "tasks-0-pass_percent": 100,
        "in_order": "on",
        "action-publish": "1",
    }
    unclear = add(client, a_form(teaches, **steps | {"tasks-0-rubric": "Back | bent"}))
    assert "is no level" in unclear.content.decode()
    add(client, a_form(teaches, **steps))
    course = Course.objects.get(slug="lifting")
    assert (course.in_order, course.tasks.get().title, course.classrooms.get().title) == (True, "Lift a box", "The gym")
    assert course.prerequisites.get().competence == first
    circle = a_form(first, slug="first-aid", **steps | {"prerequisites-0-competence": teaches.pk})
    refused = add(client, circle)
    assert "Nobody could begin this course" in refused.content.decode()
    assert Course.objects.count() == 1


def test_editing_a_course_asks_as_much_however_many_questions_there_are(client, administrator):
    course, counts = a_course(), []
    Slot.objects.create(course=course, question=course.questions.first())
    Course.objects.get(pk=course.pk).save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    client.get(address)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
        a_course(questions=5)
    assert counts[0] == counts[1]
