from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def pages_open_to(request: HttpRequest) -> PageQuerySet:
    """The live pages that whoever asks would be shown if they went there, by Wagtail's own rule."""
    pages = Page.objects.live().filter(depth__gt=1)
    restrictions = list(PageViewRestriction.objects.select_related("page").prefetch_related("groups"))
    if restrictions and request.user.is_authenticated:
        prefetch_related_objects([request.user], "groups")  # asked for each restriction
    for restriction in restrictions:
        if not restriction.accept_request(request):
            pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return pages
