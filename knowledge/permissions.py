"""Who may read what, and take it out of use. Writing is by Wagtail's own rights: see actions/give_rights.py."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction

from people.permissions import is_administrator, is_process_owner


def visible_to(pages, person):
    """Of a queryset of pages, those that no view restriction, of theirs or of a page above, keeps from `person`.

    A page behind a password is left out: who knows the password can still open it.
    """
    if is_administrator(person):
        return pages
    closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN).exclude(
        restriction_type=PageViewRestriction.GROUPS, groups__user=person.pk
    )
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = closed.annotate(here=here).filter(here__startswith=F("page__path"))
    return pages.filter(~Exists(above))


def may_see(person, page):
    return person.is_active and visible_to(type(page).objects.filter(pk=page.pk), person).exists()


def may_withdraw(person):
    return is_administrator(person) or is_process_owner(person)
