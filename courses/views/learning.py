from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.certificates import certificates_of
from courses.learning import learning_of
from courses.models import Attempt

RESULTS_SHOWN = 20


@require_safe
def learning(request):
    results = Attempt.objects.submitted().filter(person=request.user).order_by("-submitted_at", "-pk")
    context = {
        "learning": learning_of(request.user, on=timezone.localdate()),
        "certificates": certificates_of(request.user, on=timezone.localdate()),
        "results": results.select_related("course").with_results()[:RESULTS_SHOWN],
    }
    return render(request, "courses/learning.html", context)
