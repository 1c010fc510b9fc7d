"""What people try, from ../shared/payloads; and an oracle that parses, as a browser would, what came of it."""

import json
from pathlib import Path

import nh3
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "payloads"
# These are in every sample.
ALWAYS = [
    "<script>alert('CANARY')</script>",
    "\"><img src=x onerror=alert('CANARY')>",
    "'><svg onload=alert('CANARY')>",
    "</title></textarea></script><script>alert('CANARY')</script>",
    "[words](javascript:alert('CANARY'))",
    "javascript:alert('CANARY')",
    "<a href=\"data:text/html,<script>alert('CANARY')</script>\">x</a>",
    "{{ request.user.password }}{% load static %}",
    "--><script>alert('CANARY')</script>",
]


def all_payloads() -> list[str]:
    if not FOLDER.exists():
        pytest.skip("../shared/payloads is not on this machine")
    found = [case["payload"] for name in ("h5sc", "dompurify") for case in _cases(name)]
    found += json.loads((FOLDER / "blns" / "blns.json").read_text())
    for file in sorted((FOLDER / "payloadsallthethings" / "xss").glob("*.txt")):
        found += file.read_text(errors="replace").splitlines()
    return list(dict.fromkeys(payload for payload in found if payload.strip()))


def _cases(name):
    return json.loads((FOLDER / name / "payloads.json").read_text())


def some_payloads(count: int) -> list[str]:
    """In fixed strides through all of them, and those that are always tried."""
    payloads = all_payloads()
    return ALWAYS + payloads[:: max(len(payloads) // count, 1)]


def harm_in(html: str, *, base=frozenset()) -> set[str]:
    """Whatever could run that the page itself (`base`) does not bring.

    The HTML is parsed by html5ever (nh3), as the standard says, with every element and attribute let through that
    could do harm; what it writes back is well-formed, so that any parser reads the same in it.
    """
    soup = BeautifulSoup(_parsed(html), "html.parser")
    found = set()
    for element in soup.find_all(True):
        if element.get("type") in ("application/json", "text/x-template"):
            continue
        if element.name in ("script", "iframe", "object", "embed", "base", "meta", "style", "frame"):
            found.add(f"<{element.name} {element.get('src', '')}> {element.get_text()[:80].strip()}")
        for name, value in element.attrs.items():
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                found.add(f"{element.name} {name}={value}")
            if name in ("href", "src", "action", "xlink:href", "data", "poster", "background"):
                address = "".join(character for character in str(value) if character > " ").lower()
                if address.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg")):
                    found.add(f"{element.name} {name}={value}")
    return found - base


# fmt: off
TAGS = {
    "html", "head", "body", "title", "meta", "link", "base", "style", "script", "noscript", "iframe", "object",
    "embed", "frame", "frameset", "applet", "svg", "math", "use", "animate", "set", "a", "img", "image", "video",
    "audio", "source", "input", "button", "form", "textarea", "select", "option", "div", "span", "p", "table", "td",
    "th", "tr", "tbody", "thead", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "header", "main", "nav",
    "section", "article", "aside", "footer", "details", "summary", "label", "pre", "code", "blockquote", "marquee",
    "isindex", "template", "foreignobject", "desc", "mtext", "annotation-xml", "xmp", "plaintext",
}
# fmt: on
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "srcdoc",
    "xlink:href",
    "data",
    "poster",
    "background",
    "http-equiv",
}
SCHEMES = {"http", "https", "mailto", "javascript", "vbscript", "data", "blob", "file"}


def _parsed(html):
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=set(),
        attributes={"*": ADDRESSES | {"content", "type"}},
        generic_attribute_prefixes={"on"},
        url_schemes=SCHEMES,
        link_rel=None,
    )
