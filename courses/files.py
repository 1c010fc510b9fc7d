"""Files of courses as they are given out: in order, and videos piece by piece, as a player asks for them."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from courses.models import CourseFile, FileOpened
from people.permissions import may_write

PLAYED = ("video/mp4", "video/webm", "video/ogg")
RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})")
# A player asks for the next piece when it needs it.
MOST_BYTES = 4 * 1024 * 1024


def refuse_unopened(document, request):
    """Not even its own address gives out a file of a course that is taken in order before it may be opened.

    A redirect to the course; None where it may be served: to writers, to who has opened it in a course, and where
    another course gives it out in any order.
    """
    files = list(CourseFile.objects.filter(document=document, course__live=True).select_related("course"))
    if not files or any(not file.course.in_order for file in files) or may_write(request.user):
        return None
    if FileOpened.objects.filter(person=request.user, step__in=[file.key for file in files]).exists():
        return None
    messages.error(request, "This file belongs to a course that is taken in order. Open it there.")
    return redirect(files[0].course.get_url(request))


def serve_piece(document, request):
    """None where the whole file was asked for, which Wagtail serves."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or document.content_type not in PLAYED:
        return None
    size, first = document.file.size, int(asked[1])
    if first >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = min(int(asked[2] or size), size - 1, first + MOST_BYTES - 1)
    with document.file.open("rb") as file:
        file.seek(first)
        piece = HttpResponse(file.read(max(last - first + 1, 0)), status=206, content_type=document.content_type)
    piece["Content-Range"] = f"bytes {first}-{last}/{size}"
    piece["Accept-Ranges"] = "bytes"
    piece["Content-Security-Policy"] = "default-src 'none'; sandbox"
    piece["Cache-Control"] = "private, no-store"
    return piece
