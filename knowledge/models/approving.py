from wagtail.models import AbstractGroupApprovalTask

from knowledge.models.processes import Process


class FourEyesTask(AbstractGroupApprovalTask):
    """Approval by someone of a group who, where a process of the page asks for four eyes, did not write the change."""

    class Meta:
        verbose_name = "approval with four eyes"
        verbose_name_plural = "approvals with four eyes"

    @classmethod
    def get_description(cls):
        return "Members of the groups approve; where the process asks for four eyes, nobody their own change"

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve" or may_approve(obj, user)]


def may_approve(page, person) -> bool:
    """Whether four eyes allow it. `page` is as the change would have it; what it was linked to before counts, too."""
    return not asks_four_eyes(page) or person.pk not in authors_of_change(page)


def asks_four_eyes(page) -> bool:
    linked = {process.pk for process in page.processes.all()} | set(
        Process.objects.filter(linked_pages=page.pk).values_list("pk", flat=True)
    )
    return Process.objects.filter(pk__in={*linked, page.pk}, four_eyes=True).exists()


def authors_of_change(page) -> set[int]:
    """The ids of those who wrote what stands in the page's draft and in no edition."""
    revisions = page.revisions.all()
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    return set(revisions.exclude(user=None).values_list("user", flat=True))
