from itertools import pairwise

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledge import actions
from knowledge.forms import WithdrawalForm
from knowledge.freezing import is_intact, thawed
from knowledge.models import Edition, KnowledgePage
from knowledge.naming import people_in, seen_by
from knowledge.permissions import may_see, may_withdraw
from knowledge.refusals import Refused


@require_POST
def opened(request, pk):
    edition = _edition(request, pk)
    if edition.ended_at is None:
        actions.open_edition(edition, by=request.user, at=timezone.now())
    return HttpResponse(status=204)


@require_POST
def acknowledge(request, pk):
    edition = _edition(request, pk)
    try:
        actions.acknowledge(edition, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Edition {edition.number} of “{edition.title}” acknowledged.")
    page = edition.page
    return redirect(page.url) if page.live else redirect("knowledge:editions", page.pk)


@require_GET
def edition(request, pk):
    edition = _edition(request, pk)
    (copy,) = seen_by(request.user, thawed(edition))
    people = people_in(copy)
    return render(
        request,
        "knowledge/edition.html",
        {
            "edition": edition,
            "page": edition.page,
            "copy": copy,
            "is_intact": is_intact(edition),
            "people": people,
            "owner": people.get(copy["accountable"]),
            "experts": [people[pk] for pk in copy["experts"] if pk in people],
        },
    )


@require_GET
def editions(request, pk):
    page = _page(request, pk)
    editions = list(page.editions.without_content().acknowledged_by(request.user))
    if not editions:
        raise Http404("This page has never been published.")
    for edition, before in pairwise(editions):
        edition.before = before.pk
    return render(request, "knowledge/editions.html", {"page": page, "editions": editions})


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    page = _page(request, pk)
    if not may_withdraw(request.user):
        raise PermissionDenied
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_page(page, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"“{page.title}” is withdrawn. Its editions are kept.")
            return redirect("knowledge:editions", page.pk)
    return render(request, "knowledge/withdraw.html", {"page": page, "form": form})


def _page(request, pk):
    page = get_object_or_404(KnowledgePage.objects.with_kinds(), pk=pk).as_kind
    if not may_see(request.user, page):
        raise Http404
    return page


def _edition(request, pk):
    edition = get_object_or_404(Edition.objects.select_related("page", "author", "approver"), pk=pk)
    if not may_see(request.user, edition.page):
        raise Http404
    return edition
