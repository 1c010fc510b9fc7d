"""What `image:12`, `page:7` and `doc:3` in sanitised HTML stand for."""

import re
from html import escape

from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from knowledge.models.restrictions import with_restrictions

REFERENCE = re.compile(r'(src|href)="(image|page|doc):(\d{1,18})"')
# Any other use of our schemes leads nowhere.
LOOSE = re.compile(r'(?:src|href)="(?:image|page|doc):[^"]*"')
WIDTH = "width-1200"


def resolve(html) -> str:
    """`html`, as nh3 has written it, with each reference replaced by the address of what it names, or taken out."""
    wanted: dict[str, set[int]] = {kind: set() for kind in FIND}
    for _, kind, number in REFERENCE.findall(html):
        wanted[kind].add(int(number))
    if any(wanted.values()):
        found = {kind: FIND[kind](numbers) for kind, numbers in wanted.items() if numbers}
        html = REFERENCE.sub(lambda match: _attribute(match, found), html)
    return LOOSE.sub("", html)


def _attribute(match, found):
    name, kind, number = match.groups()
    url = found[kind].get(int(number))
    return f'{name}="{escape(url)}"' if url else ""


def _pictures(numbers):
    images = get_image_model().objects.filter(pk__in=numbers).prefetch_renditions(WIDTH)
    return {image.pk: _rendition_url(image) for image in images}


def _rendition_url(image):
    try:
        return image.get_rendition(WIDTH).url
    except OSError:  # the file is gone, or is no picture any more: its description is shown
        return None


def _pages(numbers):
    """An address tells a title: that of a page which is kept from anybody is told behind the door alone."""
    pages = with_restrictions(Page.objects.live().filter(pk__in=numbers))
    return {page.pk: reverse("knowledge:page", args=[page.pk]) if page.is_restricted else page.url for page in pages}


def _documents(numbers):
    documents = get_document_model().objects.filter(pk__in=numbers)
    return {document.pk: reverse("wagtaildocs_serve", args=[document.pk, document.filename]) for document in documents}


FIND = {"image": _pictures, "page": _pages, "doc": _documents}
