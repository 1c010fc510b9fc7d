"""What holds for every template, whichever room it is of."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

TEMPLATES = Path(settings.BASE_DIR) / "templates"
EVERY_TEMPLATE = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
ERROR_PAGES = ["403.html", "403_csrf.html", "404.html", "500.html"]


class Outline(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_no_template_carries_a_style_or_a_script_of_its_own(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_what_people_wrote_is_escaped_everywhere(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b", source)
    if not name.startswith("registration/password_reset_email"):
        assert "autoescape off" not in source


@pytest.mark.parametrize("name", EVERY_TEMPLATE)
def test_every_form_that_posts_carries_the_token(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    for form in re.findall(r'<form\b[^>]*method="post".*?</form>', source, re.DOTALL):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_stands_without_context_request_or_database(name):
    html = render_to_string(name)
    tags = Outline(html).tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert {"rel": "stylesheet", "href": "/static/cairn.css"} in [attrs for tag, attrs in tags if tag == "link"]


def test_a_refusal_says_why_where_it_is_known():
    html = render_to_string("403.html", {"exception": "You may not see Ana's record."})
    assert "You may not see Ana&#x27;s record." in html


@pytest.mark.parametrize("tone", ["ok", "warn", "bad", "info", "neutral"])
def test_a_badge_says_in_a_word_what_its_colour_says(tone):
    html = render_to_string("components/badge.html", {"word": "Some state", "tone": tone})
    assert f'data-tone="{tone}"' in html
    assert html.strip().endswith("Some state</span>")


def test_components_escape_what_they_are_given():
    html = render_to_string("components/card.html", {"title": "<b>x</b>", "text": "<i>", "url": "/?a=1&b=2"})
    assert "<b>" not in html
    assert "<i>" not in html


def test_the_pager_keeps_what_else_the_address_says():
    request = RequestFactory().get("/search/?q=battery&page=2")
    request.user = AnonymousUser()
    html = render_to_string("components/pager.html", {"page": Paginator(range(30), 10).page(2)}, request)
    assert "?q=battery&amp;page=3" in html
    assert "?q=battery&amp;page=1" in html


def test_a_list_of_one_page_has_no_pager():
    assert not render_to_string("components/pager.html", {"page": Paginator(range(3), 10).page(1)}).strip()
