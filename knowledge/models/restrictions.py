from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction


def found_by_path(page):
    """The view restrictions of a page and of those above it, in one query."""
    if page.alias_of_id:
        return Page.get_view_restrictions(page)
    above = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return PageViewRestriction.objects.filter(page__path__in=above)


def restrictions():
    """Those that keep a page from some of those who are signed in."""
    return PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN)


def stands_below(restrictions):
    """Of a queryset of pages, whether one of `restrictions` is of the page or of one above."""
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(restrictions.annotate(here=here).filter(here__startswith=F("page__path")))


def with_restrictions(pages):
    """Each with `is_restricted`: whether it is kept from anybody."""
    return pages.annotate(is_restricted=stands_below(restrictions()))
