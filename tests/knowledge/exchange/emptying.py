"""A house, told so that it can be compared with another in which people have other ids."""

import json
import re

from knowledge.freezing import copy_of
from knowledge.models import DecisionRecord, KnowledgePage
from people.models import Person

SINGLE = ("accountable",)
MANY = ("deputies", "experts")


def copies() -> dict[str, dict]:
    """By number, all that a reader sees of each page in force, its people by their user names."""
    names = dict(Person.objects.values_list("pk", "username"))
    numbers = dict(KnowledgePage.objects.values_list("pk", "number"))
    return {page.number: _told(page, names, numbers) for page in KnowledgePage.objects.live().specific()}


def _told(page, names, numbers):
    text = json.dumps(copy_of(page))
    copy = json.loads(re.sub(r"\bpage:(\d+)\b", lambda link: f"page:{numbers.get(int(link[1]), link[1])}", text))
    for name in SINGLE:
        copy[name] = names.get(copy[name])
    for name in MANY:
        copy[name] = sorted(names[pk] for pk in copy[name])
    for part in copy["parts"]:
        if part["kind"] == "person":
            part["value"] = names.get(part["value"])
    return copy | {"slug": page.slug, "review_months": page.review_months, "id": page.translation_key} | _standing(page)


def _standing(page):
    return {"standing": page.standing_status} if isinstance(page, DecisionRecord) else {}
