from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.directory import found_by, in_department, in_role, reports_of, with_places, working
from people.forms import FilterForm
from people.models import DepartmentMembership, LeaveOfAbsence, Person, ReportingLine, RoleHolding
from people.permissions import manages_someone, may_see_everyone, people_visible_to

PAGE = 50


@require_safe
@never_cache
def people_list(request):
    today = timezone.localdate()
    if not may_see_everyone(request.user) and not manages_someone(request.user, on=today):
        return redirect("people:person", pk=request.user.pk)
    form = FilterForm(request.GET)
    people = _filtered(people_visible_to(request.user, on=today), form, today)
    page = Paginator(with_places(people, on=today), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/list.html", {"form": form, "page": page})


def _filtered(people, form, today):
    wanted = form.cleaned_data if form.is_valid() else {}
    people = found_by(people, wanted.get("q", ""))
    if wanted.get("department"):
        people = in_department(people, wanted["department"], on=today)
    if wanted.get("role"):
        people = in_role(people, wanted["role"], on=today)
    return people if wanted.get("left") else working(people, on=today)


@require_safe
def me(request):
    return redirect("people:person", pk=request.user.pk)


@require_safe
@never_cache
def person_page(request, pk):
    today = timezone.localdate()
    person = people_visible_to(request.user, on=today).filter(pk=pk).first()
    if person is None:  # the same answer whether there is no such person or it is none of the reader's business
        raise PermissionDenied
    return render(request, "people/person.html", {"person": person, "today": today, **_facts(person, today)})


def _facts(person: Person, today):
    holdings = RoleHolding.objects.filter(person=person).order_by("-since", "-pk")
    holdings = holdings.select_related("role", "recorded_by", "corrects__role", "corrected_by")
    return {
        "holdings": [holding for holding in holdings if not _is_corrected(holding) and not holding.void],
        "corrections": [holding for holding in holdings if holding.corrects],
        "memberships": DepartmentMembership.objects.standing()
        .filter(person=person)
        .select_related("department")
        .order_by("-since"),
        "lines": ReportingLine.objects.standing().filter(person=person).select_related("manager").order_by("-since"),
        "leaves": LeaveOfAbsence.objects.standing().filter(person=person).order_by("-since"),
        "reports": reports_of(person, on=today),
    }


def _is_corrected(holding):
    return hasattr(holding, "corrected_by")
