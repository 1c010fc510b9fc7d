from collections import Counter

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence.export import csv_lines
from competence.forms import MatrixForm
from competence.matrix import competences_asked, people_in_matrix, rows
from competence.permissions import may_see_matrix
from competence.words import TONES, WORDS
from people.permissions import people_visible_to

PAGE = 40


@require_safe
@never_cache
def matrix(request):
    form, on, people, competences = _asked_for(request)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    page.object_list = list(rows(list(page.object_list), competences, on=on))
    return render(
        request,
        "competence/matrix.html",
        {
            "form": form,
            "on": on,
            "is_today": on == timezone.localdate(),
            "competences": competences,
            "page": page,
            "legend": _legend(page.object_list),
        },
    )


@require_safe
@never_cache
def matrix_csv(request):
    _, on, people, competences = _asked_for(request)
    return StreamingHttpResponse(
        csv_lines(people, competences, on=on),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="competence-matrix-{on.isoformat()}.csv"'},
    )


def _asked_for(request):
    """Whom one may see is a question of today, whatever the day that one looks at."""
    today = timezone.localdate()
    if not may_see_matrix(request.user, on=today):
        raise PermissionDenied
    form = MatrixForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    on, role = wanted.get("day") or today, wanted.get("role")
    visible = people_visible_to(request.user, on=today)
    people = people_in_matrix(visible, on=on, department=wanted.get("department"), role=role)
    return form, on, people, competences_asked(people, on=on, role=role)


def _legend(shown):
    """Each state with its tone and how many cells on this page are in it."""
    counts = Counter(cell.state for row in shown for cell in row.cells)
    return [(word, TONES[state], counts[state]) for state, word in WORDS.items()]
