"""What an address names, for those who may see it; for others it is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from knowledge.models import Edition
from knowledge.permissions import may_see


def edition_for(request, pk) -> Edition:
    edition = get_object_or_404(Edition.objects.select_related("page", "author", "approver"), pk=pk)
    if not may_see(request.user, edition.page):
        raise Http404
    return edition
