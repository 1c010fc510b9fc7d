"""The gauge under the text of a brief, while someone types."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from knowledge.models import KnowledgeBrief

pytestmark = pytest.mark.browser

FULL = re.compile(r"^(\d+) % of the page\.$")


def test_the_gauge_follows_the_text(house, visit):
    page = visit(house.expert)
    page.goto(reverse("wagtailadmin_pages:edit", args=[KnowledgeBrief.objects.get().pk]))
    gauge = page.locator("[data-gauge] [role=status]")
    expect(gauge).to_have_text(FULL)
    before = int(FULL.match(gauge.inner_text())[1])

    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nA line more.\n\nAnd another.")
    expect(gauge).not_to_have_text(f"{before} % of the page.")
    assert int(FULL.match(gauge.inner_text())[1]) > before

    page.keyboard.insert_text("\n\nOne more." * 60)
    expect(gauge).to_have_text(re.compile(r"runs over its page by about \d+ lines"))
