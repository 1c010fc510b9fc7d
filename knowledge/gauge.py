"""How full the page is, under the text of a brief while it is written."""

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel

from knowledge.layout import Layout
from knowledge.one_page import LONGEST, in_words, layout_of_brief


def gauge_words(*, title, summary, body) -> dict[str, str | int]:
    if len(body) > LONGEST:
        return {"percent": 999, "words": "Far more than a page."}
    layout = layout_of_brief(title=title, summary=summary, body=body)
    return {"percent": layout.percent, "words": _words(layout)}


def _words(layout: Layout) -> str:
    return in_words(layout) if not layout.fits else f"{layout.percent} % of the page."


class GaugePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/admin/gauge.html"

        def get_context_data(self, parent_context=None):
            page = self.instance
            told = gauge_words(title=page.title or "", summary=page.summary or "", body=page.body or "")
            return super().get_context_data(parent_context) | {"gauge": told, "address": reverse("knowledge:gauge")}

        @property
        def media(self):
            return Media(js=["knowledge/gauge.js"], css={"all": ["knowledge/gauge.css"]})
