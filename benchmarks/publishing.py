"""Publishing one page in a house of 10,000 pages and 1,000 roles, beside a bare Wagtail page's in the same run.

`python -m benchmarks.publishing [pages] [roles]`. Read the ratio: it is the same whatever machine this runs on.
"""

import os
import statistics
import sys
import tempfile
import time

KEPT = tempfile.TemporaryDirectory(prefix="cairn-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["CAIRN_VAR"] = KEPT.name

import django

django.setup()

# ruff: noqa: E402 - models can be imported only now
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledge.actions import draft_page, publish
from knowledge.models import LessonLearned, Process, Section
from people.actions import add_person
from people.models import JobRole, RoleHolding
from tests.knowledge.crowd import stand_beside

TURNS = 80
WARM_UP = 10
TEXT = "What one must know of a strap. " * 165  # 5 kB


def main(pages=10_000, roles=1_000):
    call_command("migrate", verbosity=0)
    by, author = (_person(name) for name in ("approver", "author"))
    lesson = _linked_lesson(by, author)
    small = _queries(lambda: _publish(lesson, by, author))
    with transaction.atomic():
        stand_beside(lesson, pages)
        _give_roles(roles, author)
    section = Section.objects.get(slug="courses")
    large = _queries(lambda: _publish(lesson, by, author))
    print(f"{pages:,} pages, {roles:,} roles; {TURNS} publications of a text of {len(TEXT) / 1000:.0f} kB, in ms\n")
    print(f"{'':28}{'p50':>8}{'p95':>8}{'queries':>10}")
    bare = _line("a bare Wagtail page", lambda: _publish_bare(section, by))
    ours = _line("a page of Cairn", lambda: _publish(lesson, by, author))
    print(f"\nratio of the medians {ours / bare:.2f}; queries in a small house {small}, in this one {large}")


def _person(name):
    return add_person(name, first_name=name.title(), last_name="Aster", by=None, at=timezone.now())


def _linked_lesson(by, author):
    now = timezone.now()
    process = draft_page(Process, title="Build", accountable=by, by=author, at=now)
    publish(process, by=by, author=author, at=now, change_summary="First.", training_impact="read")
    lesson = draft_page(
        LessonLearned,
        title="A strap",
        what_happened=TEXT,
        processes=[process],
        experts=[author],
        tags=["strap", "glue"],
        accountable=by,
        by=author,
        at=now,
    )
    publish(lesson, by=by, author=author, at=now, change_summary="First.", training_impact="read")
    return lesson


def _give_roles(count, person):
    roles = JobRole.objects.bulk_create(JobRole(name=f"Role {number}") for number in range(count))
    today = timezone.localdate()
    RoleHolding.objects.bulk_create(RoleHolding(person=person, role=role, since=today) for role in roles)


def _publish(lesson, by, author):
    page = type(lesson).objects.get(pk=lesson.pk)
    page.what_happened += "."
    publish(page, by=by, author=author, at=timezone.now(), change_summary="A stop.", training_impact="read")


def _publish_bare(section, by):
    """As an editor publishes in plain Wagtail: a revision of the page, and its publication."""
    page = Section.objects.get(pk=section.pk)
    page.introduction = f"{time.time()}"
    page.search_description = TEXT
    with transaction.atomic():
        page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)


def _line(name, act):
    for _ in range(WARM_UP):
        act()
    taken = []
    for _ in range(TURNS):
        before = time.perf_counter()
        act()
        taken.append((time.perf_counter() - before) * 1000)
    middle, slow = statistics.median(taken), sorted(taken)[int(TURNS * 0.95)]
    print(f"{name:28}{middle:>8.1f}{slow:>8.1f}{_queries(act):>10}")
    return middle


def _queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
