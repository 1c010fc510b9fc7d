"""The same payloads before a real browser, which says what it would have run: no dialog, no breach of the policy."""

import pytest
from django.db.models import CharField, TextField
from django.urls import reverse

from knowledge.actions import publish
from knowledge.models import KnowledgeBrief
from tests.e2e.conftest import browser  # noqa: F401
from tests.e2e.house import PASSWORD, open_a_house
from tests.security.payloads import some_payloads

pytestmark = pytest.mark.browser
TRAP = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = (...words) => window.ran.push([name, ...words]);
document.addEventListener("securitypolicyviolation", event =>
  window.ran.push([event.effectiveDirective, event.blockedURI, event.sample]));
"""
POKE = """() => {
  for (const element of document.querySelectorAll("main *"))
    for (const name of ["mouseover", "focus", "toggle", "error", "load"]) element.dispatchEvent(new Event(name));
}"""


@pytest.fixture
def house(transactional_db, once):
    return once(open_a_house)


def filled_with(payloads, page):
    """Every text of a kind of page, whatever the models come to hold."""
    fields = [field for field in page._meta.local_fields if isinstance(field, CharField | TextField) and field.editable]
    return {
        field.name: " ".join(payloads[2:5])[: field.max_length] if field.max_length else "\n\n".join(payloads[::4])
        for field in fields
        if not field.choices
    }


def planted(house):
    """In a page's every text, its summary of the change, and the names of a competence, a role and a person."""
    payloads = [text.replace("\x00", "") for text in some_payloads(400)]
    brief = KnowledgeBrief.objects.get(pk=house.brief.pk)
    brief.title, brief.summary = " ".join(payloads[0:2])[:250], " ".join(payloads[1:4])[:250]
    brief.body = "\n\n".join(payloads)
    brief.tags.add(payloads[1][:90])
    said = {"change_summary": " ".join(payloads[2:5])[:250], "training_impact": "none", "impact_reason": payloads[3]}
    edition = publish(brief, by=house.expert, at=brief.last_published_at, **said)
    for page in (house.process, house.decision, house.lesson):
        page = page.specific_class.objects.get(pk=page.pk)
        for name, value in filled_with(payloads, page).items():
            setattr(page, name, value)
        publish(page, by=house.expert, at=page.last_published_at, **said)
    for thing in (house.competence, house.role):
        thing.name = payloads[1][:100]
        thing.save()
    house.newcomer.first_name, house.newcomer.last_name = payloads[0][:100], payloads[2][:100]
    house.newcomer.save()
    return brief, edition


def test_nothing_runs_in_a_browser(browser, live_server, house):  # noqa: F811
    brief, edition = planted(house)
    context = browser.new_context(base_url=live_server.url)
    context.add_init_script(TRAP)
    page = context.new_page()
    dialogs, ran = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(page, house.hr)
    searched = reverse("search:search", query={"q": "\"><img src=x onerror=alert('CANARY')>"})
    for address in (
        "/",
        brief.url,
        house.process.url,
        house.decision.url,
        house.lesson.url,
        reverse("knowledge:map"),
        "/briefs/",
        searched,
        "/people/",
        reverse("people:person", args=[house.newcomer.pk]),
        "/competence/",
        reverse("competence:competence", args=[house.competence.pk]),
        reverse("knowledge:edition", args=[edition.pk]),
        reverse("knowledge:editions", args=[brief.pk]),
        house.course.url,
    ):
        assert page.goto(address).status == 200, address
        page.evaluate(POKE)
        ran += [(address, each) for each in page.evaluate("window.ran")]
    context.close()
    assert (dialogs, ran) == ([], [])


def test_the_trap_shuts(browser, live_server, house):  # noqa: F811
    """A script that did get into a page would be held by the policy, and seen."""
    context = browser.new_context(base_url=live_server.url)
    context.add_init_script(TRAP)
    page = context.new_page()
    page.goto(reverse("sign-in"))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"x:\" onerror=\"alert(1)\">')")
    page.wait_for_function("window.ran.length > 0", timeout=5000)
    ran = page.evaluate("window.ran")
    context.close()
    assert {directive for directive, *_ in ran} >= {"script-src-attr"}
    assert "alert" not in {name for name, *_ in ran}


def sign_in(page, person):
    page.goto(reverse("sign-in"))
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")
