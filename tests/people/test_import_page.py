"""HR's page for files: what is seen before, what is done, and who sees it."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.actions import run_next
from jobs.models import Job
from jobs.progress import told
from people.actions import forget_imports, upload_import
from people.actions.upload_import import MOST_BYTES
from people.groups import AUDITORS, HR
from people.models import JobRole, PeopleImport, Person
from people.refusals import Refused
from tests.scenes import NOON, hire, role_named

pytestmark = pytest.mark.django_db

RIGHT = """employee_number,given_name,family_name,department,job_title,manager_number
100,Marta,Lindqvist,Assembly,Head,
101,Ada,Byron,Assembly,Fitter,100
"""
HALF_RIGHT = RIGHT + "102,Ben,=SUM(A1),Assembly,Fitter,999\n"


@pytest.fixture(autouse=True)
def nothing_told_yet():
    """How far a job has come lies beside the database, and so is not taken back with it."""
    caches["progress"].clear()


@pytest.fixture
def hr(client):
    person = hire("Hanna", "Reuter", groups=[HR])
    client.force_login(person)
    return person


def send(client, text, name="people.csv"):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    return client.post(reverse("people:import"), {"file": file}, follow=True)


def start(client, which="all"):
    sent = PeopleImport.objects.latest("pk")
    return client.post(reverse("people:import-start", args=[sent.pk]), {"which": which}, follow=True)


def words(response):
    return " ".join(response.content.decode().split())


def test_the_preview_says_what_would_be_done_and_writes_nothing(client, hr):
    role_named("Head")
    page = words(send(client, RIGHT))
    assert "Ada Byron, 101: Fitter, Assembly, reports to 100, from today" in page
    assert "<dt>New</dt><dd>2</dd>" in page
    assert "<dt>New roles</dt><dd>Fitter</dd>" in page
    assert "<dt>New departments</dt><dd>Assembly</dd>" in page
    assert not Person.objects.filter(employee_number="101").exists()
    assert not JobRole.objects.filter(name="Fitter").exists()


def test_a_change_is_told_with_what_it_takes_the_place_of(client, hr):
    send(client, RIGHT)
    start(client)
    page = words(send(client, RIGHT.replace("Ada,Byron,Assembly,Fitter", "Ada,Byron,Testing,Fitter")))
    assert "Ada Byron, 101: Testing instead of Assembly" in page
    assert "<dt>As they are already</dt><dd>1</dd>" in page


def test_a_history_is_told_in_words_too(client, hr):
    send(client, RIGHT)
    start(client)
    page = words(send(client, "employee_number,job_title,from,until\n101,Welder,2020-01-01,2020-12-31\n"))
    assert "A history of job titles" in page
    assert "101: Welder, 1 January 2020 to 31 December 2020" in page
    assert "<dt>New roles</dt><dd>Welder</dd>" in page


def test_a_file_without_problems_is_imported_at_once(client, hr):
    send(client, RIGHT)
    page = words(start(client))
    assert "Imported" in page
    assert "<dt>New</dt><dd>2</dd>" in page
    assert Person.objects.get(employee_number="101").holdings.get().recorded_by == hr
    assert bytes(PeopleImport.objects.get().content) == b""


def test_a_file_is_imported_once_only(client, hr):
    send(client, RIGHT)
    start(client)
    assert "is being imported already, or was" in words(start(client))


def test_each_problem_stands_with_line_column_value_and_reason(client, hr):
    page = words(send(client, HALF_RIGHT))
    assert '<th scope="row">4</th> <td>manager_number</td> <td>999</td> <td>Nobody here and no row' in page
    assert "Import the 2 rows that are right" in page


def test_all_or_nothing_imports_nothing_when_a_row_is_wrong(client, hr):
    send(client, HALF_RIGHT)
    assert "Nothing was imported" in words(start(client))
    assert not Person.objects.filter(employee_number="101").exists()


def test_the_rows_that_are_wrong_come_back_to_be_mended_and_begin_no_formula(client, hr):
    send(client, HALF_RIGHT)
    assert "Imported, but not all" in words(start(client, "right"))
    assert Person.objects.filter(employee_number="101").exists()
    sent = PeopleImport.objects.get()
    response = client.get(reverse("people:import-failed", args=[sent.pk]))
    titles, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert titles[-1] == "What is wrong"
    assert row[:3] == ["102", "Ben", "'=SUM(A1)"]
    assert row[-1].startswith("manager_number: Nobody here")


def test_columns_of_other_names_are_chosen(client, hr):
    page = words(send(client, RIGHT.replace("employee_number", "Kennung")))
    assert "The first line must name the columns" in page
    sent = PeopleImport.objects.get()
    chosen = {"column_0": "employee_number", "column_1": "given_name", "column_2": "family_name"}
    page = words(client.post(reverse("people:import-preview", args=[sent.pk]), chosen, follow=True))
    assert "<dt>New</dt><dd>2</dd>" in page
    assert "New roles" not in page  # its column is not used now
    start(client)
    assert not JobRole.objects.filter(name="Fitter").exists()
    assert Person.objects.filter(employee_number="101").exists()


def test_one_field_is_one_column(client, hr):
    send(client, RIGHT)
    sent = PeopleImport.objects.get()
    chosen = {"column_0": "employee_number", "column_1": "given_name", "column_2": "given_name"}
    page = words(client.post(reverse("people:import-preview", args=[sent.pk]), chosen))
    assert "Two columns are “Given name”" in page
    assert PeopleImport.objects.get().mapping is None


def many(count):
    rows = (f"{number},Given{number},Family,Department {number % 9},Role {number % 7}," for number in range(1, count))
    return "\n".join([RIGHT.splitlines()[0], *rows])


def test_a_large_file_is_a_job_whose_progress_is_shown(client, hr):
    send(client, many(2100))
    page = words(start(client))
    assert "It is about to begin" in page
    sent = PeopleImport.objects.get()
    asked = reverse("people:import-progress", args=[sent.pk])
    assert "It is about to begin" in words(client.get(asked, headers={"HX-Request": "true"}))
    while not sent.finished_at:
        assert run_next(at=timezone.now())
        sent.refresh_from_db()
    assert told(f"people.import:{sent.pk}") == (2099, 2099)
    assert client.get(asked, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "<dt>New</dt><dd>2099</dd>" in words(client.get(reverse("people:import-result", args=[sent.pk])))


def test_a_job_that_is_run_twice_imports_once(client, hr):
    send(client, many(2100))
    start(client)
    job = Job.objects.get(kind="people.import")
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(finished_at=None, claimed_until=None, tries=0)
        Job.objects.exclude(pk=job.pk).delete()
        run_next(at=timezone.now())
    assert PeopleImport.objects.get().outcome["created"] == 2099


def test_what_cannot_be_done_is_said(client, hr):
    send(client, many(2100))
    start(client)
    Job.objects.filter(kind="people.import").update(given_up_at=timezone.now())
    sent = PeopleImport.objects.get()
    assert "It could not be imported" in words(client.get(reverse("people:import-result", args=[sent.pk])))


ADDRESSES = ["import-preview", "import-result", "import-progress", "import-failed", "import-start"]


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(("group", "status"), [(HR, 404), (AUDITORS, 403), (None, 403)])
def test_a_file_is_seen_by_nobody_but_its_sender(client, hr, name, group, status):
    send(client, HALF_RIGHT)
    address = reverse(f"people:{name}", args=[PeopleImport.objects.get().pk])
    client.force_login(hire("Otto", groups=[group] if group else []))
    answer = client.post(address) if name == "import-start" else client.get(address)
    assert answer.status_code == status


def test_who_does_not_manage_people_sends_no_file(client):
    client.force_login(hire())
    assert client.get(reverse("people:import")).status_code == 403
    assert send(client, RIGHT).status_code == 403
    assert not PeopleImport.objects.exists()


REFUSED = [("too large", b"a" * (MOST_BYTES + 1), "larger than 20 MB"), ("a workbook", b"PK\x03\x04", "a workbook")]


@pytest.mark.parametrize(("content", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_csv_of_a_bearable_size_is_not_kept(hr, content, reason):
    with pytest.raises(Refused, match=reason):
        upload_import("people.csv", content, by=hr, at=NOON)
    assert not PeopleImport.objects.exists()


def test_a_file_is_deleted_after_a_day(hr):
    upload_import("people.csv", RIGHT.encode(), by=hr, at=NOON)
    assert forget_imports(at=NOON + timedelta(hours=24)) == 0
    assert forget_imports(at=NOON + timedelta(hours=25)) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe,,,\n\n\x80", b"a" * 200_000, b"\n\n\n", b",,,,\n"])
def test_whatever_is_sent_is_answered_with_a_sentence(client, hr, content):
    page = words(send(client, content))
    assert "empty" in page or "The first line must name the columns" in page


def queries_of_preview(client, text):
    send(client, text)
    address = reverse("people:import-preview", args=[PeopleImport.objects.latest("pk").pk])
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_the_preview_runs_as_many_queries_for_many_rows_as_for_few(client, hr):
    assert queries_of_preview(client, many(500)) == queries_of_preview(client, many(3)) <= 20
