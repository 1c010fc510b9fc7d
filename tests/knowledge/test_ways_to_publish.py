"""Every way to publish makes an edition with its entry, or changes nothing at all."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from evidence import rows
from evidence.models import Entry
from knowledge.actions import draft_page, publish, publish_due, withdraw_page
from knowledge.models import Edition, KnowledgeBrief
from tests.knowledge.conftest import NOON, change, form_of

pytestmark = pytest.mark.databases


class EntryRefused(Exception):
    pass


@pytest.fixture
def no_entry(monkeypatch):
    """From here on the log refuses each entry about editions, as a full disk or a trigger would."""

    return lambda: refuse_entries(monkeypatch, "knowledge.edition_")


def refuse_entries(monkeypatch, beginning):
    def refuse(model, names, told):
        if model is Entry and any(key.startswith(beginning) for key, *_ in told):
            raise EntryRefused(beginning)
        insert(model, names, told)

    insert = rows.insert_rows
    monkeypatch.setattr(rows, "insert_rows", refuse)


@pytest.fixture
def admin_client(administrator, client):
    client.force_login(administrator)
    client.raise_request_exception = False
    return client


@pytest.fixture
def live(brief, expert):
    publish(brief, by=expert, at=timezone.now() - timedelta(days=1), **change())
    return brief


def state():
    """All that a publication changes."""
    pages = Page.objects.order_by("pk").values_list(
        "pk", "title", "live", "live_revision", "latest_revision", "first_published_at", "last_published_at", "expired"
    )
    texts = KnowledgeBrief.objects.order_by("pk").values_list("pk", "body", "change_summary", "number")
    editions = Edition.objects.order_by("pk").values_list("pk", "sha256", "ended_at")
    revisions = Revision.objects.order_by("pk").values_list("pk", "approved_go_live_at")
    return [list(rows) for rows in (pages, texts, editions, revisions, Entry.objects.order_by("pk").values_list("pk"))]


def create(client, **kwargs):
    briefs = Page.objects.get(slug="briefs")
    url = reverse("wagtailadmin_pages:add", args=["knowledge", "knowledgebrief", briefs.pk])
    data = form_of(title="From the form", body="Words.", slug="from-the-form", **change("Said.", "test"), **kwargs)
    return client.post(url, {**data, "action-publish": "1"})


def edit(client, page, action="action-publish", **fields):
    data = form_of(title=page.title, slug=page.slug, body="Edited.", **(change("Said.", "test") | fields))
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, action: "1"})


def bulk(client, action, page):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{url}?id={page.pk}", {"include_descendants": ""})


def copy(client, page):
    data = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def scheduled(page, person, at):
    page.go_live_at = at
    page.body = "Later."
    page.change_summary, page.training_impact = "Later.", "read"
    page.save_revision(user=person).publish(user=person, skip_permission_checks=True)


def latest(page):
    return Edition.objects.filter(page=page.pk, ended_at=None).get()


class TestByTheAdmin:
    def test_creating(self, admin_client, administrator):
        assert create(admin_client).status_code == 302
        edition = latest(KnowledgeBrief.objects.get(slug="from-the-form"))
        assert (edition.number, edition.change_summary, edition.approver) == (1, "Said.", administrator)

    def test_creating_without_its_entry(self, admin_client, no_entry):
        before = state()
        no_entry()
        assert create(admin_client).status_code == 500
        assert state() == before

    def test_editing(self, admin_client, live, administrator):
        assert edit(admin_client, live).status_code == 302
        edition = latest(live)
        assert (edition.number, edition.training_impact, edition.approver) == (2, "test", administrator)

    def test_editing_without_its_entry(self, admin_client, live, no_entry):
        before = state()
        no_entry()
        assert edit(admin_client, live).status_code == 500
        assert state() == before

    def test_publishing_in_bulk(self, admin_client, brief, administrator, expert):
        assert bulk(admin_client, "publish", brief).status_code == 302
        edition = latest(brief)
        assert (edition.author, edition.approver) == (expert, administrator)

    def test_publishing_in_bulk_without_its_entry(self, admin_client, brief, no_entry):
        before = state()
        no_entry()
        assert bulk(admin_client, "publish", brief).status_code == 500
        assert state() == before

    def test_copying(self, admin_client, live):
        assert copy(admin_client, live).status_code == 302
        new = KnowledgeBrief.objects.get(slug="a-copy")
        assert (new.number, latest(new).number, latest(live).number) == ("BRF-0002", 1, 1)

    def test_copying_without_its_entry(self, admin_client, live, no_entry):
        before = state()
        no_entry()
        assert copy(admin_client, live).status_code == 500
        assert state() == before

    def test_unpublishing(self, admin_client, live, administrator):
        assert admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk])).status_code == 302
        assert not Edition.objects.current().exists()
        assert Entry.objects.filter(pk="knowledge.edition_ended:BRF-0001:1").exists()

    def test_unpublishing_without_its_entry(self, admin_client, live, no_entry):
        before = state()
        no_entry()
        assert admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk])).status_code == 500
        assert state() == before

    def test_unpublishing_in_bulk(self, admin_client, live):
        assert bulk(admin_client, "unpublish", live).status_code == 302
        assert not Edition.objects.current().exists()

    def test_unpublishing_in_bulk_without_its_entry(self, admin_client, live, no_entry):
        before = state()
        no_entry()
        assert bulk(admin_client, "unpublish", live).status_code == 500
        assert state() == before


class TestByTheWorkflow:
    @pytest.fixture
    def submitted(self, live, expert, client):
        client.force_login(expert)
        assert edit(client, live, "action-submit").status_code == 302
        return live

    @pytest.fixture
    def approver(self, process_owner, client):
        client.raise_request_exception = False

        def approve(page):
            client.force_login(process_owner)
            state = page.current_workflow_state.current_task_state
            url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
            return client.post(url)

        return approve

    def test_approving(self, submitted, approver, expert, process_owner):
        assert latest(submitted).number == 1
        approver(submitted)
        edition = latest(submitted)
        assert (edition.number, edition.author, edition.approver) == (2, expert, process_owner)
        assert edition.change_summary == "Said."

    def test_approving_without_its_entry(self, submitted, approver, no_entry):
        before = state()
        no_entry()
        assert approver(submitted).status_code == 500
        assert state() == before
        assert submitted.current_workflow_state.status == "in_progress"

    def test_what_is_written_after_the_approval_is_not_published(self, submitted, approver, expert):
        submitted.refresh_from_db()
        text = submitted.get_latest_revision_as_object()
        task = text.current_workflow_state.current_task_state
        text.body = "Slipped in."
        text.save_revision(user=expert)
        task.approve(user=None, update=False)
        task.workflow_state.finish()
        submitted.refresh_from_db()
        assert submitted.body == "Edited."

    def test_an_expert_cannot_publish_alone(self, live, expert, client):
        client.force_login(expert)
        edit(client, live)
        live.refresh_from_db()
        assert (live.body, latest(live).number) == ("Look at it.", 1)

    def test_an_expert_cannot_approve(self, submitted, expert, client):
        client.force_login(expert)
        task = submitted.current_workflow_state.current_task_state
        client.post(reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", task.pk]))
        assert latest(submitted).number == 1


class TestOnSchedule:
    def test_publishing(self, live, process_owner):
        scheduled(live, process_owner, timezone.now() + timedelta(days=1))
        assert latest(live).number == 1
        KnowledgeBrief.objects.filter(pk=live.pk).update(go_live_at=None)
        _bring_forward(live)
        assert publish_due(at=timezone.now()) == 0
        edition = latest(live)
        assert (edition.number, edition.author) == (2, process_owner)

    def test_publishing_without_its_entry(self, live, process_owner, no_entry):
        scheduled(live, process_owner, timezone.now() + timedelta(days=1))
        _bring_forward(live)
        before = state()
        no_entry()
        with pytest.raises(CommandError, match="stay scheduled"):
            call_command("publish_scheduled")
        assert state() == before

    def test_one_that_fails_stands_in_nobodys_way(self, live, process_owner, expert, monkeypatch):
        other = draft_page(KnowledgeBrief, title="Other", body="x", by=expert, at=NOON)
        for page in (live, other):
            scheduled(page, process_owner, timezone.now() + timedelta(days=1))
            _bring_forward(page)
        refuse_entries(monkeypatch, "knowledge.edition_published:BRF-0001")
        assert publish_due(at=timezone.now()) == 1
        assert (latest(live).number, latest(other).number) == (1, 1)

    def test_expiring(self, live):
        KnowledgeBrief.objects.filter(pk=live.pk).update(expire_at=timezone.now() - timedelta(hours=1))
        publish_due(at=timezone.now())
        live.refresh_from_db()
        assert (live.live, live.expired) == (False, True)
        assert not Edition.objects.current().exists()

    def test_expiring_without_its_entry(self, live, no_entry):
        KnowledgeBrief.objects.filter(pk=live.pk).update(expire_at=timezone.now() - timedelta(hours=1))
        before = state()
        no_entry()
        assert publish_due(at=timezone.now()) == 1
        assert state() == before

    def test_who_approved_a_scheduled_text_approves_its_edition(self, admin_client, brief, administrator, expert):
        edit(admin_client, brief, effective_from=timezone.localdate() + timedelta(days=1))
        brief.refresh_from_db()
        assert not brief.live
        assert not Edition.objects.exists()
        _bring_forward(brief)
        publish_due(at=timezone.now())
        assert latest(brief).approver == administrator


class TestByCode:
    def test_publishing_a_revision(self, brief, expert):
        brief.save_revision(user=expert).publish()
        assert (latest(brief).author, latest(brief).change_summary) == (expert, "First edition.")

    @pytest.mark.parametrize("way", ["revision", "page", "copy", "unpublish", "action", "withdraw"])
    def test_nothing_happens_without_its_entry(self, live, expert, no_entry, way):
        live.body = "Changed."
        revision = live.save_revision(user=expert)
        ways = {
            "revision": lambda: revision.publish(),
            "page": lambda: live.publish(revision),
            "copy": lambda: live.copy(update_attrs={"slug": "copied"}),
            "unpublish": lambda: live.unpublish(),
            "action": lambda: publish(live, by=expert, at=timezone.now(), **change()),
            "withdraw": lambda: withdraw_page(live, reason="Why not.", by=expert, at=timezone.now()),
        }
        before = state()
        no_entry()
        with pytest.raises(EntryRefused):
            ways[way]()
        assert state() == before

    def test_an_edition_is_made_once_for_each_publication(self, live, expert):
        live.save_revision(user=expert).publish()
        assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def _bring_forward(page):
    """As if the day had come."""
    revision = Revision.objects.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).get()
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
