"""Where a process asks for four eyes, nobody lets out what they wrote themselves: not by role, and not by any way."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowPage, WorkflowTask

from jobs.actions import run_waiting
from knowledge.actions import draft_page, open_house, publish, publish_due
from knowledge.models import Edition, FourEyesTask, KnowledgeBrief, Process
from knowledge.publishing import publish_approved
from knowledge.refusals import OwnChangeRefused
from knowledge.writing import waiting_for
from people.groups import PROCESS_OWNERS
from tests.knowledge.conftest import NOON, change, form_of, member

ASKED = [True, False]


@pytest.fixture
def linked(db):
    """A brief in force, of a process that asks for four eyes or not."""

    def make(four_eyes):
        process = draft_page(Process, title="Build", four_eyes=four_eyes, by=None, at=NOON)
        publish(process, by=None, at=NOON, **change())
        brief = draft_page(KnowledgeBrief, title="A strap", body="Look.", processes=[process], by=None, at=NOON)
        publish(brief, by=None, at=NOON, **change())
        return brief

    return make


def edit(client, page, action, **fields):
    processes = [str(process.pk) for process in page.processes.all()]
    said = {"body": "Edited.", **change("Said."), **fields}
    data = form_of(title=page.title, slug=page.slug, processes=processes, **said)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, action: "1"}, follow=True)


def approve(client, page, person):
    client.force_login(person)
    state = KnowledgeBrief.objects.get(pk=page.pk).current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))


def in_force(page):
    return Edition.objects.current().get(page=page.pk).number


@pytest.fixture
def second(db):
    return member("olga", PROCESS_OWNERS)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("author", ["expert", "process_owner", "administrator"])
@pytest.mark.parametrize("approver", ["process_owner", "administrator"])
def test_who_may_approve_in_the_workflow(request, client, linked, author, approver, asked):
    brief = linked(asked)
    writer = request.getfixturevalue(author)
    client.force_login(writer)
    edit(client, brief, "action-submit")
    approve(client, brief, request.getfixturevalue(approver))
    assert in_force(brief) == (1 if asked and author == approver else 2)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("own", [True, False])
def test_who_may_publish_in_bulk(client, linked, administrator, expert, own, asked):
    brief = linked(asked)
    brief.body = "Changed."
    brief.save_revision(user=administrator if own else expert)
    client.force_login(administrator)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={brief.pk}", {"include_descendants": ""})
    assert in_force(brief) == (1 if asked and own else 2)


@pytest.mark.parametrize("asked", ASKED)
def test_what_an_administrator_would_publish_is_submitted_and_nothing_is_lost(client, linked, administrator, asked):
    brief = linked(asked)
    client.force_login(administrator)
    said = edit(client, brief, "action-publish").content.decode()
    assert in_force(brief) == (1 if asked else 2)
    assert ("someone else approves it" in said) == asked
    brief.refresh_from_db()
    assert brief.get_latest_revision_as_object().body == "Edited."
    assert brief.workflow_in_progress == asked


@pytest.mark.parametrize("asked", ASKED)
def test_so_is_what_they_create(client, linked, administrator, asked):
    process = linked(asked).processes.get()
    client.force_login(administrator)
    briefs = Page.objects.get(slug="briefs")
    url = reverse("wagtailadmin_pages:add", args=["knowledge", "knowledgebrief", briefs.pk])
    data = form_of(title="New", body="Words.", slug="new", processes=[str(process.pk)], **change("Said."))
    client.post(url, {**data, "action-publish": "1"})
    new = KnowledgeBrief.objects.get(slug="new")
    assert (new.live, new.workflow_in_progress) == (not asked, asked)


@pytest.mark.parametrize("asked", ASKED)
def test_the_action_refuses_an_author_who_publishes(linked, expert, asked):
    brief = linked(asked)
    if asked:
        with pytest.raises(OwnChangeRefused, match="someone else approves it"):
            publish(brief, by=expert, author=expert, at=timezone.now(), **change())
    else:
        publish(brief, by=expert, author=expert, at=timezone.now(), **change())
    assert in_force(brief) == (1 if asked else 2)


def test_what_is_brought_in_from_elsewhere_was_approved_there(linked, expert):
    assert publish(linked(True), by=expert, at=timezone.now(), **change()).number == 2


def test_the_last_guard_refuses_whatever_way_was_found_to_it(client, linked, process_owner):
    brief = linked(True)
    client.force_login(process_owner)
    edit(client, brief, "action-submit")
    state = KnowledgeBrief.objects.get(pk=brief.pk).current_workflow_state
    with pytest.raises(OwnChangeRefused), transaction.atomic():
        publish_approved(state, user=process_owner)
    assert in_force(brief) == 1


def test_whoever_wrote_a_part_of_the_change_wrote_it(client, linked, process_owner, second, expert):
    brief = linked(True)
    client.force_login(process_owner)
    edit(client, brief, "action-submit")
    client.force_login(second)
    edit(client, brief, "action-save")
    assert not brief.may_be_approved_by(second)
    assert not brief.may_be_approved_by(process_owner)
    assert brief.may_be_approved_by(expert)


def test_taking_the_process_away_does_not_take_the_four_eyes_away(linked, process_owner):
    brief = linked(True)
    draft = KnowledgeBrief.objects.get(pk=brief.pk)
    draft.processes = []
    draft.save_revision(user=process_owner)
    assert not draft.may_be_approved_by(process_owner)


def test_a_process_is_asked_of_itself(process_owner):
    process = draft_page(Process, title="Build", by=process_owner, at=NOON)
    assert not process.may_be_approved_by(process_owner)


def test_who_wrote_it_sees_why_and_finds_nothing_to_approve(client, linked, process_owner, second):
    brief = linked(True)
    client.force_login(process_owner)
    edit(client, brief, "action-submit")
    assert waiting_for(process_owner) == []
    assert [state.page.pk for state in waiting_for(second)] == [brief.pk]
    editor = reverse("wagtailadmin_pages:edit", args=[brief.pk])
    page = client.get(editor).content.decode()
    assert "You wrote this change; someone else approves it." in page
    assert 'data-workflow-action-name="approve"' not in page
    client.force_login(second)
    assert 'data-workflow-action-name="approve"' in client.get(editor).content.decode()


def test_the_editor_offers_no_publishing_where_it_is_asked(client, linked, administrator):
    client.force_login(administrator)
    for asked in ASKED:
        brief = linked(asked)
        page = client.get(reverse("wagtailadmin_pages:edit", args=[brief.pk])).content.decode()
        assert ("action-publish" in page) == (not asked)


def test_a_house_that_was_opened_before_asks_from_now_on(client, linked, process_owner, second):
    brief = linked(True)
    link = WorkflowTask.objects.get()
    old = GroupApprovalTask.objects.create(name="Approval by a process owner")
    old.groups.add(Group.objects.get(name=PROCESS_OWNERS))
    link.task = old
    link.save()
    client.force_login(process_owner)
    edit(client, brief, "action-submit")
    for _ in range(2):
        open_house(by=None, at=NOON)
    task = WorkflowPage.objects.get().workflow.tasks.get().specific
    assert isinstance(task, FourEyesTask)
    assert list(task.groups.values_list("name", flat=True)) == [PROCESS_OWNERS]
    assert TaskState.objects.get().task_id == task.pk
    approve(client, brief, process_owner)
    assert in_force(brief) == 1
    approve(client, brief, second)
    assert in_force(brief) == 2


class TestADayToCome:
    TOMORROW = timedelta(days=1)

    def test_the_edition_before_holds_till_then(self, client, linked, expert, process_owner, time_machine):
        brief = linked(True)
        day = timezone.localdate() + self.TOMORROW
        client.force_login(expert)
        edit(client, brief, "action-submit", effective_from=day)
        approve(client, brief, process_owner)
        assert in_force(brief) == 1
        said = client.get(brief.url).content.decode()
        assert f"Edition 2 comes into force on {day:%-d %B %Y}" in " ".join(said.split())
        time_machine.move_to(timezone.now() + self.TOMORROW)
        assert publish_due(at=timezone.now()) == 0
        edition = Edition.objects.current().get(page=brief.pk)
        assert (edition.number, edition.effective) == (2, day)
        assert (edition.author, edition.approver) == (expert, process_owner)

    def test_readers_are_not_told_of_it(self, client, linked, administrator, reader):
        brief = linked(False)
        client.force_login(administrator)
        edit(client, brief, "action-publish", effective_from=timezone.localdate() + self.TOMORROW)
        client.force_login(reader)
        assert "comes into force" not in client.get(brief.url).content.decode()

    def test_a_day_that_is_over_is_refused(self, client, linked, administrator):
        brief = linked(False)
        client.force_login(administrator)
        said = edit(client, brief, "action-publish", effective_from=timezone.localdate() - self.TOMORROW)
        assert "This day is over." in said.content.decode()
        assert in_force(brief) == 1

    def test_today_is_at_once(self, client, linked, administrator):
        brief = linked(False)
        client.force_login(administrator)
        edit(client, brief, "action-publish", effective_from=timezone.localdate())
        assert in_force(brief) == 2


def test_nobody_finds_or_reads_a_draft(client, linked, expert, reader):
    brief = linked(True)
    client.force_login(expert)
    edit(client, brief, "action-submit", body="Xylophone.")
    run_waiting(timezone.now() + timedelta(minutes=1))
    client.force_login(reader)
    assert "Xylophone" not in client.get(brief.url).content.decode()
    assert brief.title not in client.get("/search/", {"q": "xylophone"}).content.decode()


def test_what_waits_costs_the_same_where_four_eyes_are_asked(client, linked, expert, second):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            waiting_for(second)
        return len(captured)

    client.force_login(expert)
    edit(client, linked(True), "action-submit")
    queries()
    few = queries()
    for _ in range(3):
        edit(client, linked(True), "action-submit")
    assert queries() == few
