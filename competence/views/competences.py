from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence.models import Competence, Proof, Requirement
from competence.permissions import may_steer
from people.permissions import may_see_everyone, people_visible_to

PAGE = 50


@require_safe
def competence_list(request):
    today = timezone.localdate()
    asked = Prefetch("requirements", Requirement.objects.on(today).select_related("role"), to_attr="asked_now")
    competences = Competence.objects.order_by("name").prefetch_related(asked)
    if may_see_everyone(request.user):
        held = Q(proofs__in=Proof.objects.on(today))
        competences = competences.annotate(held_by=Count("proofs__person", filter=held, distinct=True))
    page = Paginator(competences, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "competence/list.html",
        {"page": page, "shows_numbers": may_see_everyone(request.user), "may_steer": may_steer(request.user)},
    )


@require_safe
@never_cache
def competence_page(request, pk):
    today = timezone.localdate()
    competence = get_object_or_404(Competence, pk=pk)
    requirements = Requirement.objects.standing().filter(competence=competence).select_related("role")
    return render(
        request,
        "competence/competence.html",
        {
            "competence": competence,
            "requirements": requirements.order_by("role__name", "-since"),
            "page": Paginator(_holders(competence, request.user, today), PAGE).get_page(request.GET.get("page")),
            "today": today,
            "may_steer": may_steer(request.user),
        },
    )


def _holders(competence, viewer, today) -> list[Proof]:
    """The longest proof of each whom the viewer may see; those that end first come first."""
    proofs = Proof.objects.on(today).filter(competence=competence, person__in=people_visible_to(viewer, on=today))
    by_end = sorted(proofs.select_related("person"), key=lambda proof: (proof.until or date.max, str(proof.person)))
    longest = {proof.person_id: proof for proof in by_end}
    return [proof for proof in by_end if proof is longest[proof.person_id]]
