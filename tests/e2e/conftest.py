"""A real browser before a real server, where there is a Chromium."""

import os
import shutil

import pytest
from django.urls import reverse

from tests.e2e.house import PASSWORD, open_a_house

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser():
    """Closed with its module: beside the event loop that Playwright keeps, Django refuses to speak to a database."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
    yield chromium
    chromium.close()
    playwright.stop()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def house(transactional_db, once):
    return once(open_a_house)


@pytest.fixture
def visit(browser, live_server):
    """visit() is a stranger's page, visit(person) theirs who has signed in. No complaint of the browser is let pass."""
    contexts, complaints = [], []

    def a_page(person=None):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if person:
            page.goto(reverse("sign-in"))
            page.get_by_label("Username").fill(person.username)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("/")
        return page

    a_page.complaints = complaints
    yield a_page
    for context in contexts:
        context.close()
    assert complaints == []
