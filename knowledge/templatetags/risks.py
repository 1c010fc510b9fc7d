from django import template
from django.utils import timezone

from knowledge.permissions import may_see_risks
from knowledge.risk_register import register_of

register = template.Library()


@register.inclusion_tag("knowledge/parts/knowledge_at_risk.html", takes_context=True)
def knowledge_at_risk(context, page):
    """One line on the page of a process, for those who may see what is behind it."""
    reader = context["request"].user
    if not page.pk or not may_see_risks(reader):
        return {}
    return {"register": register_of(page.pk, reader, on=timezone.localdate())}


@register.simple_tag(takes_context=True)
def sees_risks(context):
    return may_see_risks(context["request"].user)


@register.inclusion_tag("knowledge/parts/trend.html")
def trend(history, title):
    return {"history": history, "picture": history.picture, "title": title}
