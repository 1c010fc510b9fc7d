from datetime import UTC, datetime, time
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from competence import actions
from competence.calendars import calendar_of
from competence.evaluations import with_a_day
from competence.matrix import record_of
from competence.models import CalendarKey


@require_safe
def feed(request, token):
    """For a calendar program, which cannot sign in: who knows the address is told titles and days."""
    today = timezone.localdate()
    key = CalendarKey.objects.filter(token=token, person__is_active=True).select_related("person").first()
    if key is None or (key.person.last_day and key.person.last_day < today):
        return HttpResponseNotFound("There is no such calendar.", content_type="text/plain; charset=utf-8")
    # A stamp that is the same all day, so that what is the same has the same tag.
    morning = timezone.make_aware(datetime.combine(today, time.min)).astimezone(UTC)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    cells, evaluations = record_of(key.person, on=today), with_a_day([key.person_id], key.person, on=today)
    content = calendar_of(key.person_id, cells, evaluations, host=host, at=morning)
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = tag
    response["Last-Modified"] = f"{morning:%a, %d %b %Y %H:%M:%S} GMT"
    patch_cache_control(response, private=True, no_cache=True)
    # Only the tag is asked: what changes during the day has the same date.
    return get_conditional_response(request, etag=tag, response=response)


@require_POST
def renew(request):
    actions.renew_calendar(request.user, at=timezone.now())
    messages.success(request, "This is your calendar’s address now. An older one leads nowhere any more.")
    return redirect("courses:learning")


@require_POST
def end(request):
    actions.end_calendar(request.user)
    messages.success(request, "Your calendar is off: its address leads nowhere any more.")
    return redirect("courses:learning")
