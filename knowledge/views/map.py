from django.shortcuts import render
from django.views.decorators.http import require_GET

from knowledge.process_map import process_map


@require_GET
def map_of_processes(request):
    return render(request, "knowledge/map.html", {"map": process_map(request.user)})
