from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from knowledge.comparing import compare as compare_copies
from knowledge.freezing import thawed
from knowledge.models import Edition, KnowledgePage
from knowledge.naming import people_in, seen_by
from knowledge.permissions import may_see


@require_GET
def compare(request, older, newer):
    """Two editions of one page, in either order of the address."""
    found = Edition.objects.select_related("page").in_bulk([older, newer])
    if len(found) != 2 or len({edition.page_id for edition in found.values()}) != 1:
        raise Http404("Two editions of one page can be compared.")
    before, after = sorted(found.values(), key=lambda edition: edition.number)
    if not may_see(request.user, after.page):
        raise Http404
    copies = seen_by(request.user, thawed(before), thawed(after))
    between = after.page.editions.without_content().filter(number__gt=before.number, number__lte=after.number)
    told = {
        "page": after.page,
        "older": before,
        "newer": after,
        "comparison": compare_copies(*copies),
        "people": people_in(*copies),
        "between": between.order_by("number"),
    }
    return render(request, "knowledge/compare.html", told)


@require_GET
def choose(request, pk):
    """The two that were chosen in the list of editions."""
    page = get_object_or_404(KnowledgePage, pk=pk)
    if not may_see(request.user, page):
        raise Http404
    numbers = [request.GET.get(name, "") for name in ("older", "newer")]
    asked = {int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 10}
    chosen = list(page.editions.without_content().filter(number__in=asked).order_by("number"))
    if len(chosen) != 2:
        messages.error(request, "Choose two different editions to compare.")
        return redirect("knowledge:editions", page.pk)
    return redirect("knowledge:compare", chosen[0].pk, chosen[1].pk)
