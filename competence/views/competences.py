from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competence.actions import acknowledge_awareness
from competence.models import Competence, Equivalence, Proof, Requirement
from competence.permissions import may_assess, may_steer
from competence.simulating import simulate
from competence.validities import in_words
from competence.views.rules import DUE_DAYS
from knowledge.models import Process
from knowledge.permissions import visible_to
from people.directory import working
from people.permissions import may_see_everyone, people_visible_to
from people.refusals import Refused

PAGE = 50


@require_safe
def competence_list(request):
    today = timezone.localdate()
    asked = Prefetch("requirements", _asking(request.user).on(today), to_attr="asked_now")
    competences = Competence.objects.order_by("name").prefetch_related(asked)
    if may_see_everyone(request.user):
        held = Q(proofs__in=Proof.objects.on(today))
        competences = competences.annotate(held_by=Count("proofs__person", filter=held, distinct=True))
    competences = competences.prefetch_related("validities")
    page = Paginator(competences, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "competence/list.html",
        {
            "page": page,
            "rows": [(one, in_words(one.validity_on(today))) for one in page.object_list],
            "shows_numbers": may_see_everyone(request.user),
            "may_steer": may_steer(request.user),
        },
    )


@require_safe
@never_cache
def competence_page(request, pk):
    today = timezone.localdate()
    competence = get_object_or_404(Competence.objects.prefetch_related("validities"), pk=pk)
    asking = _asking(request.user).standing().filter(competence=competence)
    validity = competence.validity_on(today)
    return render(
        request,
        "competence/competence.html",
        {
            "competence": competence,
            "validity": validity,
            "validity_words": in_words(validity),
            "rules": _rules(competence),
            "examples": simulate(validity.rule, due_days=DUE_DAYS, on=today),
            "due_days": DUE_DAYS,
            "equivalents": _equivalents(competence),
            "requirements": sorted(asking, key=lambda one: (one.ground_kind, str(one.ground), -one.since.toordinal())),
            "page": Paginator(_holders(competence, request.user, today), PAGE).get_page(request.GET.get("page")),
            "today": today,
            "may_steer": may_steer(request.user),
            "may_assess": may_assess(request.user),
        },
    )


@require_POST
def acknowledge(request, pk):
    competence = get_object_or_404(Competence, pk=pk)
    try:
        acknowledge_awareness(competence, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"You acknowledged {competence}.")
    return redirect("competence:competence", pk)


def _asking(reader):
    """A process that is kept from the reader is not named, nor what it asks for."""
    processes = visible_to(Process.objects.all(), reader).order_by()
    requirements = Requirement.objects.filter(Q(process=None) | Q(process__in=processes.values("pk")))
    return requirements.select_related("role", "department", "process")


def _rules(competence):
    """Each validity that stands, newest first, in words."""
    told = list(competence.validities.all())
    corrected = {validity.corrects_id for validity in told}
    standing = sorted((it for it in told if it.pk not in corrected), key=lambda it: it.since, reverse=True)
    return [(validity, in_words(validity)) for validity in standing]


def _equivalents(competence):
    standing = Equivalence.objects.standing().filter(competence=competence)
    return standing.select_related("proven", "competence").order_by("proven__name", "-since")


def _holders(competence, viewer, today) -> list[Proof]:
    """The longest proof of each who works here and whom the viewer may see; those that end first come first."""
    equivalents = Equivalence.objects.on(today).filter(competence=competence).values("proven")
    proofs = Proof.objects.on(today).filter(Q(competence=competence) | Q(competence__in=equivalents))
    there = working(people_visible_to(viewer, on=today), on=today)
    proofs = proofs.filter(person__in=there).select_related("person", "competence")
    by_end = sorted(proofs, key=lambda proof: (proof.until or date.max, str(proof.person)))
    longest = {proof.person_id: proof for proof in by_end}
    return [proof for proof in by_end if proof is longest[proof.person_id]]
