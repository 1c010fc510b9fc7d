"""Whoever wrote a change tries, with every right there is, to let it out themselves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.actions import draft_page, publish, publish_due
from knowledge.models import Edition, KnowledgeBrief, Process
from people.actions import appoint_administrator
from people.groups import EXPERTS, PROCESS_OWNERS
from tests.knowledge.conftest import NOON, change, form_of
from tests.scenes import hire

pytestmark = pytest.mark.django_db
SLIPPED = "Slipped in."


@pytest.fixture
def author():
    """Everything at once: expert, process owner and administrator."""
    person = hire("Una", "Author", groups=[EXPERTS, PROCESS_OWNERS])
    appoint_administrator(person, by=None, at=NOON)
    return person


@pytest.fixture
def brief():
    process = draft_page(Process, title="Build", by=None, at=NOON)
    free = draft_page(Process, title="Free", four_eyes=False, by=None, at=NOON)
    brief = draft_page(KnowledgeBrief, title="A strap", body="Look.", processes=[process], by=None, at=NOON)
    for page in (process, free, brief):
        publish(page, by=None, at=NOON, **change())
    return brief


def submitted(client, brief, **fields):
    said = {"body": SLIPPED, "processes": [str(Process.objects.get(title="Build").pk)], **change("Said."), **fields}
    data = form_of(title=brief.title, slug=brief.slug, **said)
    client.post(reverse("wagtailadmin_pages:edit", args=[brief.pk]), {**data, "action-submit": "1"})
    return data


def admin(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def by_workflow(client, brief, data):
    state = brief.current_workflow_task_state
    for name in ("workflow_action", "collect_workflow_action_data"):
        client.post(admin(name, brief.pk, "approve", state.pk), {"comment": "Fine."})


def by_approving_in_the_editor(client, brief, data):
    sent = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    client.post(admin("edit", brief.pk), {**data, **sent})


def by_approving_what_they_change_on_the_way(client, brief, data):
    sent = {"action-workflow-action": "true", "workflow-action-name": "approve", "body": f"{SLIPPED} More."}
    client.post(admin("edit", brief.pk), {**data, **sent})


def by_ending_the_workflow(client, brief, data):
    client.post(admin("edit", brief.pk), {**data, "action-cancel-workflow": "1"})
    client.post(admin("edit", brief.pk), {**data, "action-publish": "1"})


def by_naming_another_process(client, brief, data):
    free = str(Process.objects.get(title="Free").pk)
    client.post(admin("edit", brief.pk), {**data, "processes": [free], "action-publish": "1"})


def by_naming_none(client, brief, data):
    without = {name: value for name, value in data.items() if name != "processes"}
    client.post(admin("edit", brief.pk), {**without, "action-publish": "1"})


def in_bulk(client, brief, data):
    for pk in (brief.pk, brief.get_parent().pk):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        client.post(f"{address}?id={pk}", {"include_descendants": "on"})


def by_going_back_to_a_revision(client, brief, data):
    client.post(admin("revisions_revert", brief.pk, brief.latest_revision_id))
    client.post(admin("edit", brief.pk), {**data, "revision": brief.latest_revision_id, "action-publish": "1"})


def by_a_day_to_come(client, brief, data):
    day = timezone.localdate() + timedelta(days=1)
    client.post(admin("edit", brief.pk), {**data, "effective_from": day, "action-publish": "1"})
    client.post(admin("edit", brief.pk), {**data, "go_live_at": f"{day} 00:00", "action-publish": "1"})
    publish_due(at=timezone.now() + timedelta(days=3))


def by_asking_no_more_of_the_process(client, brief, data):
    process = Process.objects.get(title="Build")
    forms = {f"{rows}-{name}_FORMS": "0" for rows in ("measures", "risks") for name in ("TOTAL", "INITIAL")}
    said = form_of(title=process.title, slug=process.slug, **change("Said."), **forms)
    client.post(admin("edit", process.pk), {**said, "action-publish": "1"})
    client.post(admin("edit", brief.pk), {**data, "action-publish": "1"})


def by_an_alias(client, brief, data):
    copied = {"new_title": "Two", "new_slug": "two", "new_parent_page": brief.get_parent().pk, "alias": "on"}
    client.post(admin("copy", brief.pk), {**copied, "publish_copies": "on"})


WAYS = [value for name, value in list(globals().items()) if name.startswith(("by_", "in_bulk")) and callable(value)]


@pytest.mark.parametrize("way", WAYS)
def test_nobody_lets_out_their_own_change(author, brief, quiet, way):
    client = Client(raise_request_exception=False)
    client.force_login(author)
    data = submitted(client, brief)
    brief = KnowledgeBrief.objects.get(pk=brief.pk)
    assert brief.workflow_in_progress
    way(client, brief, data)
    assert [one.number for one in Edition.objects.filter(page=brief.pk)] == [1]
    live = Page.objects.live().type(KnowledgeBrief).specific()
    assert not [page.title for page in live if SLIPPED in page.body]
    assert Process.objects.get(title="Build").four_eyes


def test_someone_else_lets_it_out(author, brief):
    client = Client()
    client.force_login(author)
    data = submitted(client, brief)
    client.force_login(hire("Olaf", "Other", groups=[PROCESS_OWNERS]))
    by_workflow(client, KnowledgeBrief.objects.get(pk=brief.pk), data)
    assert Edition.objects.filter(page=brief.pk).count() == 2


def test_who_changes_it_while_approving_wrote_it_too(author, brief, quiet):
    client = Client(raise_request_exception=False)
    client.force_login(author)
    data = submitted(client, brief)
    client.force_login(hire("Olaf", "Other", groups=[PROCESS_OWNERS]))
    by_approving_what_they_change_on_the_way(client, KnowledgeBrief.objects.get(pk=brief.pk), data)
    assert Edition.objects.filter(page=brief.pk).count() == 1
