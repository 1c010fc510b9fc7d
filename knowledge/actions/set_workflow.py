from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from people.groups import PROCESS_OWNERS


@transaction.atomic
def set_workflow(home):
    """What is submitted anywhere under the front door is approved by a process owner."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    task = GroupApprovalTask.objects.create(name="Approval by a process owner")
    task.groups.add(Group.objects.get_or_create(name=PROCESS_OWNERS)[0])
    workflow = Workflow.objects.create(name="Publication")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=home, workflow=workflow)
