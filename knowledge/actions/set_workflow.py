from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from knowledge.models import FourEyesTask
from people.groups import PROCESS_OWNERS

NAME = "Approval by a process owner"


@transaction.atomic
def set_workflow(home):
    """What is submitted anywhere under the front door is approved by a process owner, with four eyes where asked."""
    standing = WorkflowPage.objects.filter(page=home).first()
    if standing:
        _ask_for_four_eyes(standing.workflow)
        return
    workflow = Workflow.objects.create(name="Publication")
    task = _task(NAME, [Group.objects.get_or_create(name=PROCESS_OWNERS)[0]])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=home, workflow=workflow)


def _ask_for_four_eyes(workflow):
    """In a house that was opened before there were four eyes. What waits there goes on waiting, for four eyes now."""
    for old in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow):
        task = _task(old.name, old.groups.all())
        WorkflowTask.objects.filter(workflow=workflow, task=old).update(task=task)
        TaskState.objects.filter(task=old, workflow_state__workflow=workflow, finished_at=None).update(task=task)
        if not WorkflowTask.objects.filter(task=old).exists():
            GroupApprovalTask.objects.filter(pk=old.pk).update(active=False)


def _task(name, groups):
    task = FourEyesTask.objects.create(name=name)
    task.groups.set(groups)
    return task
