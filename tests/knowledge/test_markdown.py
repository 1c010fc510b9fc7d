import json
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from knowledge.actions import publish
from knowledge.freezing import thawed
from knowledge.markdown import render, sanitise
from tests.e2e.conftest import browser  # noqa: F401
from tests.knowledge.conftest import NOON, change

PAYLOADS = Path(settings.BASE_DIR).parent / "shared" / "payloads"
# What a browser that has parsed the HTML finds in it that could run, load from elsewhere or send something away.
LOOK = """(pages) => pages.flatMap((html, number) => {
  const found = [];
  const page = new DOMParser().parseFromString(html, "text/html");
  const refused = "script,style,iframe,object,embed,form,input,button,meta,base,link,svg,math,template";
  for (const element of page.querySelectorAll("*")) {
    if (element.matches(refused)) found.push([number, element.tagName]);
    for (const {name, value} of element.attributes) {
      const address = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
      if (name.startsWith("on") || ["style", "srcdoc", "action", "formaction", "srcset"].includes(name))
        found.push([number, name]);
      if (/^(javascript|data|vbscript|blob|file):/.test(address) && ["href", "src"].includes(name))
        found.push([number, value]);
      if (name === "src" && !/^(image:|\\/media\\/)/.test(address)) found.push([number, value]);
    }
  }
  return found;
})"""


def payloads():
    for folder in ("h5sc", "dompurify"):
        for case in json.loads((PAYLOADS / folder / "payloads.json").read_text()):
            yield case["payload"]
    for file in sorted((PAYLOADS / "payloadsallthethings" / "xss").glob("*.txt")):
        yield from file.read_text(errors="replace").splitlines()


@pytest.fixture(scope="module")
def all_payloads():
    if not PAYLOADS.exists():
        pytest.skip("../shared/payloads is not on this machine")
    return list(payloads())


def everywhere(payload):
    """The same alone, and in the places of a text: a sentence, a link, a picture, a list, a table, a heading."""
    yield payload
    places = [
        "Before {} after",
        "[words]({})",
        "![words]({})",
        "[words][1]\n\n[1]: {}",
        "- one\n  - {}",
        "# {}",
        "<{}>",
    ]
    yield "\n\n".join([place.replace("{}", payload) for place in places] + [f"| a |\n|---|\n| {payload} |"])


@pytest.mark.browser
def test_a_browser_finds_nothing_that_could_run(browser, all_payloads, db):  # noqa: F811
    texts = [text for payload in all_payloads for text in everywhere(payload)]
    page = browser.new_page()
    try:
        found = page.evaluate(LOOK, [str(render(text)) for text in texts])
    finally:
        page.close()
    assert [(texts[number], what) for number, what in found] == []


def test_sanitising_twice_changes_nothing(all_payloads, db):
    for payload in all_payloads:
        once = sanitise(payload)
        assert sanitise(once) == once


@given(st.text())
def test_any_text_is_rendered_and_stays_sanitised(text):
    html = sanitise(text)
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("# One\n\n### Three", '<h2 id="text-one">One</h2>\n<h3 id="text-three">Three</h3>'),
        ("Said:\n- one\n- two", "<p>Said:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("- one\n  - two", "<ul>\n<li>one<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>"),
        ("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>"),
        ("    - code", '<pre tabindex="0"><code>- code\n</code></pre>'),
        ("```\n- code\n```", '<pre tabindex="0"><code>- code\n</code></pre>'),
        ("1. one\n\n   more", "<ol>\n<li>\n<p>one</p>\n<p>more</p>\n</li>\n</ol>"),
        ("[up](#one)", '<p><a href="#text-one" rel="noopener noreferrer">up</a></p>'),
        ("[a](/briefs/)", '<p><a href="/briefs/" rel="noopener noreferrer">a</a></p>'),
        ("[a](ftp://a)", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("![map](https://a.org/b.png)", '<p><a href="https://a.org/b.png" rel="noopener noreferrer">map</a></p>'),
    ],
)
def test_markdown_is_read_as_it_is_written(text, html):
    assert render(text) == html


def test_columns_keep_their_sides():
    assert '<td align="right">2</td>' in render("| a | b |\n|:--|--:|\n| 1 | 2 |")


def test_footnotes_lead_there_and_back():
    html = render("Said[^1].\n\n[^1]: By Ana.")
    assert 'id="text-fn:1"' in html
    assert 'href="#text-fn:1"' in html
    assert 'href="#text-fnref:1"' in html


def test_headings_begin_below_the_page_they_stand_on():
    assert Template("{% load markdown %}{{ text|markdown:3 }}").render(Context({"text": "# One"})).startswith("<h3")


@pytest.mark.parametrize("text", ["> " * 4000 + "x", "- " * 3000 + "x", "[" * 5000, "*" * 5000, "<div>" * 3000])
def test_no_text_is_too_deep_to_render(text):
    assert render(text) is not None


@pytest.fixture
def picture(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return get_image_model().objects.create(title="A strap", file=get_test_image_file())


def test_a_picture_of_this_house_is_shown(picture, django_assert_num_queries):
    text = f"![A strap](image:{picture.pk}) and ![none](image:999999)"
    html = render(text)
    assert '<img alt="A strap" src="/media/images/' in html
    assert '<img alt="none"' in html
    assert "image:" not in html
    with django_assert_num_queries(2):  # the pictures and their renditions
        render(text + text)


def test_links_to_pages_follow_the_page(published, reader):
    text = f"[the strap](page:{published.pk}) [gone](page:999999)"
    assert f'href="{published.url}"' in render(text)
    published.slug = "moved"
    published.save()
    assert 'href="/briefs/moved/"' in render(text)
    assert "page:" not in render(text)


def test_an_edition_keeps_the_hash_of_its_pictures(picture, brief, expert):
    brief.body = f"![A strap](image:{picture.pk})"
    first = thawed(publish(brief, by=expert, at=NOON, **change()))
    picture.file = get_test_image_file(colour="red")
    picture.save()
    second = thawed(publish(brief, by=expert, at=NOON, **change()))
    assert list(first["pictures"]) == [str(picture.pk)]
    assert first["pictures"] != second["pictures"]
