import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage

from evidence import triggers
from knowledge.actions import draft_page, open_house
from knowledge.models import HomePage, KnowledgeBrief, Section
from knowledge.shelves import SHELVES, section_for
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.knowledge.conftest import NOON, member

pytestmark = pytest.mark.databases


def test_every_database_has_a_front_door_and_its_sections(db):
    home = HomePage.objects.get()
    assert Site.objects.get().root_page_id == home.pk
    assert set(Section.objects.child_of(home).live().values_list("slug", flat=True)) == set(SHELVES)
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_opening_it_again_changes_nothing(db):
    def state():
        return [model.objects.count() for model in (Page, Site, Group, GroupPagePermission, Workflow, WorkflowPage)]

    section = section_for("briefs")
    section.title = "Handbook"
    section.save()
    before = state()
    open_house(by=None, at=NOON)
    assert state() == before
    assert section_for("briefs").title == "Handbook"


@pytest.mark.django_db(transaction=True)
def test_it_is_there_again_after_a_flush():
    triggers.remove(connection)  # or the log refuses; the flush brings them back
    call_command("flush", interactive=False, verbosity=0)
    assert draft_page(KnowledgeBrief, title="New", body="x", by=None, at=NOON).get_parent().slug == "briefs"
    assert GroupPagePermission.objects.filter(group__name=EXPERTS).exists()


@pytest.mark.parametrize(("group", "writes"), [(EXPERTS, True), (PROCESS_OWNERS, True), (HR, False), (AUDITORS, False)])
@pytest.mark.parametrize("shelf", SHELVES)
def test_who_may_write_and_that_nobody_may_publish(db, group, writes, shelf):
    rights = section_for(shelf).permissions_for_user(member("mia", group))
    assert (rights.can_add_subpage(), rights.can_edit()) == (writes, writes)
    assert not rights.can_publish_subpage()
    assert not rights.can_publish()


def test_no_group_holds_the_right_to_publish(db):
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_what_is_submitted_is_approved_by_a_process_owner(brief, process_owner, expert):
    task = brief.get_workflow().tasks.get().specific
    assert [name for name, *_ in task.get_actions(brief, process_owner)] == ["reject", "approve", "approve"]
    assert task.get_actions(brief, expert) == []


def test_each_kind_is_made_in_its_own_section(db):
    assert KnowledgeBrief.can_create_at(Section(slug="briefs"))
    assert not KnowledgeBrief.can_create_at(Section(slug="lessons"))
