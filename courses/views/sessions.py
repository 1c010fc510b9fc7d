"""Classroom sessions: planned, held, and who was there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses.actions import call_off_session, correct_attendance, plan_session, record_attendance
from courses.models import Attendance, ClassroomSession, Course
from courses.permissions import may_hold_sessions
from courses.roll import people_named
from courses.session_forms import RollForm, SessionForm
from people.changing import ChangeForm
from people.refusals import Refused

SHOWN = 50


class Sessions(ChangeForm):
    template_name = "courses/sessions.html"
    form_class = SessionForm
    heading = "Classroom sessions"
    button = "Plan it"

    def is_allowed(self, person):
        return may_hold_sessions(person, self.kwargs["course_pk"])

    def find(self):
        self.course = get_object_or_404(Course, pk=self.kwargs["course_pk"])

    def back(self):
        return reverse("courses:sessions", args=[self.course.pk])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"course": self.course}

    def get_context_data(self, **kwargs):
        sessions = ClassroomSession.objects.filter(course=self.course).select_related("instructor")[:SHOWN]
        return super().get_context_data(course=self.course, sessions=sessions, **kwargs)

    def act(self, data, *, by, at):
        session = plan_session(**data, by=by, at=at)
        return f"“{session.title}” stands for {_day(session)}."


class Session(ChangeForm):
    """Who was there: recorded, and corrected."""

    template_name = "courses/session.html"
    form_class = RollForm
    button = "They were there"

    def is_allowed(self, person):
        return person.is_active

    def find(self):
        self.session = _session(self.request, self.kwargs["pk"])
        self.heading = self.session.title

    def back(self):
        return reverse("courses:session", args=[self.session.pk])

    def get_context_data(self, **kwargs):
        came = self.session.attendances.standing().select_related("person").order_by("person__last_name", "pk")
        has_begun = self.session.starts_at <= timezone.now()
        return super().get_context_data(session=self.session, came=came, has_begun=has_begun, **kwargs)

    def act(self, data, *, by, at):
        people = people_named(data["who"], on=timezone.localdate(self.session.starts_at))
        new = record_attendance(self.session, people, by=by, at=at)
        return f"Recorded: {len(new)}."


@require_POST
def call_off(request, pk):
    session = _session(request, pk)
    return _with_reason(request, session, lambda **told: call_off_session(session, **told), "It is called off.")


@require_POST
def was_not_there(request, attendance_pk):
    attendance = Attendance.objects.select_related("session").filter(pk=attendance_pk).first()
    if attendance is None:
        raise PermissionDenied
    session = _session(request, attendance.session_id)
    return _with_reason(request, session, lambda **told: correct_attendance(attendance, **told), "It is corrected.")


def _with_reason(request, session, act, done):
    try:
        act(because=request.POST.get("because", "").replace("\x00", "")[:200], by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("courses:session", session.pk)


def _session(request, pk) -> ClassroomSession:
    session = ClassroomSession.objects.select_related("course", "instructor").filter(pk=pk).first()
    if session is None or not may_hold_sessions(request.user, session.course_id):
        raise PermissionDenied
    return session


def _day(session) -> str:
    return f"{timezone.localtime(session.starts_at):%-d %B %Y, %H:%M}"
