from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.actions import save_answer, start_attempt, submit_attempt
from courses.forms import ids_in, posted_answers
from courses.models import Attempt, AttemptQuestion, Course
from courses.permissions import may_answer, may_see_answers, may_see_result
from courses.results import result_of, score_of
from courses.sheet import field_of, sheet_of
from knowledge.permissions import visible_to
from people.refusals import Refused

never_stored = cache_control(private=True, no_store=True)


@require_POST
def start(request, course_pk):
    course = get_object_or_404(visible_to(Course.objects.live(), request.user), pk=course_pk)
    try:
        attempt = start_attempt(course, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(course.get_url(request))
    return redirect("courses:attempt", attempt.pk)


@require_safe
@never_stored
def attempt(request, pk):
    attempt = _own_attempt(request, pk)
    if attempt.submitted_at:
        return redirect("courses:result", attempt.pk)
    questions = sheet_of(attempt)
    return render(request, "courses/attempt.html", {"attempt": attempt, "questions": questions})


@require_POST
@never_stored
def save(request, asked_pk):
    """Answers htmx: a line that says that it is saved, or why it is not."""
    asked = AttemptQuestion.objects.select_related("attempt", "version").filter(pk=asked_pk).first()
    if asked is None or not may_answer(request.user, asked.attempt):
        raise PermissionDenied
    at = timezone.now()
    try:
        save_answer(asked, ids_in(request.POST.getlist(field_of(asked.pk))), by=request.user, at=at)
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return render(request, "courses/saved.html", {"at": at})


@require_POST
def submit(request, pk):
    attempt = _own_attempt(request, pk)
    try:
        submit_attempt(attempt, answers=posted_answers(request.POST), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:attempt", attempt.pk)
    return redirect("courses:result", attempt.pk)


@require_safe
@never_stored
def result(request, pk):
    attempt = Attempt.objects.select_related("course", "person", "teaches").filter(pk=pk).first()
    if attempt is None or not may_see_result(request.user, attempt):
        raise PermissionDenied
    if not attempt.submitted_at:
        return redirect("courses:attempt", attempt.pk)
    context = {
        "attempt": attempt,
        "score": score_of(attempt),
        "editions": attempt.editions.order_by("title"),
        "questions": result_of(attempt, request.user) if may_see_answers(request.user, attempt) else None,
        "is_own": may_answer(request.user, attempt),
    }
    return render(request, "courses/result.html", context)


def _own_attempt(request, pk):
    """The answer is the same whether there is no such attempt or it is another's."""
    attempt = Attempt.objects.select_related("course", "teaches").filter(pk=pk).first()
    if attempt is None or not may_answer(request.user, attempt):
        raise PermissionDenied
    return attempt
