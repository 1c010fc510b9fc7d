"""The course's page with all its steps, its files, its tasks and its sessions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from competence.actions import define_competence
from courses.actions import plan_session
from courses.models import Attendance, ClassroomSession, CourseFile, FileOpened
from people.groups import EXPERTS, HR
from tests.courses.pages import post, queries_of, words_of
from tests.courses.quiz_scenes import a_brief, a_course, asked_for, read_all
from tests.courses.step_scenes import a_classroom, a_document, a_long_course, attends, opens, passes, shows
from tests.scenes import NOON, TODAY, hire, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]


def test_the_course_page_shows_each_step_with_its_state_and_how_far_one_is(client):
    course, person = a_long_course(readings=[a_brief()]), hire()
    words = words_of(client, person, course.url)
    for said in (
        "0 of 5 steps done",
        "Not opened Poster 0",
        "To attend Drill 0",
        "Quiz – Not taken",
        "Not shown Task 0",
    ):
        assert said in words
    read_all(course, person)
    opens(course, person)
    attends(course, person)
    shows(course, person, hire())
    words = words_of(client, person, course.url)
    for said in ("4 of 5 steps done", "Opened Poster 0", "Attended Drill 0", "Signed off Task 0"):
        assert said in words
    passes(course, person)
    words = words_of(client, person, course.url)
    for said in ("5 of 5 steps done", "Quiz ✓ Passed", "Certificate (PDF)"):
        assert said in words


def test_a_session_to_come_is_said_with_its_place(client):
    course = a_long_course()
    told = {"by": None, "at": NOON}
    plan_session(course.classrooms.get(), starts_at=NOON + timedelta(days=2), place="Hall 3", **told)
    assert "4 March 2026, 13:00, Hall 3" in words_of(client, hire(), course.url)


def test_what_must_be_held_first_is_said_and_nothing_is_begun(client):
    first = define_competence("First aid", by=None, at=NOON)
    course, person = a_long_course(needs=[first]), hire()
    words = words_of(client, person, course.url)
    assert "This course needs “First aid”. Show that first." in words
    assert "First aid ! Missing" in words
    assert "Start the quiz" not in words
    task = course.tasks.get()
    assert client.get(reverse("courses:task", args=[course.pk, task.key])).url == course.url


def test_a_file_is_opened_through_the_course_and_in_order_from_nowhere_else(client):
    course, person = a_long_course(readings=[a_brief()], in_order=True), hire()
    file = course.files.get()
    client.force_login(person)
    assert client.get(file.document.url).url == course.url
    assert post(client, person, "courses:open-file", course.pk, file.key).url == course.url
    assert not FileOpened.objects.exists()
    read_all(course, person)
    opened = post(client, person, "courses:open-file", course.pk, file.key)
    assert opened.url == file.document.url
    assert b"".join(client.get(opened.url).streaming_content).startswith(b"%PDF")
    client.force_login(hire(groups=[EXPERTS]))
    assert client.get(file.document.url).status_code == 200


def test_a_video_is_played_on_a_page_of_its_own(client):
    video = a_document("How to lock", name="lock.mp4")
    course, person = a_course(files=[CourseFile(document=video)]), hire()
    file = course.files.get()
    page = reverse("courses:file", args=[course.pk, file.key])
    client.force_login(person)
    assert client.get(page).url == course.url
    assert post(client, person, "courses:open-file", course.pk, file.key).url == page
    assert f'src="{video.url}"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("asked", "status", "piece", "which"),
    [
        ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=0-1", 206, b"01", "bytes 0-1/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
    ],
)
def test_a_player_is_given_the_piece_of_a_video_that_it_asks_for(client, asked, status, piece, which):
    video = a_document("How to lock", content=b"0123456789", name="lock.mp4")
    client.force_login(hire())
    response = client.get(video.url, headers={"Range": asked})
    assert (response.status_code, response.content, response["Content-Range"]) == (status, piece, which)


def test_no_piece_of_a_video_is_given_out_before_its_turn(client):
    video = a_document("How to lock", content=b"0123456789", name="lock.mp4")
    course = a_course(readings=[a_brief()], files=[CourseFile(document=video)], in_order=True)
    client.force_login(hire())
    assert client.get(video.url, headers={"Range": "bytes=0-"}).url == course.url


def test_someone_asks_to_show_a_task_and_sees_that_it_waits(client):
    course, person = a_long_course(), hire()
    task = course.tasks.get()
    assert "I am ready" in words_of(client, person, "courses:task", course.pk, task.key)
    post(client, person, "courses:task", course.pk, task.key)
    words = words_of(client, person, "courses:task", course.pk, task.key)
    assert "Waits for the assessor" in words
    assert "I am ready" not in words


def test_an_instructor_plans_a_session_and_records_who_came(client):
    teacher, ada, bob = hire(), hire("Ada"), hire("Bob")
    course = a_course(questions=0, classrooms=[a_classroom(instructor=teacher)])
    classroom = course.classrooms.get()
    when = {"classroom": classroom.pk, "starts_at": "2026-03-02T13:30", "place": "Hall 3"}
    post(client, teacher, "courses:sessions", course.pk, **when)
    session = ClassroomSession.objects.get()
    assert (session.instructor, session.place, session.starts_at) == (teacher, "Hall 3", NOON + timedelta(minutes=30))
    wrong = post(client, teacher, "courses:session", session.pk, who=f"{ada.username}\nnobody@example.org")
    assert "“nobody@example.org” names nobody who worked here" in wrong.content.decode()
    assert not Attendance.objects.exists()
    post(client, teacher, "courses:session", session.pk, who=f"{ada.username}\n {bob.email.upper()} \n\n{ada.email}")
    assert {it.person for it in Attendance.objects.all()} == {ada, bob}
    assert client.get(reverse("courses:sessions", args=[course.pk])).status_code == 200


def test_hr_corrects_who_was_there(client):
    course, person, hr = a_long_course(), hire("Ada", "Byron"), hire(groups=[HR])
    attends(course, person)
    attendance = Attendance.objects.get()
    post(client, hr, "courses:was-not-there", attendance.pk, because="")
    assert "Say how you know" in words_of(client, hr, "courses:session", attendance.session_id)
    post(client, hr, "courses:was-not-there", attendance.pk, because="She was ill.")
    assert "Nobody is recorded yet" in words_of(client, hr, "courses:session", attendance.session_id)


def test_longer_courses_take_no_more_queries(client, django_assert_max_num_queries):
    person, assessor = hire(), hire()
    client.force_login(person)
    counts = []
    for role, size in (("Packer", 1), ("Driver", 4)):
        for _ in range(size):
            course = a_long_course(readings=[a_brief()], documents=size, classrooms=size, tasks=size)
            asked_for(course, role=role)
            opens(course, person)
            attends(course, person)
            shows(course, person, assessor)
        hold(person, role, since=TODAY)
        counts.append(
            [
                queries_of(client, url, django_assert_max_num_queries)
                for url in (course.url, reverse("courses:learning"))
            ]
        )
    assert counts[0] == counts[1]
