from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Site, Workflow

from knowledge.actions.give_rights import give_rights
from knowledge.actions.set_workflow import set_workflow
from knowledge.models import HomePage, Section
from knowledge.shelves import SHELVES


@transaction.atomic
def open_house(*, by, at) -> HomePage:
    """Put in place what every house has: its front door, its sections, who may write there and who approves.

    What is there already stays as it is, whatever people have made of it.
    """
    locale, _ = Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    home = HomePage.objects.first() or _open_front_door(locale, by, at)
    for slug, (title, introduction) in SHELVES.items():
        if not home.get_children().filter(slug=slug).exists():
            section = Section(title=title, slug=slug, introduction=introduction, show_in_menus=True)
            _add(section, under=home, by=by, at=at)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    give_rights(home)
    set_workflow(home)
    return home


def _open_front_door(locale, by, at):
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    _clear_what_wagtail_came_with(root)
    home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home", locale=locale)
    _add(home, under=root, by=by, at=at)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": settings.WAGTAIL_SITE_NAME, "root_page": home},
    )
    return home


def _add(page, *, under, by, at):
    page.owner = by
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = at
    under.add_child(instance=page)


def _clear_what_wagtail_came_with(root):
    """Its welcome page, and the groups and the workflow by which anyone may be given the right to publish alone."""
    for page in root.get_children().exact_type(Page):
        page.delete()
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    root.refresh_from_db()
