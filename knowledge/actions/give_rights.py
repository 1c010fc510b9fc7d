from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from knowledge.models import Section
from people.groups import EXPERTS, PROCESS_OWNERS

WRITERS = (EXPERTS, PROCESS_OWNERS)


@transaction.atomic
def give_rights(home):
    """Let experts and process owners write in every section. The right to publish is given to nobody."""
    pages = [_permission(Page, action) for action in ("add", "change")]
    files = [
        _permission(model, action)
        for model in (get_image_model(), get_document_model())
        for action in ("add", "change", "choose")
    ]
    collection = Collection.get_first_root_node()
    sections = list(Section.objects.child_of(home))
    for name in WRITERS:
        group, _ = Group.objects.get_or_create(name=name)
        GroupPagePermission.objects.bulk_create(
            [GroupPagePermission(group=group, page=page, permission=right) for page in sections for right in pages],
            ignore_conflicts=True,
        )
        GroupCollectionPermission.objects.bulk_create(
            [GroupCollectionPermission(group=group, collection=collection, permission=right) for right in files],
            ignore_conflicts=True,
        )


def _permission(model, action):
    codename = f"{action}_{model._meta.model_name}"
    kind = ContentType.objects.get_for_model(model)
    name = f"Can {action} {model._meta.verbose_name}"
    return Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]
