"""Wagtail's admin: who enters it, and what those who write there cannot reach."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from knowledge.models import Edition
from tests.architecture.test_strangers import ADDRESSES
from tests.knowledge.conftest import change, form_of

IN_ADMIN = [address for address in ADDRESSES if address.startswith("/admin/")]
# For whoever has a sign-in: words for scripts and icons, and the way out.
FOR_ALL = {"/admin/jsi18n/", "/admin/sprite/", "/admin/logout/", "/admin/login/"}
# Names the tasks that a workflow could have, and changes none.
NAMES_ONLY = "/admin/workflows/task_chooser/"
KEPT = (
    "/admin/users/",
    "/admin/groups/",
    "/admin/settings/",
    "/admin/sites/",
    "/admin/workflows/",
    "/admin/redirects/",
    "/admin/collections/",
    "/admin/locales/",
    "/admin/snippets/",
)  # fmt: skip


def reached(client, person, addresses):
    found = []
    for address in addresses:
        for method in ("get", "post"):
            if "_auth_user_id" not in client.session:
                client.force_login(person)
            response = getattr(client, method)(address)
            if response.status_code not in (302, 403, 404, 405):
                found.append((person.username, method, address, response.status_code))
    return found


def test_whoever_does_not_write_does_not_enter(house, quiet):
    closed = [address for address in IN_ADMIN if address not in FOR_ALL]
    for number, reader in enumerate(("reader", "manager", "hr", "auditor")):
        # Each address is asked by two of them: one rule shuts them all out.
        assert reached(Client(), house.people[reader], closed[number % 2 :: 2]) == []


def test_whoever_writes_steers_nothing(house, quiet):
    kept = [address for address in IN_ADMIN if address.startswith(KEPT) and not address.startswith(NAMES_ONLY)]
    for reader in ("expert", "process owner"):
        assert reached(Client(raise_request_exception=False), house.people[reader], kept) == []


WAYS_TO_PUBLISH = {
    "by editing": lambda page: (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_of(title="Slipped in", slug=page.slug, body="Slipped in.", **change(), **{"action-publish": "1"}),
    ),
    "in bulk": lambda page: (
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={page.pk}",
        {"include_descendants": ""},
    ),
    "by copying": lambda page: (
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Slipped in",
            "new_slug": "in",
            "new_parent_page": page.get_parent().pk,
            "publish_copies": "on",
        },
    ),
    "by creating": lambda page: (
        reverse("wagtailadmin_pages:add", args=["knowledge", "knowledgebrief", page.get_parent().pk]),
        form_of(title="Slipped in", slug="slipped", body="Slipped in.", **change(), **{"action-publish": "1"}),
    ),
    "by mass assignment": lambda page: (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_of(title=page.title, slug=page.slug, body="x", live="on", number="BRF-9999", owner="1", pk="1"),
    ),
}  # fmt: skip


def published():
    """All that readers get: which pages, in which words."""
    return (
        list(Page.objects.filter(live=True).order_by("pk").values_list("pk", "title", "live_revision", "owner")),
        list(Edition.objects.order_by("pk").values_list("pk", "sha256", "ended_at")),
    )


@pytest.mark.parametrize("way", WAYS_TO_PUBLISH)
def test_nobody_who_writes_publishes_alone(house, quiet, way):
    for reader in ("expert", "process owner"):
        client = Client(raise_request_exception=False)
        client.force_login(house.people[reader])
        for which in ("published", "draft"):
            before = published()
            client.post(*WAYS_TO_PUBLISH[way](house.briefs[which]))
            assert published() == before, (reader, which)


def test_nor_takes_anything_from_readers(house, quiet):
    page, section = house.briefs["published"], house.briefs["published"].get_parent()
    for reader in ("expert", "process owner"):
        client = Client(raise_request_exception=False)
        client.force_login(house.people[reader])
        before = published()
        for name in ("unpublish", "delete"):
            for pk in (page.pk, section.pk):
                client.post(reverse(f"wagtailadmin_pages:{name}", args=[pk]))
        client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'unpublish'])}?id={page.pk}")
        client.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "groups"})
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, section.get_parent().pk]))
        assert published() == before, reader
        assert Page.objects.get(pk=page.pk).path == page.path
        assert not page.view_restrictions.exists()


def test_names_and_addresses_are_not_changed_in_the_admin(house):
    expert = house.people["expert"]
    client = Client()
    client.force_login(expert)
    address = reverse("wagtailadmin_account")
    assert "name_email" not in client.get(address).content.decode()
    given = {"name_email-first_name": "New", "name_email-last_name": "Name", "name_email-email": "new@example.org"}
    client.post(address, given | {"theme-theme": "dark", "theme-density": "default", "theme-contrast": "system"})
    before = (expert.first_name, expert.last_name, expert.email)
    expert.refresh_from_db()
    assert (expert.first_name, expert.last_name, expert.email) == before


def test_there_is_something_to_ask():
    assert len(IN_ADMIN) > 100
