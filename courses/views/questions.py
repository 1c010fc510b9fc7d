from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.actions import withdraw_question, write_question
from courses.forms import EDITORS, question_forms
from courses.models import Course, Question, QuestionVersion
from courses.permissions import is_sitting, may_write_questions
from knowledge.models import KnowledgePage
from knowledge.permissions import visible_to
from people.refusals import Refused

never_stored = cache_control(private=True, no_store=True)


@require_safe
@never_stored
def questions(request, course_pk):
    course = _course_to_write(request, course_pk)
    seen = visible_to(KnowledgePage.objects.all(), request.user)
    versions = (
        QuestionVersion.objects.latest_versions()
        .filter(question__course=course)
        .select_related("question", "tests", "tests_edition", "written_by", "stale")
        .order_by("question__position", "question")
        .annotate(sees_tested=Exists(seen.filter(pk=OuterRef("tests"))))
    )
    context = {
        "course": course,
        "versions": [version for version in versions if not version.question.withdrawn_at],
        "withdrawn": [version for version in versions if version.question.withdrawn_at],
    }
    return render(request, "courses/questions.html", context)


@never_stored
def write(request, course_pk=None, question_pk=None):
    """Without a course: a question of the bank."""
    course = _course_to_write(request, course_pk) if course_pk else _bank_to_write(request)
    question, version = _question_to_write(course, question_pk) if question_pk else (None, None)
    kind = version.kind if version else request.GET.get("kind", "")
    if kind not in EDITORS:
        return render(request, "courses/choose_kind.html", {"course": course, "editors": EDITORS.values()})
    forms = question_forms(
        request.POST,
        kind=kind,
        course=course,
        writer=request.user,
        version=version,
        tests=_tested(request.GET),
    )
    if request.method == "POST" and forms.are_valid():
        written = _written(forms, course, question, by=request.user)
        if written:
            messages.success(request, f"Saved: version {written.number} of the question.")
            return redirect(_list_of(course))
    context = {"course": course, "version": version, "forms": forms, "back": _list_of(course)}
    return render(request, "courses/write_question.html", context)


def _written(forms, course, question, *, by) -> QuestionVersion | None:
    page, passage = forms.main.tested
    try:
        return write_question(
            forms.content(),
            course=course,
            question=question,
            tests=page,
            passage=passage,
            is_draft=forms.main.cleaned_data["is_draft"],
            **forms.main.filed,
            by=by,
            at=timezone.now(),
        )
    except Refused as refusal:
        forms.main.add_error(None, str(refusal))
        return None


def _tested(query) -> str:
    return ":".join(filter(None, [query.get("tests", ""), query.get("passage", "")]))


def _question_to_write(course, question_pk):
    question = get_object_or_404(Question.objects.standing().filter(course=course), pk=question_pk)
    return question, question.versions.latest_versions().select_related("question").get()


def _list_of(course) -> str:
    return reverse("courses:questions", args=[course.pk]) if course else reverse("courses:bank")


@require_POST
def withdraw(request, question_pk):
    question = get_object_or_404(Question.objects.select_related("course"), pk=question_pk)
    _check_may_write(request, question.course)
    try:
        withdraw_question(question, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The question is withdrawn. Attempts that were given it keep it.")
    return redirect(_list_of(question.course))


def _course_to_write(request, course_pk):
    course = get_object_or_404(Course, pk=course_pk)
    _check_may_write(request, course)
    return course


def _bank_to_write(request):
    _check_may_write(request, None)


def _check_may_write(request, course):
    if is_sitting(request.user, course):
        raise PermissionDenied(
            "You have an attempt open that asks some of these questions. They open to you once you have submitted it."
        )
    if not may_write_questions(request.user, course):
        raise PermissionDenied
