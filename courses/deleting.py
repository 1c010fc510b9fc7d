"""Delete in the admin: what people were asked to learn stays, so that what they have shown can be explained."""

from django.contrib import messages
from django.shortcuts import redirect

from courses.models import Course, CourseReading, QuestionVersion


def refuse_to_delete(request, page):
    """A redirect with the reason where `page`, or one below it, is needed by a course; None where it may be deleted."""
    course = Course.objects.descendant_of(page, inclusive=True).exclude(first_published_at=None).first()
    if course:
        messages.error(request, f"The course “{course.title}” has been published, so it is kept. Unpublish it instead.")
        return redirect("wagtailadmin_pages:unpublish" if course.live else "wagtailadmin_pages:edit", course.pk)
    used = _use_of(page)
    if used:
        messages.error(request, f"The course “{used.title}” uses this page. Take it out there first.")
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def refuse_to_delete_many(request, action_type, objects, action):
    if action_type != "delete":
        return None
    return next((response for page in objects if (response := refuse_to_delete(request, page))), None)


def _use_of(page) -> Course | None:
    """A course elsewhere that has the page, or one below it, read, or has asked about it."""
    others = Course.objects.exclude(path__startswith=page.path)
    reads = CourseReading.objects.filter(page__path__startswith=page.path)
    asks = QuestionVersion.objects.filter(tests__path__startswith=page.path)
    return others.filter(readings__in=reads).first() or others.filter(questions__versions__in=asks).first()
