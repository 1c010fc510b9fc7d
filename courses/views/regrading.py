from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from courses.actions import regrade_question
from courses.forms.regrading import ReasonForm, TreatmentForm
from courses.models import Question
from courses.permissions import may_write_questions
from courses.regrade_plan import Change, Plan, Turn, plan_of
from people.permissions import people_visible_to
from people.refusals import Refused

never_stored = cache_control(private=True, no_store=True)
HEADINGS = {
    Turn.FAILS: "Passed, and would no longer",
    Turn.PASSES: "Not passed, and would now",
    Turn.POINTS: "Other points, the same outcome",
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_stored
def regrade(request, question_pk):
    """How the answers would count is chosen first; then it shows who changes, and asks. What was posted acts on what
    was shown, or shows it again."""
    question = get_object_or_404(Question.objects.select_related("course"), pk=question_pk)
    if not may_write_questions(request.user, question.course):
        raise PermissionDenied
    post = request.POST if request.method == "POST" else None
    chosen = request.GET if post is None else post
    form = TreatmentForm(chosen if "how" in chosen else None, question=question)
    reason, plan = ReasonForm(post), None
    if form.is_valid():
        if post and reason.is_valid() and _regraded(request, question, form, reason):
            return redirect(_back(question))
        plan = plan_of(question, form.treatment, form.key, by=request.user)
    context = {"question": question, "version": question.versions.ready().first(), "form": form, "reason": reason}
    shown = _shown(plan, request.user) if plan else {}
    return render(request, "courses/regrade.html", {**context, **shown, "back": _back(question)})


def _regraded(request, question, form, reason) -> bool:
    try:
        regrade_question(
            question,
            treatment=form.treatment,
            key=form.key,
            reason=reason.cleaned_data["reason"],
            seen=request.POST.get("seen", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, "Regraded. Those whose result changed see it, with the reason, on its page.")
    return True


def _shown(plan: Plan, reader) -> dict:
    """With the names of those whom the reader may see; of the others, how many."""
    everyone = {change.attempt.person_id for change in plan.changes}
    seen = people_visible_to(reader, on=timezone.localdate()).filter(pk__in=everyone)
    named = set(seen.values_list("pk", flat=True))
    groups = [_group(plan.of(turn), turn, named) for turn in HEADINGS if plan.of(turn)]
    left_out = Counter(one.because for one in plan.left_out)
    return {"plan": plan, "groups": groups, "left_out": left_out.items()}


def _group(changes: list[Change], turn: Turn, named: set[int]) -> dict:
    lines = [change for change in changes if change.attempt.person_id in named]
    told = {"name": turn.value, "heading": HEADINGS[turn], "count": len(changes)}
    return told | {"lines": lines, "hidden": len(changes) - len(lines)}


def _back(question) -> str:
    return reverse("courses:questions", args=[question.course_id]) if question.course_id else reverse("courses:bank")
