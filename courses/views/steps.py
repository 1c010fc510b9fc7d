"""The files and practical tasks of a course, for whoever takes it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.actions import ask_for_assessment, open_file
from courses.files import PLAYED
from courses.models import Course, CourseFile, FileOpened, PracticalTask
from courses.prerequisites import prerequisites_of, why_not_begun
from courses.progress import progress_in
from courses.stages import Stage
from knowledge.permissions import visible_to
from people.refusals import Refused


@require_POST
def open_a_file(request, course_pk, key):
    file = _step(request, CourseFile, course_pk, key)
    try:
        open_file(file, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(file.course.get_url(request))
    if file.document.content_type in PLAYED:
        return redirect("courses:file", course_pk, key)
    return redirect(file.document.url)


@require_safe
def file(request, course_pk, key):
    """Where a video is played."""
    file = _step(request, CourseFile, course_pk, key)
    if not FileOpened.objects.filter(person=request.user, course=course_pk, step=key).exists():
        return redirect(file.course.get_url(request))
    return render(request, "courses/file.html", {"course": file.course, "document": file.document})


def task(request, course_pk, key):
    """What is to be shown, and “I am ready”."""
    task, today = _step(request, PracticalTask, course_pk, key), timezone.localdate()
    if request.method == "POST":
        return _ask(request, task)
    closed = why_not_begun(prerequisites_of(task.course, request.user, on=today))
    progress = progress_in(task.course, request.user, on=today)
    closed = closed or progress.why_closed(Stage.PRACTICALS)
    if closed:
        messages.error(request, closed)
        return redirect(task.course.get_url(request))
    step = next(step for step in progress.at(Stage.PRACTICALS) if step.of == task)
    return render(request, "courses/task.html", {"task": task, "step": step})


def _ask(request, task):
    try:
        ask_for_assessment(task, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(task.course.get_url(request))
    messages.success(request, "Your assessor finds it on their desk, and agrees with you when you show it.")
    return redirect("courses:task", task.course_id, task.key)


def _step(request, kind, course_pk, key):
    courses = visible_to(Course.objects.live(), request.user)
    return get_object_or_404(kind.objects.select_related("course"), course__in=courses, course=course_pk, key=key)
