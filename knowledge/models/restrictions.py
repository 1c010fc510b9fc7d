from wagtail.models import Page, PageViewRestriction


def found_by_path(page):
    """The view restrictions of a page and of those above it, in one query."""
    if page.alias_of_id:
        return Page.get_view_restrictions(page)
    above = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return PageViewRestriction.objects.filter(page__path__in=above)
