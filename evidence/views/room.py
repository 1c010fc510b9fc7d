from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evidence.forms import PopulationForm
from evidence.models import Sample
from evidence.permissions import may_draw, may_see_room, may_see_samples
from evidence.questions import log_state
from evidence.sampled import summaries_of
from evidence.words import lines_of

A_PAGE = 50


@require_safe
@never_cache
def room(request):
    if not may_see_room(request.user):
        raise PermissionDenied
    form = PopulationForm(request.GET)
    page = None
    if form.is_valid():
        listings = form.population().listings().select_related("entry__index").order_by("-recorded_at", "-entry")
        page = Paginator(listings, A_PAGE).get_page(request.GET.get("page"))
    samples = Sample.objects.order_by("-number")[:20] if may_see_samples(request.user) else []
    return render(
        request,
        "evidence/room.html",
        {
            "form": form,
            "page": page,
            "lines": lines_of(page.object_list) if page else [],
            "state": log_state(),
            "samples": summaries_of(samples),
            "may_draw": may_draw(request.user),
        },
    )
