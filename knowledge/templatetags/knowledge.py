from django import template

from knowledge import about as asking
from knowledge.deciding import lessons_weighed as read_lessons_weighed
from knowledge.models import DecisionStatus, Process
from knowledge.permissions import may_withdraw, visible_to
from knowledge.shelf import Filters, others_on
from knowledge.shelf import shelf as read_shelf
from knowledge.supersession import supersessions as read_supersessions
from knowledge.writing import kinds_to_write, waiting_for

register = template.Library()

TONES = {
    DecisionStatus.PROPOSED: "info",
    DecisionStatus.ACCEPTED: "ok",
    DecisionStatus.REJECTED: "bad",
    DecisionStatus.DEPRECATED: "warn",
    DecisionStatus.SUPERSEDED: "neutral",
}


@register.simple_tag(takes_context=True)
def about(context, page):
    request = context["request"]
    return asking.about(page, request.user, is_preview=_is_preview(request))


@register.simple_tag(takes_context=True)
def supersessions(context, decision):
    request = context["request"]
    return read_supersessions(decision, request.user, is_preview=_is_preview(request))


@register.simple_tag(takes_context=True)
def lessons_weighed(context, decision):
    return read_lessons_weighed(decision, context["request"].user)


@register.simple_tag
def to_come(page):
    return asking.to_come(page)


@register.filter
def lines(text):
    """What was written one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def as_list(text):
    """What was written one a line, as a list in Markdown."""
    return "\n".join(f"- {line.removeprefix('- ').removeprefix('* ')}" for line in lines(text))


@register.simple_tag(takes_context=True)
def newest_editions(context, count):
    return asking.newest_editions(context["request"].user, count=count)


@register.simple_tag(takes_context=True)
def processes(context):
    return visible_to(Process.objects.live(), context["request"].user).order_by("number")


@register.simple_tag(takes_context=True)
def shelf(context, section):
    request = context["request"]
    chosen = Filters(*(request.GET.get(name, "") for name in ("process", "tag", "status", "maker", "since", "until")))
    return read_shelf(section, request.user, chosen, page_number=request.GET.get("page"))


@register.simple_tag(takes_context=True)
def other_pages(context, section):
    return others_on(section, context["request"].user)


@register.simple_tag
def writing(section):
    return kinds_to_write(section)


@register.simple_tag(takes_context=True)
def waiting_for_approval(context):
    return waiting_for(context["request"].user)


@register.filter
def tone(status):
    return TONES.get(status, "neutral")


@register.filter
def can_withdraw(person):
    return may_withdraw(person)


def _is_preview(request):
    return getattr(request, "is_preview", False)
