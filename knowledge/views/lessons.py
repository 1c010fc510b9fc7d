from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import actions
from knowledge.alike import alike
from knowledge.changes import address_of
from knowledge.lesson_forms import CloseForm, ReportForm, SeenForm, StepForm
from knowledge.models import LessonLearned
from knowledge.permissions import may_move_lessons, may_see
from knowledge.refusals import Refused


class Verb(NamedTuple):
    form: type[StepForm]
    act: Callable
    done: str


VERBS = {
    "validated": Verb(StepForm, actions.validate_lesson, "{} is validated."),
    "actioned": Verb(CloseForm, actions.close_lesson, "{} is closed. Someone else now looks whether it works."),
    "verified": Verb(SeenForm, actions.verify_lesson, "{} is verified."),
    "reopened": Verb(SeenForm, actions.reopen_lesson, "{} is open again."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request):
    """Told, then compared with what is published, then sent: nothing is kept before, not even in the session."""
    is_posted = request.method == "POST"
    asked = {"process": request.GET.get("process", "")[:20]}
    form = ReportForm(request.user, request.POST if is_posted else None, initial=asked)
    if not is_posted or "back" in request.POST or not form.is_valid():
        return render(request, "knowledge/report_lesson.html", {"form": form})
    if "send" in request.POST:
        try:
            lesson = actions.report_lesson(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "knowledge/report_lesson.html", {"form": form})
        return redirect("knowledge:lesson-reported", lesson.reporting)
    told = form.cleaned_data
    found = alike(told["title"], f"{told['what_happened']}\n{told['impact']}", request.user)
    context = {"form": form, "found": found, "chosen": form.cleaned_data["recurrence_of"]}
    return render(request, "knowledge/report_lesson_alike.html", context)


@require_safe
def reported(request, way):
    if way not in LessonLearned.Reporting.values:
        raise Http404
    return render(request, "knowledge/report_lesson_done.html", {"way": way})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def step(request, pk, state):
    lesson = get_object_or_404(LessonLearned.objects.live(), pk=pk)
    if not may_see(request.user, lesson):
        raise Http404
    if not may_move_lessons(request.user):
        raise PermissionDenied
    if state not in VERBS:
        raise Http404
    verb = VERBS[state]
    form = verb.form(lesson, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("note", "through") if name in form.cleaned_data}
        try:
            verb.act(lesson, **told, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, verb.done.format(lesson.number))
            return redirect(lesson.url)
    return render(request, "knowledge/lesson_step.html", {"lesson": lesson, "state": state, "form": form})


@require_safe
def change(request, kind, reference):
    """Goes on to a change that stands in a higher room, which asks who may see it."""
    address = address_of(kind, reference)
    if address is None:
        raise Http404
    return redirect(address)
