from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.models import Page

from knowledge.permissions import visible_to


@require_safe
def page(request, pk):
    """The way from a text to a page whose address is not told to everyone."""
    found = visible_to(Page.objects.live(), request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return redirect(found.url)
