from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.actions import withdraw_question, write_question
from courses.forms import OptionFormSet, QuestionForm, blank_options, content_in
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
        .select_related("question", "tests", "tests_edition", "written_by")
        .order_by("question__position")
        .annotate(sees_tested=Exists(seen.filter(pk=OuterRef("tests"))))
    )
    context = {
        "course": course,
        "versions": [version for version in versions if not version.question.withdrawn_at],
        "withdrawn": [version for version in versions if version.question.withdrawn_at],
    }
    return render(request, "courses/questions.html", context)


@never_stored
def write(request, course_pk, question_pk=None):
    course = _course_to_write(request, course_pk)
    question = question_pk and get_object_or_404(course.questions.filter(withdrawn_at=None), pk=question_pk)
    version = question and question.versions.latest_versions().get()
    form = QuestionForm(request.POST or None, course=course, writer=request.user, version=version)
    options = OptionFormSet(request.POST or None, initial=blank_options(version), prefix="options")
    if request.method == "POST" and form.is_valid() and options.is_valid():
        try:
            written = write_question(
                content_in(form, options),
                course=course,
                question=question,
                tests=form.cleaned_data["tests"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved: version {written.number} of the question.")
            return redirect("courses:questions", course.pk)
    context = {"course": course, "version": version, "form": form, "options": options}
    return render(request, "courses/write_question.html", context)


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
    return redirect("courses:questions", question.course_id)


def _course_to_write(request, course_pk):
    course = get_object_or_404(Course, pk=course_pk)
    _check_may_write(request, course)
    return course


def _check_may_write(request, course):
    if is_sitting(request.user, course):
        raise PermissionDenied(
            "You have an attempt at this course open. Its questions open to you once you have submitted it."
        )
    if not may_write_questions(request.user, course):
        raise PermissionDenied
