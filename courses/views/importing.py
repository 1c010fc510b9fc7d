"""Questions that someone has in a file: looked at, then imported."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.actions import import_uploaded
from courses.forms import ImportForm
from courses.permissions import may_write_questions
from people.refusals import Refused

MOST_PROBLEMS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_page(request):
    if not may_write_questions(request.user, None):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    outcome = _outcome(request, form) if request.method == "POST" and form.is_valid() else None
    if outcome is None:
        return render(request, "courses/import.html", {"form": form})
    (file,) = outcome.files
    if _is_meant(request) and outcome.imported:
        messages.success(request, f"Questions imported from {file['file']}: {outcome.imported}.")
        if not file["problems"]:
            return redirect("courses:bank")
    shown = {
        "outcome": outcome,
        "file": file,
        "kept": form.as_looked_at,
        "is_done": _is_meant(request),
        "problems": file["problems"][:MOST_PROBLEMS],
        "more": max(len(file["problems"]) - MOST_PROBLEMS, 0),
    }
    return render(request, "courses/import_outcome.html", shown)


def _is_meant(request) -> bool:
    return request.POST.get("do") == "import"


def _outcome(request, form):
    said = form.cleaned_data
    try:
        return import_uploaded(
            said["data"],
            said["name"],
            is_draft=said["is_draft"],
            dry_run=not _is_meant(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
