"""A file of HR's: sent, looked at, imported. Each is seen by whoever sent it, and by nobody else."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.models import Job
from jobs.progress import told
from people import actions
from people.actions.import_people import import_people
from people.actions.start_import import job_key
from people.forms import ColumnsForm, ImportForm
from people.importing import read_table
from people.importing.columns import KINDS, TITLES
from people.models import PeopleImport
from people.permissions import may_manage_people
from people.refusals import Refused

MOST_PROBLEMS = 50


def for_hr(view):
    @wraps(view)
    @never_cache
    def guarded(request, *args, **kwargs):
        if not may_manage_people(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _sent(request, pk, *without):
    return get_object_or_404(PeopleImport.objects.defer(*without), pk=pk, uploaded_by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@for_hr
def import_upload(request):
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = actions.upload_import(file.name, file.read(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("people:import-preview", pk=sent.pk)
    return render(request, "people/import.html", {"form": form, "fields": TITLES.values()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_hr
def import_preview(request, pk):
    """What the file would do, worked out anew each time: nothing is written."""
    sent = _sent(request, pk)
    if sent.started_at:
        return redirect("people:import-result", pk=pk)
    table = read_table(bytes(sent.content), sent.mapping)
    columns = ColumnsForm(table.titles, table.columns, request.POST or None)
    if request.method == "POST" and columns.is_valid():
        actions.map_import(sent, columns.mapping())
        return redirect("people:import-preview", pk=pk)
    now = timezone.now()
    outcome = import_people(table, on=timezone.localdate(now), by=request.user, at=now, best_effort=True, dry_run=True)
    shown = {
        "sent": sent,
        "columns": columns,
        "kind": KINDS.get(table.kind, ""),
        "outcome": outcome,
        "right": outcome.created + outcome.changed,
        "groups": _groups(outcome),
        "problems": outcome.problems[:MOST_PROBLEMS],
        "more": max(len(outcome.problems) - MOST_PROBLEMS, 0),
    }
    return render(request, "people/import_preview.html", shown)


def _groups(outcome):
    """[(what would become of the rows, how many, the first of them in words)]"""
    told = outcome.examples
    groups = [
        ("New", outcome.created, told.created),
        ("Changed", outcome.changed, told.changed),
        ("As they are already", outcome.unchanged, told.unchanged),
    ]
    return [group for group in groups if group[1]]


@require_POST
@for_hr
def import_start(request, pk):
    sent = _sent(request, pk, "content")
    now = timezone.now()
    best_effort = request.POST.get("which") == "right"
    try:
        actions.start_import(sent, best_effort=best_effort, on=timezone.localdate(now), by=request.user, at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people:import-result", pk=pk)


@require_safe
@for_hr
def import_result(request, pk):
    sent = _sent(request, pk, "content", "failed")
    if not sent.started_at:
        return redirect("people:import-preview", pk=pk)
    return render(request, "people/import_result.html", {"sent": sent, **_progress(sent)})


@require_safe
@for_hr
def import_progress(request, pk):
    """The part of the page that asks again; at the end the page is asked for as a whole."""
    sent = _sent(request, pk, "content", "failed")
    if not request.htmx:
        return redirect("people:import-result", pk=pk)
    progress = _progress(sent)
    if sent.finished_at or progress["given_up"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "people/import_progress.html", {"sent": sent, **progress})


def _progress(sent):
    job = None if sent.finished_at else Job.objects.filter(key=job_key(sent)).order_by("-pk").first()
    done, total = told(job_key(sent)) or (0, 0)
    return {"given_up": bool(job and job.given_up_at), "done": done, "total": total, "waits": not total}


@require_safe
@for_hr
def import_failed(request, pk):
    sent = _sent(request, pk, "content")
    if not sent.failed:
        raise Http404
    # The mark at the beginning tells spreadsheets which letters these are.
    response = HttpResponse("\ufeff" + sent.failed, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response
