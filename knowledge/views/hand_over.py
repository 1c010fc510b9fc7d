from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import actions
from knowledge.forms import HandOverForm
from knowledge.handing_over import in_hand_of, leavers, open_hand_overs, staying, without_owner
from knowledge.permissions import may_hand_over
from knowledge.refusals import Refused
from people.actions import join_group
from people.permissions import is_administrator


@require_safe
@never_cache
def hand_overs(request):
    _must_be_allowed(request)
    context = {
        "in_hand": open_hand_overs(request.user),
        "without_owner": without_owner(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "knowledge/hand_overs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_over(request, pk):
    """What a leaver has in hand; with 0, which is nobody's, the pages without an owner."""
    _must_be_allowed(request)
    person = get_object_or_404(leavers(), pk=pk) if pk else None
    in_hand = in_hand_of([person], request.user)[0] if person else without_owner(request.user)
    # Who approves is a right, and rights are given by administrators.
    groups = in_hand.groups if is_administrator(request.user) else []
    form = HandOverForm(in_hand.items, groups, staying(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _hand_over(form, person, by=request.user, at=timezone.now())
        if form.is_valid():
            messages.success(request, f"{done} {'thing is' if done == 1 else 'things are'} handed over.")
            return redirect("knowledge:hand-over-of", pk)
    context = {"person": person, "in_hand": in_hand, "form": form, "today": timezone.localdate()}
    return render(request, "knowledge/hand_over.html", context)


@transaction.atomic
def _hand_over(form, giver, *, by, at) -> int:
    """All or nothing: what is refused is said beside each thing, and then nothing has happened."""
    chosen = list(form.chosen())
    for item, taker, because in chosen:
        try:
            actions.hand_over(item.page, item.duty, giver=giver, taker=taker, because=because, by=by, at=at)
        except Refused as refusal:
            form.add_error(f"taker-{item.key}", str(refusal))
    groups = list(form.chosen_groups())
    for group, taker in groups:
        join_group(taker, group.name, by=by, at=at)
    if form.errors:
        transaction.set_rollback(True)
    return len(chosen) + len(groups)


def _must_be_allowed(request):
    if not may_hand_over(request.user):
        raise PermissionDenied
