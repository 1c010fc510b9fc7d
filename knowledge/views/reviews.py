from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knowledge import actions
from knowledge.forms import NoteForm
from knowledge.models import KnowledgePage
from knowledge.permissions import may_see_all_reviews, may_verify
from knowledge.refusals import Refused
from knowledge.reviewing import URGENCY, State
from knowledge.reviews import answered_for_by, standings, with_looks
from knowledge.suggesting import waiting_for
from knowledge.views.finding import edition_for

PAGE_LENGTH = 30


@require_safe
@never_cache
def reviews(request):
    today = timezone.localdate()
    may_see_all = may_see_all_reviews(request.user)
    is_all = may_see_all and request.GET.get("whose") == "all"
    pages = KnowledgePage.objects.all() if is_all else answered_for_by(request.user)
    found = standings(pages, request.user, on=today)
    state = request.GET.get("state")
    chosen = State(state) if state in list(State) else None
    shown = [one for one in found if chosen in (None, one.review.state)]
    sheet = Paginator(shown, PAGE_LENGTH).get_page(request.GET.get("page"))
    sheet.object_list = with_looks(list(sheet.object_list), request.user)
    return render(
        request,
        "knowledge/reviews.html",
        {
            "sheet": sheet,
            "counts": [(one, sum(standing.review.state == one for standing in found)) for one in URGENCY],
            "total": len(found),
            "chosen": chosen,
            "is_all": is_all,
            "may_see_all": may_see_all,
            "suggestions": [] if is_all else waiting_for(request.user, on=today),
        },
    )


@require_POST
def verify(request, pk):
    edition = edition_for(request, pk)
    if not may_verify(request.user, edition.page):
        raise PermissionDenied
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A note can be 500 characters long. Nothing is written down yet: shorten it.")
    else:
        try:
            actions.verify_page(edition, by=request.user, at=timezone.now(), note=form.cleaned_data["note"])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Written down: you found “{edition.title}” still true.")
    if request.POST.get("back") == "list" or not edition.page.live:
        return redirect("knowledge:reviews")
    return redirect(edition.page.url)
