from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.models import Course
from courses.permissions import may_see_statistics
from courses.statistics import MINIMUM
from courses.statistics_rows import csv_lines, statistics_for

never_stored = cache_control(private=True, no_store=True)


@require_safe
@never_stored
def statistics(request, course_pk):
    course = _course(request, course_pk)
    spoken = statistics_for(course)
    harmful = [one for one in spoken if any(finding.tone == "bad" for finding in one.of.findings)]
    context = {"course": course, "spoken": spoken, "harmful": harmful, "minimum": MINIMUM}
    return render(request, "courses/statistics.html", context)


@require_safe
@never_stored
def statistics_csv(request, course_pk):
    course = _course(request, course_pk)
    return StreamingHttpResponse(
        csv_lines(statistics_for(course)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="statistics-{course.pk}.csv"'},
    )


def _course(request, course_pk) -> Course:
    course = get_object_or_404(Course, pk=course_pk)
    if not may_see_statistics(request.user, course):
        raise PermissionDenied
    return course
