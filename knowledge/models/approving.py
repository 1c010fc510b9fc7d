"""Four eyes: where a process asks for them, nobody lets out what they wrote themselves."""

from typing import Any

from django.db.models import Max, Q
from wagtail.models import AbstractGroupApprovalTask, Page, PagePermissionTester, Revision


class FourEyed:
    """A page whose processes may ask for four eyes."""

    pk: int
    editions: Any
    processes: Any

    def asks_four_eyes(self) -> bool:
        """As the change in hand would have it, or as it is: whoever takes a process away still meets what it asks."""
        processes = [process.pk for process in self.processes.all()]
        asking = Page.objects.filter(knowledgepage__process__four_eyes=True)
        now = Q(knowledgepage__process__linked_pages=self.pk)
        return asking.filter(Q(pk__in=[*processes, self.pk]) | now).exists()

    def authors_of_change(self, *, until=None) -> set[int]:
        """The ids of those who wrote what stands in the draft (or in the revision of that id) and in no edition."""
        revisions = Revision.page_revisions.filter(object_id=str(self.pk))
        if last := self.editions.aggregate(last=Max("revision_id"))["last"]:
            revisions = revisions.filter(pk__gt=last)
        if until is not None:
            revisions = revisions.filter(pk__lte=until)
        return set(revisions.exclude(user=None).values_list("user", flat=True))

    def may_be_approved_by(self, person) -> bool:
        return person.pk not in self.authors_of_change() or not self.asks_four_eyes()

    def permissions_for_user(self, user):
        return FourEyesPermissions(user, self)


class FourEyesPermissions(PagePermissionTester):
    """Nobody, and no administrator, publishes their own change where four eyes are asked."""

    def can_publish(self):
        return super().can_publish() and self.page.may_be_approved_by(self.user)


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
        if all(name != "approve" for name, *_ in actions) or may_approve(obj, user):
            return actions
        return [action for action in actions if action[0] != "approve"]


def may_approve(page, person) -> bool:
    page = page.specific if type(page) is Page else page
    return not isinstance(page, FourEyed) or page.may_be_approved_by(person)


def own_changes(page_ids, person) -> set[int]:
    """Of these pages, those whose change `person` wrote and may therefore not approve: in three queries."""
    asking = Page.objects.filter(
        Q(knowledgepage__processes__four_eyes=True) | Q(knowledgepage__process__four_eyes=True), pk__in=page_ids
    )
    asking = set(asking.values_list("pk", flat=True))
    written = Revision.page_revisions.filter(object_id__in=map(str, asking), user=person.pk).order_by()
    newest = {int(page): last for page, last in written.values_list("object_id").annotate(last=Max("pk"))}
    kept = Page.objects.filter(pk__in=newest).annotate(last=Max("knowledgepage__editions__revision_id"))
    published = dict(kept.values_list("pk", "last"))
    return {page for page, last in newest.items() if last > (published[page] or 0)}
