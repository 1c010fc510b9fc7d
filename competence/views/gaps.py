from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence.export import gap_lines
from competence.gaps import NAMED, gaps, names_of
from competence.matrix import people_in_matrix
from competence.matrix_forms import GapsForm
from competence.permissions import may_see_matrix
from people.permissions import people_visible_to

PAGE = 25
LEAST = 2


@require_safe
@never_cache
def gap_list(request):
    form, least, found = _found(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = names_of(page.object_list)
    page.object_list = [_in_words(gap, names) for gap in page.object_list]
    return render(
        request,
        "competence/gaps.html",
        {"form": form, "least": least, "page": page, "open": sum(gap.missing > 0 for gap in found)},
    )


@require_safe
@never_cache
def gaps_csv(request):
    _, _, found = _found(request)
    return StreamingHttpResponse(
        gap_lines(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="competence-gaps.csv"'},
    )


def _found(request):
    today = timezone.localdate()
    if not may_see_matrix(request.user, on=today):
        raise PermissionDenied
    form = GapsForm({"least": LEAST, **request.GET.dict()}, reader=request.user, on=today)
    told = form.told()
    least = told.pop("least", LEAST)
    people = people_in_matrix(people_visible_to(request.user, on=today), on=today, **told)
    return form, least, gaps(people, on=today, least=least)


def _in_words(gap, names):
    holders = [(names[one.person], one) for one in gap.holders[:NAMED]]
    candidates = [(names[one.person], one.why) for one in gap.candidates[:NAMED]]
    more = (max(0, len(gap.holders) - NAMED), max(0, len(gap.candidates) - NAMED))
    return {"gap": gap, "holders": holders, "candidates": candidates, "more": more}
