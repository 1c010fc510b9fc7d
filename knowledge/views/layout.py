from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from knowledge import actions
from knowledge.gauge import gauge_words
from knowledge.layout import as_pdf
from knowledge.models import Edition
from knowledge.permissions import may_see
from knowledge.printing import sheet_of_edition
from people.permissions import may_write


@require_GET
def pdf(request, pk):
    edition = get_object_or_404(Edition.objects.select_related("page", "approver"), pk=pk)
    if not may_see(request.user, edition.page):
        raise Http404
    response = HttpResponse(as_pdf(sheet_of_edition(edition, request.user)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{edition.page.number}-edition-{edition.number}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def gauge(request):
    if not may_write(request.user):
        raise PermissionDenied
    return JsonResponse(gauge_words(**{name: request.POST.get(name, "") for name in ("title", "summary", "body")}))


@require_POST
def begin_procedure(request):
    if not may_write(request.user):
        raise PermissionDenied
    brief = actions.begin_procedure(title=request.POST.get("title", "")[:255], by=request.user, at=timezone.now())
    messages.success(request, f"{brief.number} is a draft: write over each line, and give it a title.")
    return redirect("wagtailadmin_pages:edit", brief.pk)
