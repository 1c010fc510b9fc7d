from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from evidence.models import Entry
from knowledge.actions import acknowledge, open_edition, publish, withdraw_page
from knowledge.models import Edition, Reading
from knowledge.refusals import AcknowledgementRefused
from tests.knowledge.conftest import NOON, change

pytestmark = pytest.mark.databases
HOUR = timedelta(hours=1)


@pytest.fixture
def edition(published):
    return published.editions.get()


def test_opened_and_acknowledged_are_two_facts_with_an_entry_each(edition, reader):
    open_edition(edition, by=reader, at=NOON)
    acknowledge(edition, by=reader, at=NOON + HOUR)
    assert list(Reading.objects.order_by("at").values_list("kind", "at")) == [
        ("opened", NOON),
        ("acknowledged", NOON + HOUR),
    ]
    kinds = Entry.objects.filter(pk__startswith="knowledge.edition_").values_list("pk", flat=True)
    assert {kind.split(":")[0] for kind in kinds} >= {"knowledge.edition_opened", "knowledge.edition_acknowledged"}


def test_acknowledging_twice_returns_the_first(edition, reader):
    first = acknowledge(edition, by=reader, at=NOON)
    assert acknowledge(edition, by=reader, at=NOON + HOUR) == first
    assert Reading.objects.get().at == NOON


def test_an_edition_that_was_replaced_cannot_be_acknowledged(published, edition, reader, expert):
    published.body = "New."
    publish(published, by=expert, at=NOON + HOUR, **change())
    with pytest.raises(AcknowledgementRefused, match="no longer in force"):
        acknowledge(edition, by=reader, at=NOON + HOUR)


def test_an_edition_of_a_withdrawn_page_cannot_be_acknowledged(published, edition, reader, expert):
    withdraw_page(published, reason="Old.", by=expert, at=NOON)
    with pytest.raises(AcknowledgementRefused):
        acknowledge(edition, by=reader, at=NOON)


def test_a_reader_acknowledges_on_the_page_and_sees_that_they_did(client, published, edition, reader):
    client.force_login(reader)
    page = client.get(published.url).content.decode()
    assert "I have read and understood this" in page
    response = client.post(reverse("knowledge:acknowledge", args=[edition.pk]), follow=True)
    assert response.redirect_chain[-1][0] == published.url
    assert "You acknowledged edition 1" in response.content.decode()


def test_opening_is_told_by_post_alone(client, edition, reader):
    client.force_login(reader)
    url = reverse("knowledge:opened", args=[edition.pk])
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 204
    assert Reading.objects.get().kind == "opened"


def test_an_old_edition_is_refused_with_a_sentence(client, published, edition, reader, expert):
    published.body = "New."
    publish(published, by=expert, at=NOON + HOUR, **change())
    client.force_login(reader)
    response = client.post(reverse("knowledge:acknowledge", args=[edition.pk]), follow=True)
    assert "no longer in force" in response.content.decode()


def test_an_old_edition_is_shown_as_it_was(client, published, edition, reader, expert):
    published.title, published.body = "Renamed", "New words."
    publish(published, by=expert, at=NOON + HOUR, **change("Renamed."))
    client.force_login(reader)
    page = client.get(reverse("knowledge:edition", args=[edition.pk])).content.decode()
    assert "Reading a strap" in page
    assert "Look at it." in page
    assert edition.sha256 in page
    assert "No longer in force" in page
    history = client.get(reverse("knowledge:editions", args=[published.pk])).content.decode()
    assert "Renamed." in history


def test_an_altered_edition_says_so(client, edition, reader):
    Edition.objects.filter(pk=edition.pk).update(content=bytes(edition.content).replace(b"Look at it.", b"Look away."))
    client.force_login(reader)
    assert "has been altered" in client.get(reverse("knowledge:edition", args=[edition.pk])).content.decode()


@pytest.mark.parametrize("name", ["edition", "acknowledge", "opened", "editions", "withdraw"])
def test_the_editions_of_a_private_page_are_not_there_for_others(client, published, edition, reader, name):
    restriction = PageViewRestriction.objects.create(page=published, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Board"))
    client.force_login(reader)
    pk = published.pk if name in ("editions", "withdraw") else edition.pk
    send = client.post if name in ("acknowledge", "opened") else client.get
    assert send(reverse(f"knowledge:{name}", args=[pk])).status_code == 404
    assert not Reading.objects.exists()


def test_a_process_owner_withdraws_a_page_and_says_why(client, published, edition, process_owner):
    client.force_login(process_owner)
    url = reverse("knowledge:withdraw", args=[published.pk])
    assert "required" in client.post(url, {"reason": ""}).content.decode()
    page = client.post(url, {"reason": "No longer made."}, follow=True).content.decode()
    assert "Withdrawn: No longer made." in page
    assert client.get(published.url).status_code == 404


def test_an_expert_does_not_withdraw(client, published, expert):
    client.force_login(expert)
    assert client.post(reverse("knowledge:withdraw", args=[published.pk]), {"reason": "x"}).status_code == 403


def test_the_editions_of_a_withdrawn_page_do_not_lead_to_it(client, published, process_owner, reader):
    address, edition = published.url, published.editions.get()
    client.force_login(reader)
    pages = [reverse("knowledge:editions", args=[published.pk]), reverse("knowledge:edition", args=[edition.pk])]
    for page in pages:
        assert f'href="{address}"' in client.get(page).content.decode()
    withdraw_page(published, reason="Replaced.", by=process_owner, at=NOON)
    for page in pages:
        assert f'href="{address}"' not in client.get(page).content.decode()
