"""Wagtail's admin, each unsafe request of which is one transaction.

Wagtail publishes in several steps and sends its signal between them: where the edition or its entry is refused, the
page must not stay live. A GET is left alone, for on SQLite every transaction waits for the one writer.
"""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from knowledge.refusals import Refused

SAFE = ("GET", "HEAD", "OPTIONS")


def atomic_unless_safe(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                # What is rendered late may still fail, and then nothing may have happened.
                return response.render() if hasattr(response, "render") else response
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(_where_from(request))

    return inner


def _where_from(request):
    address = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "wagtailadmin_home"


urlpatterns = decorate_urlpatterns(urls.urlpatterns, atomic_unless_safe)
