from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knowledge import actions
from knowledge.bulletins import whats_new
from knowledge.models import Bulletin, BulletinOptOut

PAGE_LENGTH = 24


@require_safe
@never_cache
def bulletins(request):
    sheet = Paginator(Bulletin.objects.all(), PAGE_LENGTH).get_page(request.GET.get("page"))
    wanted = not BulletinOptOut.objects.filter(person=request.user, until=None).exists()
    return render(request, "knowledge/bulletins.html", {"sheet": sheet, "wanted": wanted})


@require_safe
def bulletin(request, year, month):
    try:
        first = date(year, month, 1)
    except ValueError as impossible:
        raise Http404 from impossible
    found = get_object_or_404(Bulletin, month=first)
    return render(request, "knowledge/bulletin.html", {"bulletin": found, "parts": whats_new(first, request.user)})


@require_POST
def opt_out(request):
    actions.opt_out_of_bulletin(request.user, by=request.user, at=timezone.now())
    messages.success(request, "You no longer get the bulletin by mail. It stays here to be read.")
    return redirect("knowledge:bulletins")


@require_POST
def opt_in(request):
    actions.opt_in_to_bulletin(request.user, by=request.user, at=timezone.now())
    messages.success(request, "You get the next bulletin by mail.")
    return redirect("knowledge:bulletins")
