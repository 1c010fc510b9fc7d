"""Certificates: the page for who has one, and the check for whoever was given its code, signed in or not."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.certificate_sheet import sheet_of_certificate
from courses.certificates import TONES, StandingCertificate, read_code, standing_of
from courses.models import Certificate
from knowledge.layout import as_pdf
from people.permissions import may_see_person

never_stored = cache_control(private=True, no_store=True)


@require_safe
@never_stored
def pdf(request, pk):
    standing = _standing(pk=pk)
    if standing is None or not may_see_person(request.user, standing.certificate.person, on=timezone.localdate()):
        raise PermissionDenied
    response = HttpResponse(as_pdf(sheet_of_certificate(standing)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{standing.code}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@never_stored
def find(request):
    if typed := request.GET.get("code", ""):
        return redirect("certificates:check", read_code(typed) or "unknown")
    return _unindexed(render(request, "courses/certificate.html", {}))


@require_safe
@never_stored
def check(request, code):
    """No more than is needed to check it; and of any code that there is not, the same."""
    standing = _standing(code=read_code(code))
    if standing is None:
        return _unindexed(render(request, "courses/certificate.html", {"is_unknown": True}, status=404))
    word = standing.word(timezone.localdate())
    return _unindexed(render(request, "courses/certificate.html", {"it": standing, "word": word, "tone": TONES[word]}))


def _standing(**named) -> StandingCertificate | None:
    rows = Certificate.objects.filter(**named).select_related("person", "proof")
    return next(iter(standing_of(rows)), None)


def _unindexed(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
