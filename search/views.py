from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from search.actions import record_query
from search.engine.folder import IndexBroken
from search.models import QueryLog
from search.permissions import pages_open_to
from search.questions import find, suggestion

LONGEST = QueryLog._meta.get_field("text").max_length


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    if not text:
        return render(request, "search/search.html", {"text": text})
    pages = pages_open_to(request)
    kind, number = request.GET.get("kind", ""), request.GET.get("page", 1)
    try:
        found = find(text, pages, kind=kind, number=number)
        better = None if found.exact else suggestion(text, pages)
    except IndexBroken:
        return render(request, "search/search.html", {"text": text, "broken": True}, status=503)
    if number == 1 and not kind:
        record_query(text, results=found.count, at=timezone.now())
    return render(request, "search/search.html", {"text": text, "found": found, "better": better})
