import csv

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evidence.spreadsheets import harmless
from knowledge.models import Process
from knowledge.permissions import may_see_risks
from knowledge.risk_acts import acts_for
from knowledge.risk_export import lines_of_all, lines_of_one
from knowledge.risk_history import histories
from knowledge.risk_register import register_of, registers


@require_safe
@never_cache
def risks(request):
    found, of_none, on = _all(request)
    past = histories([one.process.pk for one in found], on=on)
    context = {
        "rows": [(one, past[one.process.pk]) for one in found],
        "searches": of_none,
        "pages": sum(one.pages for one in found),
    }
    return render(request, "knowledge/risks.html", context)


@require_safe
@never_cache
def risks_of(request, pk):
    found, on = _one(request, pk)
    context = {
        "register": found,
        "groups": acts_for(found, request.user),
        "history": histories([pk], on=on)[pk],
        "process": found.process,
    }
    return render(request, "knowledge/risks_of.html", context)


@require_safe
@never_cache
def risks_csv(request):
    found, of_none, on = _all(request)
    return _file(lines_of_all(found, of_none), f"knowledge-at-risk-{on.isoformat()}")


@require_safe
@never_cache
def risks_of_csv(request, pk):
    found, on = _one(request, pk)
    return _file(lines_of_one(found), f"knowledge-at-risk-{found.process.number}-{on.isoformat()}")


def _all(request):
    _must_be_allowed(request)
    on = timezone.localdate()
    return *registers(Process.objects.live(), request.user, on=on), on


def _one(request, pk):
    _must_be_allowed(request)
    on = timezone.localdate()
    found = register_of(pk, request.user, on=on)
    if found is None:  # whether there is none, or it is not theirs to see
        raise PermissionDenied
    return found, on


def _file(lines, name):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # or a spreadsheet takes it for another encoding
    csv.writer(response).writerows([harmless(cell) for cell in line] for line in lines)
    return response


def _must_be_allowed(request):
    if not may_see_risks(request.user):
        raise PermissionDenied
