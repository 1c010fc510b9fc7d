import csv
import io
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence import triggers
from evidence.actions import draw_sample, erase, record, seal
from evidence.kinds import Kind, register, to_each
from evidence.models import Entry, Sample
from evidence.populations import Population
from evidence.questions import entries_about
from people.models import Person
from tests.evidence.conftest import NOON, met, sealed

AUDITOR = ["view_entry", "view_checkpoint", "view_sample", "add_sample"]


def signed_in(username, *permissions):
    person = Person.objects.create_user(username, first_name=username.capitalize(), last_name="Test")
    person.user_permissions.add(
        *Permission.objects.filter(codename__in=permissions, content_type__app_label="evidence")
    )
    client = Client()
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def auditor(db):
    return signed_in("audrey", *AUDITOR)


def entry_url(number=1):
    return reverse("evidence:entry", args=[f"tests.met:{number}"])


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.mark.parametrize("name", ["evidence:room", "evidence:draw"])
def test_the_room_is_for_auditors(db, ada, name):
    sealed(1, ada)
    assert signed_in("reader").get(reverse(name)).status_code == 403
    assert signed_in("hr", "view_entry").get(reverse(name)).status_code == 403
    assert signed_in("audrey", *AUDITOR).get(reverse(name)).status_code == 200
    root = Person.objects.create_superuser("root")
    client = Client()
    client.force_login(root)
    assert client.get(reverse(name)).status_code == 200


def test_strangers_see_no_entry_and_everyone_their_own(ada):
    sealed(1, ada)
    assert signed_in("reader").get(entry_url()).status_code == 403
    mine = Client()
    mine.force_login(ada)
    assert "Ada Byron met Charles in York" in text(mine.get(entry_url()))
    assert signed_in("hr", "view_entry").get(entry_url()).status_code == 200


def test_an_entry_is_told_in_words_with_its_proof(auditor, ada):
    sealed(9, ada)
    page = text(auditor.get(entry_url(3)))
    assert "Ada Byron met Charles in York" in page
    assert "It stands at position 3 of the log" in page
    assert bytes(Entry.objects.get(pk="tests.met:3").leaf_hash).hex() in page
    assert "number 1" in page


def test_an_entry_that_waits_says_so(auditor, ada):
    met(ada)
    assert "waits to be sealed" in text(auditor.get(entry_url()))


def test_what_people_wrote_is_never_markup(auditor, ada):
    met(ada, personal={"whom": "<script>alert(1)</script>"})
    for page in (auditor.get(entry_url()), auditor.get(reverse("evidence:room"))):
        assert "<script>alert" not in text(page)
        assert "&lt;script&gt;" in text(page)


def test_after_erasure_someone_stays(auditor, ada):
    sealed(1, ada)
    erase(ada, ground="GDPR 17(1)(b)", by=auditor.person, at=NOON)
    page = text(auditor.get(entry_url()))
    assert "someone erased met (erased) in York" in page
    assert "Ada" not in page
    assert "Charles" not in page


@pytest.mark.databases
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {1, 2, 3}),
        ({"kind": "tests.met"}, {1, 2, 3}),
        ({"kind": "evidence.sample_drawn"}, set()),
        ({"department": "Engines"}, {2}),
        ({"process": "Selling"}, {3}),
        ({"department": "Engines", "process": "Selling"}, set()),
        ({"since": "2026-03-03"}, {3}),
        ({"until": "2026-03-02"}, {1, 2}),
        ({"since": "2026-03-02", "until": "2026-03-02"}, {1, 2}),
    ],
)
def test_the_room_is_filtered(auditor, ada, query, shown):
    met(ada, 1)
    met(ada, 2, facets={"department": "Engines"})
    met(ada, 3, facets={"process": ["Making", "Selling"]}, at=NOON + timedelta(days=1))
    page = text(auditor.get(reverse("evidence:room"), query))
    assert {number for number in (1, 2, 3) if entry_url(number) in page} == shown


def test_a_facet_has_the_word_for_a_fact_of_its_name_until_it_is_erased(auditor, ada):
    entry = met(ada, facts={"place": "York", "whom": 7})
    assert "met Charles in York" in text(auditor.get(entry_url()))
    erase(entry, ground="GDPR 17(1)(b)", by=auditor.person, at=NOON)
    assert "met (erased) in York" in text(auditor.get(entry_url()))


def test_the_room_is_filtered_by_person(auditor, ada):
    grace = Person.objects.create_user("grace", first_name="Grace", last_name="Hopper")
    met(ada, 1)
    met(grace, 2)
    page = text(auditor.get(reverse("evidence:room"), {"person": grace.pseudonym.token}))
    assert entry_url(2) in page
    assert entry_url(1) not in page


@pytest.mark.parametrize(
    "query", [{"kind": "nonsense"}, {"since": "yesterday"}, {"since": "2026-03-03", "until": "2026-03-02"}]
)
def test_a_filter_that_makes_no_sense_is_told(auditor, ada, query):
    met(ada)
    page = text(auditor.get(reverse("evidence:room"), query))
    assert "errorlist" in page
    assert entry_url() not in page
    assert auditor.get(reverse("evidence:draw"), query).status_code == 302


def test_the_room_says_how_the_log_stands(auditor, ada):
    sealed(2, ada)
    met(ada, 3)
    page = text(auditor.get(reverse("evidence:room")))
    assert "Not anchored" in page
    assert "No. 1" in page
    assert "3 entries" in page
    assert "needs attention" not in page


def test_the_room_says_when_the_log_is_not_guarded(auditor, unguarded):
    assert "does not guard the log" in text(auditor.get(reverse("evidence:room")))


def test_a_drawn_sample_is_shown_repeated_and_downloaded(auditor, ada):
    sealed(20, ada)
    page = text(auditor.get(reverse("evidence:draw"), {"kind": "tests.met"}))
    assert "20 sealed entries" in page
    form = {"purpose": "=cmd|' /C calc'!A0", "size": "5", "auditor_number": "31415"}
    response = auditor.post(reverse("evidence:draw") + "?kind=tests.met", form)
    sample = Sample.objects.get()
    assert response.url == reverse("evidence:sample", args=[sample.pk])
    page = text(auditor.get(response.url, {"again": 1}))
    assert "5 of 20 entries" in page
    assert "it is the same sample" in page
    rows = list(csv.reader(io.StringIO(text(auditor.get(reverse("evidence:sample-csv", args=[sample.pk]))))))
    assert len(rows) == 6
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "|", "%"])
def test_no_cell_of_the_download_is_a_formula(auditor, ada, start):
    ada.first_name = f"{start}1+1"
    ada.save()
    sealed(1, ada)
    sample = draw_sample(Population(), purpose="p", size=2, auditor_number="1", by=auditor.person, at=NOON)
    rows = csv.reader(io.StringIO(text(auditor.get(reverse("evidence:sample-csv", args=[sample.pk])))))
    cells = [cell for row in rows for cell in row]
    assert any("1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@|%")]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"purpose": "p", "size": "0", "auditor_number": "1"}, "greater than or equal to 1"),
        ({"purpose": "p", "size": "5", "auditor_number": " "}, "This field is required"),
        ({"purpose": "", "size": "5", "auditor_number": "1"}, "This field is required"),
    ],
)
def test_a_draw_that_lacks_something_is_not_drawn(auditor, ada, form, said):
    sealed(3, ada)
    assert said in text(auditor.post(reverse("evidence:draw"), form))
    assert not Sample.objects.exists()


def test_nothing_is_drawn_where_nothing_is_sealed(auditor, ada):
    met(ada)
    assert "nothing to draw from" in text(auditor.get(reverse("evidence:draw")))
    assert "Nothing is sealed yet" in text(
        auditor.post(reverse("evidence:draw"), {"purpose": "p", "size": "1", "auditor_number": "1"})
    ) or "nothing to draw from" in text(auditor.get(reverse("evidence:draw")))


def test_who_may_not_draw_may_not_post(db, ada):
    sealed(1, ada)
    client = signed_in("hr", "view_entry")
    form = {"purpose": "p", "size": "1", "auditor_number": "1"}
    assert client.post(reverse("evidence:draw"), form).status_code == 403
    assert client.get(reverse("evidence:sample", args=[1])).status_code == 403
    assert client.get(reverse("evidence:sample-csv", args=[1])).status_code == 403


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_the_pages_run_no_more_queries_for_more_rows(auditor, ada, django_assert_max_num_queries):
    def counts(sample):
        urls = [reverse("evidence:room"), reverse("evidence:draw"), reverse("evidence:sample", args=[sample.pk])]
        return [queries(auditor, url, django_assert_max_num_queries) for url in urls]

    told = {"purpose": "p", "auditor_number": "1", "by": auditor.person, "at": NOON}
    sealed(3, ada)
    few = counts(draw_sample(Population(), size=2, **told))
    for number in range(10):
        person = Person.objects.create_user(f"p{number}", first_name=f"P{number}")
        met(person, 100 + number, facets={"department": f"D{number}"})
    sealed(30, ada, first=200)
    many = counts(draw_sample(Population(), size=20, **told))
    assert few == many
    assert max(many) <= 22


@pytest.mark.databases
def test_entries_about_someone_come_newest_first_in_few_queries(ada, django_assert_max_num_queries):
    grace = Person.objects.create_user("grace", first_name="Grace")
    sealed(3, ada)
    met(grace, 9)
    with django_assert_max_num_queries(3):
        lines = entries_about(ada)
    assert [line.key for line in lines[:3]] == ["tests.met:3", "tests.met:2", "tests.met:1"]
    assert {line.words for line in lines} == {"Ada Byron met Charles in York", "Ada Byron was entered in the log"}
    assert [line.position for line in entries_about(grace)] == [None, None]
    seal(at=timezone.now())
    assert None not in [line.position for line in entries_about(grace)]


register(
    Kind(
        "tests.read",
        words="{subject} read {title}",
        links=(
            to_each("evidence:entry", "of", words="Text {title}"),
            to_each("evidence:entry", "of", of="texts", words="One of many: {title}"),
        ),
    )
)


@pytest.mark.parametrize(
    ("facts", "links"),
    [
        ({"of": "a", "title": "<A>"}, ["Text &lt;A&gt;"]),
        ({"texts": [{"of": "b", "title": "B"}, {"of": "c", "title": "C"}]}, ["One of many: B", "One of many: C"]),
        ({"texts": {"of": "b", "title": "B"}}, ["One of many: B"]),
        ({"texts": None, "of": None}, []),
        ({"texts": ["0a1b"]}, []),
    ],
)
def test_an_entry_leads_to_each_text_that_it_rests_on(auditor, ada, facts, links):
    record("tests.read", by=None, at=NOON, key="tests.read:1", subject=ada, facts=facts)
    page = text(auditor.get(reverse("evidence:entry", args=["tests.read:1"])))
    assert re.findall(r'<li><a href="/evidence/[^"]+">([^<]+)</a></li>', page) == links


def test_an_entry_whose_bytes_were_changed_says_so_and_hides_no_other(auditor, ada):
    sealed(2, ada)
    with altered_leaf("tests.met:1"):
        assert "its bytes were changed" in text(auditor.get(reverse("evidence:room")))
        assert "Altered entry" in text(auditor.get(entry_url(1)))
        assert "Altered" not in text(auditor.get(entry_url(2)))


@contextmanager
def altered_leaf(key):
    triggers.remove(connection)
    Entry.objects.filter(pk=key).update(leaf=b"cairn/evidence/v1\n{}")
    try:
        yield
    finally:
        triggers.install(connection)
