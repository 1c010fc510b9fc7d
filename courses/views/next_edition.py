from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.next_edition import foresee, lines
from courses.permissions import may_foresee
from knowledge.models import KnowledgePage

PAGE = 40


@require_safe
@never_cache
def next_edition(request, page_pk):
    page = get_object_or_404(KnowledgePage, pk=page_pk)
    if not may_foresee(request.user, page):
        raise PermissionDenied
    today = timezone.localdate()
    foreseen = foresee(page.get_latest_revision_as_object(), today=today)
    found = lines(foreseen, request.user, on=today)
    named = {line.person.pk for line in found}
    shown = {
        "about": page,
        "foreseen": foreseen,
        "hidden": len((foreseen.people_again | foreseen.people_unfinished) - named),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "courses/next_edition.html", shown)
