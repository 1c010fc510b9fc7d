from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.actions import save_answers, start_attempt, submit_attempt
from courses.models import Attempt, AttemptQuestion, Course
from courses.permissions import may_answer, may_see_answers, may_see_result
from courses.renewing import proof_of
from courses.responses import SEEN, posted_in
from courses.results import regrades_of, result_of, score_of
from courses.sheet import questions_of, sheet_of
from courses.sitting import is_over
from knowledge.permissions import visible_to
from people.refusals import Refused

never_stored = cache_control(private=True, no_store=True)


@require_POST
def start(request, course_pk):
    course = get_object_or_404(visible_to(Course.objects.live(), request.user), pk=course_pk)
    try:
        whole = "whole" in request.POST
        attempt = start_attempt(course, whole=whole, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(course.get_url(request))
    return redirect("courses:attempt", attempt.pk)


@never_stored
def attempt(request, pk):
    """The sheet, whole or a question a page; posted to without a script, it saves and goes on to where one asked."""
    attempt = _own_attempt(request, pk)
    if attempt.submitted_at:
        return redirect("courses:result", attempt.pk)
    if request.method == "POST":
        return _save_all(request, attempt) or redirect(_page(attempt, request.POST.get("go", "")))
    now = timezone.now()
    if is_over(attempt, now):
        submit_attempt(attempt, by=None, at=now)
        return redirect("courses:result", attempt.pk)
    return render(request, "courses/attempt.html", _sheet(request, attempt, now))


def _sheet(request, attempt, now):
    questions = sheet_of(attempt)
    here = request.GET.get("question", "1")
    place = int(here) if here.isascii() and here.isdigit() and len(here) < 4 else 1
    place = place if 0 < place <= len(questions) + 1 else 1
    shown = questions[place - 1 : place] if attempt.course.one_a_page else questions
    return {
        "attempt": attempt,
        "questions": questions,
        "shown": shown,
        "place": place,
        "is_last": not attempt.course.one_a_page or place > len(questions),
        "seconds_left": max(int((attempt.deadline - now).total_seconds()), 0) if attempt.deadline else None,
    }


def _page(attempt, go: str) -> str:
    address = reverse("courses:attempt", args=[attempt.pk])
    return f"{address}?question={int(go)}" if go.isascii() and go.isdigit() and len(go) < 4 else address


def _save_all(request, attempt):
    """None where all that was on the page is saved."""
    try:
        posted = posted_in(request.POST, questions_of(attempt))
        overtaken = save_answers(attempt, posted, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:attempt", attempt.pk)
    if overtaken:
        places = ", ".join(str(question.position) for question in overtaken)
        messages.warning(
            request,
            f"Since this page was opened, question {places} was answered on another one. What was saved there stands: "
            "look at it before you submit. Everything else is saved.",
        )
        return redirect("courses:attempt", attempt.pk)
    return None


@require_POST
@never_stored
def save(request, asked_pk):
    """Answers htmx: a line that says that it is saved, or why it is not."""
    rows = AttemptQuestion.objects.select_related("attempt", "version").defer("version__content")
    asked = rows.filter(pk=asked_pk).first()
    if asked is None or not may_answer(request.user, asked.attempt):
        raise PermissionDenied
    at = timezone.now()
    try:
        fields = request.POST.copy()
        fields.setdefault(f"{SEEN}{asked.pk}", str(asked.saves))
        overtaken = save_answers(asked.attempt, posted_in(fields, [asked]), by=request.user, at=at)
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    if overtaken:
        told = "It was answered on another page meanwhile. Reload this one to see what is saved."
        return HttpResponse(told, status=409, content_type="text/plain; charset=utf-8")
    return render(request, "courses/saved.html", {"at": at, "asked": asked})


@require_POST
def submit(request, pk):
    attempt = _own_attempt(request, pk)
    now = timezone.now()
    if attempt.submitted_at is None and not is_over(attempt, now) and (response := _save_all(request, attempt)):
        return response
    submit_attempt(attempt, by=request.user, at=now)
    return redirect("courses:result", attempt.pk)


@require_safe
@never_stored
def result(request, pk):
    attempt = Attempt.objects.select_related("course", "person", "teaches").with_results().filter(pk=pk).first()
    if attempt is None or not may_see_result(request.user, attempt):
        raise PermissionDenied
    if not attempt.submitted_at:
        return redirect("courses:attempt", attempt.pk)
    may_see = may_see_answers(request.user, attempt)
    context = {
        "attempt": attempt,
        "result": attempt.in_force,
        "regrades": regrades_of(attempt),
        "score": score_of(attempt),
        "editions": attempt.editions.without_content().order_by("title"),
        "questions": result_of(attempt, request.user, timezone.now()) if may_see else None,
        "is_own": may_answer(request.user, attempt),
        "renewal": proof_of(attempt) if attempt.renews_id and attempt.in_force.passed else None,
        "certificate": attempt.certificates.first(),
    }
    return render(request, "courses/result.html", context)


def _own_attempt(request, pk):
    """The answer is the same whether there is no such attempt or it is another's."""
    attempt = Attempt.objects.select_related("course", "teaches").filter(pk=pk).first()
    if attempt is None or not may_answer(request.user, attempt):
        raise PermissionDenied
    return attempt
