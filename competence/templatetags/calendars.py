from django import template
from django.conf import settings
from django.urls import reverse

from competence.models import CalendarKey

register = template.Library()


@register.inclusion_tag("competence/calendar.html", takes_context=True)
def own_calendar(context):
    """Of whoever reads the page: nobody else's address is shown."""
    key = CalendarKey.objects.filter(person=context["request"].user).first()
    address = key and settings.BASE_URL + reverse("calendar:feed", args=[key.token])
    return {"address": address}
