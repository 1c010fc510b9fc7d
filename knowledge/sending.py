"""Publish in the admin's lists: of many at once, none where one of them is a brief that runs over its page."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail.models import Page

from knowledge.one_page import refuse_overlong
from knowledge.refusals import OverlongRefused


def refuse_overlong_many(request, action_type, objects, action):
    if action_type != "publish" or request.method != "POST":
        return None
    for page in _sent(objects, with_descendants=bool(request.POST.get("include_descendants"))):
        try:
            refuse_overlong(page)
        except OverlongRefused as refusal:
            messages.error(request, f"Nothing was published. “{page.title}”: {refusal}")
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _sent(pages, *, with_descendants):
    for page in pages:
        below = page.get_descendants().filter(live=False).specific() if with_descendants else Page.objects.none()
        for each in (page.specific, *below):
            if getattr(each, "is_one_page", False):
                yield each.get_latest_revision_as_object()
