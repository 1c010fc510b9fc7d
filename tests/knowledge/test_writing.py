"""Writing in Wagtail's admin: what the form asks, and what it refuses to delete."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from knowledge.actions import draft_page
from knowledge.models import Edition, KnowledgeBrief
from tests.knowledge.conftest import NOON, change, form_of

pytestmark = pytest.mark.databases


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


def send(client, page, action=None, **fields):
    fields = {"title": page.title, "slug": page.slug, "body": "Edited.", **fields}
    data = form_of(**fields) | ({action: "1"} if action else {})
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def test_a_draft_is_saved_without_saying_what_changed(admin_client, published):
    assert send(admin_client, published).status_code == 302
    published.refresh_from_db()
    assert published.get_latest_revision_as_object().body == "Edited."
    assert published.body == "Look at it."


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, "This field is required"),
        ({"change_summary": "Words."}, "This field is required"),
        (change("Words.", "none"), "Say why nobody needs to read this change."),
    ],
)
def test_a_publication_is_asked_what_changed(admin_client, published, action, said, asked):
    response = send(admin_client, published, action, **said)
    assert asked in response.content.decode()
    assert Edition.objects.count() == 1


def test_a_reason_is_enough_where_nobody_needs_to_read_it(admin_client, published):
    send(admin_client, published, "action-publish", **change("Comma.", "none"), impact_reason="No rule changed.")
    assert Edition.objects.current().get().impact_reason == "No rule changed."


def test_the_form_of_a_published_page_asks_anew(admin_client, published):
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[published.pk])).context["form"]
    assert [form[name].value() for name in ("change_summary", "training_impact", "impact_reason")] == ["", "", ""]


def test_the_form_of_a_draft_remembers_what_was_said(admin_client, published):
    send(admin_client, published, change_summary="Half done.")
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[published.pk])).context["form"]
    assert form["change_summary"].value() == "Half done."


def test_the_editor_is_told_to_fetch_nothing_before_it_starts(admin_client, published):
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[published.pk])).content.decode()
    assert 'data-easymde-autodownload-value="false"' in page
    assert page.index("markdown-editor.js") < page.index("easymde.attach.js")


def test_an_expert_is_offered_to_submit_and_not_to_publish(client, published, expert):
    client.force_login(expert)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[published.pk])).content.decode()
    assert "action-submit" in page
    assert "action-publish" not in page


def test_a_published_page_is_not_deleted_but_withdrawn(admin_client, published):
    response = admin_client.post(reverse("wagtailadmin_pages:delete", args=[published.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("knowledge:withdraw", args=[published.pk])
    assert "kept as evidence" in response.content.decode()
    assert KnowledgeBrief.objects.filter(pk=published.pk).exists()


def test_nor_is_the_section_that_it_stands_in(admin_client, published):
    section = published.get_parent()
    data = {"confirm_site_name": "Cairn"}
    response = admin_client.post(reverse("wagtailadmin_pages:delete", args=[section.pk]), data, follow=True)
    assert "stands below this page" in response.content.decode()
    assert Page.objects.filter(pk=section.pk).exists()


def test_nor_many_at_once(admin_client, published, expert):
    draft = draft_page(KnowledgeBrief, title="A draft", body="x", by=expert, at=NOON)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = admin_client.post(f"{url}?id={draft.pk}&id={published.pk}", follow=True)
    assert "kept as evidence" in response.content.decode()
    assert KnowledgeBrief.objects.count() == 2


def test_a_draft_is_deleted(admin_client, brief):
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[brief.pk]))
    assert not KnowledgeBrief.objects.exists()


def test_no_page_stands_in_two_places(admin_client, published):
    data = {"new_title": "x", "new_slug": "x", "new_parent_page": published.get_parent().pk, "alias": "on"}
    response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[published.pk]), data, follow=True)
    assert "stands in one place" in response.content.decode()
    assert KnowledgeBrief.objects.count() == 1


def test_a_draft_is_previewed(admin_client, published):
    send(admin_client, published)
    text = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[published.pk])).content.decode()
    assert "Edited." in text
