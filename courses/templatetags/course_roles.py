"""Which roles must be competent in what a process asks for, as the courses on its pages teach it."""

from collections import defaultdict

from django import template
from django.db.models import Q
from django.utils import timezone

from competence.models import Competence, Requirement
from courses.models import Course
from knowledge.permissions import visible_to
from people.models import JobRole

register = template.Library()


@register.inclusion_tag("courses/roles_competent_in.html", takes_context=True)
def roles_competent_in(context, process):
    """Roles that ask, today, for a competence taught by a course in which the process or a page of it is read."""
    of_process = Q(readings__page=process.pk) | Q(readings__page__processes=process.pk)
    reading = Course.objects.live().filter(of_process, readings__page__live=True).distinct()
    courses = list(visible_to(reading, context["request"].user).select_related("teaches").order_by("title"))
    asked = Requirement.objects.on(timezone.localdate()).filter(competence__in={it.teaches_id for it in courses})
    roles: dict[JobRole, dict[int, Competence]] = defaultdict(dict)
    for requirement in asked.select_related("role", "competence").order_by("role__name", "competence__name"):
        roles[requirement.role][requirement.competence_id] = requirement.competence
    return {"courses": courses, "roles": [(role, list(asked.values())) for role, asked in roles.items()]}
