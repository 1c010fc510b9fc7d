"""What one may write where, and what waits for one's approval."""

from django.urls import reverse
from wagtail.models import Page, TaskState

from knowledge.models import Section
from knowledge.models.approving import own_changes


def kinds_to_write(section) -> list[tuple[str, str]]:
    """What may stand in a section, each as what it is called and where one begins to write it."""
    kinds = [kind for kind in section.specific_class.creatable_subpage_models() if kind.can_create_at(section)]
    return [(kind._meta.verbose_name, _form(kind, section)) for kind in kinds]


def all_kinds_to_write() -> list[tuple[str, str]]:
    return [kind for section in Section.objects.live().order_by("path") for kind in kinds_to_write(section)]


def waiting_for(person) -> list[TaskState]:
    """What was submitted and `person` may approve, the oldest first, each with the `page` as it stands today."""
    states = TaskState.objects.reviewable_by(person).select_related("revision", "workflow_state__requested_by")
    waiting = list(states.order_by("started_at"))
    own = own_changes([int(state.revision.object_id) for state in waiting], person)
    waiting = [state for state in waiting if int(state.revision.object_id) not in own]
    pages = Page.objects.in_bulk([int(state.revision.object_id) for state in waiting])
    for state in waiting:
        state.page = pages[int(state.revision.object_id)]
    return waiting


def _form(kind, section):
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, section.pk])
