"""Wagtail's admin, each unsafe request of which is one transaction.

Wagtail publishes in several steps and sends its signal between them: where the edition or its entry is refused, the
page must not stay live. A GET is left alone, for on SQLite every transaction waits for the one writer.
"""

from functools import wraps

from django.db import transaction
from wagtail.admin import urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

SAFE = ("GET", "HEAD", "OPTIONS")


def atomic_unless_safe(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            # What is rendered late may still fail, and then nothing may have happened.
            return response.render() if hasattr(response, "render") else response

    return inner


urlpatterns = decorate_urlpatterns(urls.urlpatterns, atomic_unless_safe)
