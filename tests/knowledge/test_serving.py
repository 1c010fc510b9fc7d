import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from knowledge.models import HomePage, Section


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


@pytest.mark.parametrize("path", ["/", "/briefs/"])
def test_home_and_section_are_found_by_their_path_alone(signed_in, path):
    signed_in.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert signed_in.get(path).status_code == 200
    assert not [query for query in asked if "wagtailcore_site" in query["sql"]]


@pytest.mark.parametrize(("kind", "path"), [(HomePage, "/"), (HomePage, "/briefs/"), (Section, "/briefs/")])
def test_what_a_restriction_closes_is_closed_from_there_down(signed_in, reader, kind, path):
    page = kind.objects.get() if kind is HomePage else kind.objects.get(slug="briefs")
    board = Group.objects.create(name="Board")
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(board)
    assert signed_in.get(path).status_code in (302, 403)
    reader.groups.add(board)
    assert signed_in.get(path).status_code == 200


def test_a_section_that_is_not_live_is_not_found(signed_in):
    Section.objects.filter(slug="briefs").update(live=False)
    assert signed_in.get("/briefs/").status_code == 404
