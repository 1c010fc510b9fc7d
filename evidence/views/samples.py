import csv

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evidence import notes
from evidence.actions import SampleRefused, draw_sample
from evidence.forms import DrawForm, PopulationForm
from evidence.models import Checkpoint, Sample
from evidence.permissions import may_draw, may_see_samples
from evidence.populations import population_from
from evidence.redrawing import redraw
from evidence.sampled import drawn_in, facts_of, population_in_words, summaries_of
from evidence.sampling import suggested_size
from evidence.spreadsheets import harmless

# Confidence and tolerable share of entries that are wrong, in percent.
PLANS = [(95, 10), (95, 5), (95, 2), (90, 10)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def draw(request):
    """The room's filter, in the address, says what is drawn from."""
    if not may_draw(request.user):
        raise PermissionDenied
    chosen = PopulationForm(request.GET)
    if not chosen.is_valid():
        messages.error(request, "The entries to draw from are not clear. Choose them again.")
        return redirect("evidence:room")
    population, form = chosen.population(), DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sample = draw_sample(population, **form.cleaned_data, by=request.user, at=timezone.now())
        except SampleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("evidence:sample", sample.pk)
    checkpoint = Checkpoint.objects.order_by("-number").first()
    size = population.sealed(notes.read_head(checkpoint.note).size).count() if checkpoint else 0
    plans = [
        (confidence, share, suggested_size(size, confidence=confidence, tolerable=share)) for confidence, share in PLANS
    ]
    return render(
        request,
        "evidence/draw.html",
        {
            "form": form,
            "population": population_in_words(population),
            "population_size": size,
            "checkpoint": checkpoint,
            "plans": plans if size else [],
        },
    )


@require_safe
@never_cache
def sample(request, pk):
    drawn = _visible(request, pk)
    facts = facts_of(drawn)
    return render(
        request,
        "evidence/sample.html",
        {
            "sample": summaries_of([drawn])[0],
            "entry": drawn.entry_id,
            "facts": facts,
            "population": population_in_words(population_from(facts["population"])),
            "drawn": drawn_in(drawn),
            "again": redraw(drawn) if "again" in request.GET else None,
        },
    )


@require_safe
@never_cache
def sample_csv(request, pk):
    drawn = _visible(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sample-{drawn.pk}.csv"'
    response.write("\ufeff")  # or a spreadsheet takes it for another encoding
    writer = csv.writer(response)
    writer.writerow(["rank", "position", "at", "kind", "what", "by", "leaf hash", "rank hash", "key"])
    for each in drawn_in(drawn):
        line = each.line
        cells = [each.rank, line.position, line.at and line.at.isoformat(), line.kind, line.words, line.by]
        writer.writerow([harmless(cell) for cell in [*cells, each.leaf_hash, each.rank_hash, line.key]])
    return response


def _visible(request, pk):
    if not may_see_samples(request.user):
        raise PermissionDenied
    return get_object_or_404(Sample.objects.select_related("entry"), pk=pk)
