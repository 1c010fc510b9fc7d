"""Writing in Wagtail's admin: what the form asks, and what it refuses to delete."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from knowledge.actions import draft_page
from knowledge.models import Edition, KnowledgeBrief
from knowledge.shelves import section_for
from knowledge.writing import waiting_for
from tests.knowledge.conftest import NOON, change, form_of


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


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("processes", "process"),
        ("briefs", "brief"),
        ("decisions", "decision"),
        ("lessons", "lesson"),
        ("courses", "course"),
    ],
)
def test_whoever_writes_begins_in_the_section_or_at_the_desk(client, slug, kind, expert, reader):
    client.force_login(expert)
    for place in (f"/{slug}/", reverse("wagtailadmin_home")):
        page = BeautifulSoup(client.get(place).content, "html.parser")
        address = page.find("a", string=f"Write a {kind}")["href"]
        assert client.get(address).context["page"].get_verbose_name().lower() == kind
    client.force_login(reader)
    assert "Write a " not in client.get(f"/{slug}/").content.decode()


def test_a_section_offers_its_own_kind_alone(client, expert):
    client.force_login(expert)
    words = BeautifulSoup(client.get("/briefs/").content, "html.parser").get_text("\n").split("\n")
    assert [line for line in words if line.startswith("Write a ")] == ["Write a brief", "Write a procedure"]


def test_a_refusal_names_each_question_as_the_form_asks_it(admin_client, published):
    response = send(admin_client, published, "action-submit")
    asked = BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
    form = response.context["form"]
    assert set(form.errors) == {"change_summary", "significance", "training_impact"}
    for name in form.errors:
        assert form[name].label.endswith("?")
        assert form[name].label in asked


@pytest.mark.parametrize("kind", ["process", "brief", "decision", "lesson", "course"])
def test_a_writer_is_asked_nothing_for_search_engines(client, kind, expert):
    client.force_login(expert)
    desk = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    page = client.get(desk.find("a", string=f"Write a {kind}")["href"])
    assert "title" in page.context["form"].fields
    assert not {"slug", "seo_title", "search_description", "show_in_menus"} & set(page.context["form"].fields)
    assert "seen by the public" not in page.content.decode()


@pytest.mark.parametrize("slug", ["processes", "decisions", "lessons", "courses"])
def test_a_brief_is_not_moved_to_another_section(brief, slug):
    assert not brief.can_move_to(section_for(slug))
    assert brief.can_move_to(section_for("briefs"))


def test_what_was_submitted_waits_on_the_home_page_of_whoever_may_approve_it(client, brief, expert, process_owner):
    client.force_login(expert)
    send(client, brief, "action-submit", **change())
    assert "Waits for your approval" not in client.get("/").content.decode()
    client.force_login(process_owner)
    home = client.get("/").content.decode()
    assert "Waits for your approval" in home
    assert "by Emil Aster" in home
    assert reverse("wagtailadmin_pages:edit", args=[brief.pk]) in home


def test_what_waits_costs_the_same_with_few_pages_and_many(client, expert, process_owner):
    def submit(count):
        client.force_login(expert)
        for number in range(count):
            draft = draft_page(KnowledgeBrief, title=f"{count} {number}", body="x", by=expert, at=NOON)
            send(client, draft, "action-submit", **change())

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert len(waiting_for(process_owner)) > 0
        return len(captured)

    submit(1)
    queries()
    few = queries()
    submit(4)
    assert queries() == few


def test_the_editor_lets_pictures_and_pages_be_chosen(admin_client, published):
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[published.pk])).content.decode()
    body = BeautifulSoup(page, "html.parser").find("textarea", id="id_body")
    for window in (body["data-pictures"], body["data-pages"]):
        assert admin_client.get(window).status_code == 200
    for script in ("image-chooser-modal.js", "page-chooser-modal.js"):
        assert page.count(script) == 1
