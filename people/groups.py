"""The four groups of readers who may do more than read, and what Django and Wagtail let them do."""

from django.apps import apps as installed
from django.db.models import Q

EXPERTS = "Experts"
PROCESS_OWNERS = "Process owners"
HR = "HR"
AUDITORS = "Auditors"

GROUPS = {
    EXPERTS: ["wagtailadmin.access_admin"],
    PROCESS_OWNERS: ["wagtailadmin.access_admin"],
    HR: ["evidence.view_entry"],
    AUDITORS: [
        "evidence.view_entry",
        "evidence.view_checkpoint",
        "evidence.view_sample",
        "evidence.add_sample",
    ],
}


def make_groups(using, apps=installed, **kwargs):
    """Make what is missing; take nothing away. A receiver of post_migrate, so that it also comes back after a flush.

    It listens to the last app alone: Django makes an app's permissions at that app's post_migrate, and those that are
    given here belong to apps before it. Where only a part is migrated, what does not exist yet is left out.
    """
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:
        return
    for name, labels in GROUPS.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permission_model.objects.using(using).filter(_any_of(labels)))


def _any_of(labels):
    wanted = Q(pk=None)
    for label in labels:
        app, codename = label.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return wanted
