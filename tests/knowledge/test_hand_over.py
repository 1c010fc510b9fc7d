from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from evidence.models import Entry
from knowledge.actions import draft_page, hand_over, publish, withdraw_page
from knowledge.freezing import thawed
from knowledge.handing_over import in_hand_of, leavers, open_hand_overs
from knowledge.models import HandOver, KnowledgeBrief, KnowledgePage, LessonLearned
from knowledge.refusals import HandOverRefused
from people.actions import close_sign_in, join_group, withdraw_person
from people.groups import HR, PROCESS_OWNERS
from people.models import Person
from tests.knowledge.conftest import NOON, change, member, words_of_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST_DAY = NOON.date() + 30 * DAY
Duty = HandOver.Duty


@pytest.fixture
def lena():
    """She leaves at the end of the month."""
    return member("lena")


@pytest.fixture
def nora():
    return member("nora")


def a_brief(title="Seals", **fields):
    page = draft_page(KnowledgeBrief, title=title, body="Look.", by=None, at=NOON, **fields)
    publish(page, by=None, at=NOON, **change())
    return page


def a_lesson(title="It fell", **fields):
    page = draft_page(LessonLearned, title=title, what_happened="It fell.", by=None, at=NOON, **fields)
    publish(page, by=None, at=NOON, **change())
    return page


def leaves(person, *, last_day=LAST_DAY):
    withdraw_person(person, last_day=last_day, reason="moves away", by=None, at=NOON)


def in_hand(person, reader):
    (found,) = in_hand_of(leavers().filter(pk=person.pk), reader)
    return [(item.words, item.page.title) for item in found.items]


# What is in hand.


def test_what_someone_has_in_hand(lena, nora):
    a_brief("Owned", accountable=lena)
    a_brief("Stood in for", accountable=nora, deputies=[lena])
    a_brief("Known alone", accountable=nora, experts=[lena])
    a_lesson("Owed", accountable=nora, action_owner=lena)
    a_brief("Another's", accountable=nora, experts=[nora])
    leaves(lena)
    assert in_hand(lena, nora) == [
        ("Owner", "Owned"),
        ("Deputy", "Stood in for"),
        ("The only expert", "Known alone"),
        ("Sees to the corrective action", "Owed"),
    ]


def test_one_of_two_experts_is_not_the_only_one_unless_both_leave(lena, nora):
    a_brief(experts=[lena, nora])
    leaves(lena)
    assert in_hand(lena, nora) == []
    leaves(nora)
    assert in_hand(lena, nora) == in_hand(nora, nora) == [("The only expert", "Seals")]


def test_a_draft_is_handed_over_and_a_withdrawn_page_is_not(lena, nora):
    draft_page(KnowledgeBrief, title="A draft", body="x", accountable=lena, by=None, at=NOON)
    withdraw_page(a_brief("Withdrawn", accountable=lena), reason="Old.", by=None, at=NOON + DAY)
    leaves(lena)
    assert in_hand(lena, nora) == [("Owner", "A draft")]


def test_who_stays_is_on_no_list_and_who_left_first_stands_first(lena, nora):
    owen, fred = member("owen"), member("fred")
    for person in (lena, nora, owen, fred):
        a_brief(f"Of {person}", accountable=person)
    leaves(lena)
    leaves(fred, last_day=NOON.date() - DAY)
    Person.objects.filter(pk=owen.pk).update(is_active=False)
    assert [one.person for one in open_hand_overs(nora)] == [fred, lena, owen]


def test_the_last_who_approves_is_named(lena, nora):
    join_group(lena, PROCESS_OWNERS, by=None, at=NOON)
    leaves(lena)
    assert [group.name for one in open_hand_overs(nora) for group in one.groups] == [PROCESS_OWNERS]
    join_group(nora, PROCESS_OWNERS, by=None, at=NOON)
    assert open_hand_overs(nora) == []


def test_what_one_may_not_see_is_counted_and_not_named(lena, nora, administrator):
    keep_to_board(a_brief("Layoffs", accountable=lena))
    leaves(lena)
    (found,) = open_hand_overs(nora)
    assert (found.items, found.hidden, found.count) == ([], 1, 1)
    (found,) = open_hand_overs(administrator)
    assert (found.hidden, found.count) == (0, 1)


def keep_to_board(page):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Board"))


# Handing over.

HELD = {
    Duty.OWNER: lambda lena: a_brief(accountable=lena),
    Duty.DEPUTY: lambda lena: a_brief(deputies=[lena]),
    Duty.EXPERT: lambda lena: a_brief(experts=[lena]),
    Duty.ACTION: lambda lena: a_lesson(action_owner=lena),
}


def holders(page, duty):
    page = type(page).objects.get(pk=page.pk)
    one = {Duty.OWNER: "accountable", Duty.ACTION: "action_owner"}
    if duty in one:
        return [getattr(page, one[duty])]
    return list(page.deputies.all() if duty == Duty.DEPUTY else page.experts.all())


@pytest.mark.parametrize("duty", HELD)
def test_a_duty_goes_from_one_to_the_other(lena, nora, process_owner, duty):
    page = HELD[duty](lena)
    handed = hand_over(page, duty, giver=lena, taker=nora, by=process_owner, at=NOON + DAY)
    assert holders(page, duty) == [nora]
    assert (handed.giver, handed.taker, handed.by, handed.at) == (lena, nora, process_owner, NOON + DAY)
    entry = Entry.objects.get(pk=f"knowledge.handed_over:{handed.pk}")
    assert entry.openings.get(field="taker").value == "Nora Aster"
    assert words_of_entry(entry) == (
        f"{page.number}, “{page.title}”, was handed over from Lena Aster to Nora Aster ({handed.get_duty_display()})"
    )
    assert b"Aster" not in bytes(entry.leaf)


@pytest.mark.parametrize("duty", HELD)
def test_no_edition_is_made_and_the_frozen_copy_says_who_it_was(lena, nora, duty):
    page = HELD[duty](lena)
    before = thawed(page.editions.get())
    hand_over(page, duty, giver=lena, taker=nora, by=None, at=NOON + DAY)
    assert thawed(page.editions.get()) == before


@pytest.mark.parametrize("duty", HELD)
def test_to_publish_what_waited_as_a_draft_does_not_bring_the_leaver_back(lena, nora, duty):
    page = HELD[duty](lena)
    page.title = "A new title"
    page.save_revision(clean=False)
    hand_over(page, duty, giver=lena, taker=nora, by=None, at=NOON + DAY)
    type(page).objects.get(pk=page.pk).latest_revision.publish()
    assert KnowledgePage.objects.get(pk=page.pk).title == "A new title"
    assert holders(page, duty) == [nora]


@pytest.mark.parametrize("duty", HELD)
def test_to_edit_a_page_that_has_no_draft_does_not_bring_the_leaver_back(lena, nora, duty):
    page = HELD[duty](lena)
    hand_over(page, duty, giver=lena, taker=nora, by=None, at=NOON + DAY)
    edited = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    edited.save_revision(clean=False).publish()
    assert holders(page, duty) == [nora]


@pytest.mark.parametrize("duty", HELD)
def test_nobody_any_more_only_where_a_page_can_be_without_and_never_without_a_reason(lena, duty):
    page = HELD[duty](lena)
    with pytest.raises(HandOverRefused):
        hand_over(page, duty, giver=lena, taker=None, by=None, at=NOON)
    told = {"giver": lena, "taker": None, "because": "The press is sold.", "by": None, "at": NOON}
    if duty in (Duty.OWNER, Duty.ACTION):
        with pytest.raises(HandOverRefused, match="Someone must be"):
            hand_over(page, duty, **told)
        assert holders(page, duty) == [lena]
    else:
        hand_over(page, duty, **told)
        assert holders(page, duty) == []
        assert type(page).objects.get(pk=page.pk).get_latest_revision_as_object().deputies.count() == 0


def test_a_page_without_an_owner_is_given_one(nora):
    page = a_brief()
    hand_over(page, Duty.OWNER, giver=None, taker=nora, by=None, at=NOON)
    assert holders(page, Duty.OWNER) == [nora]


def test_pages_without_an_owner_stand_on_a_list_and_are_given_one(client, nora, process_owner):
    page, closed = a_brief(), a_brief("Layoffs")
    keep_to_board(closed)
    client.force_login(process_owner)
    address = reverse("knowledge:hand-over-of", args=[0])
    assert address in client.get(reverse("knowledge:hand-over")).content.decode()
    words = words_of(client.get(address))
    assert page.title in words
    assert closed.title not in words
    client.post(address, {f"taker-owner-{page.pk}": nora.pk})
    assert holders(page, Duty.OWNER) == [nora]
    assert "All is handed over" in words_of(client.get(address))


def test_other_deputies_stay(lena, nora):
    ben = member("ben")
    page = a_brief(deputies=[lena, ben])
    hand_over(page, Duty.DEPUTY, giver=lena, taker=nora, by=None, at=NOON)
    assert set(holders(page, Duty.DEPUTY)) == {nora, ben}


def gone(nora):
    withdraw_person(nora, last_day=NOON.date() - DAY, reason="left", by=None, at=NOON)
    close_sign_in(nora.pk, on=NOON.date())


REFUSED = {
    "is leaving": lambda page, lena, nora: leaves(nora),
    "has left": lambda page, lena, nora: gone(nora),
    "may not see": lambda page, lena, nora: keep_to_board(page),
    "no longer owner": lambda page, lena, nora: hand_over(
        page, Duty.OWNER, giver=lena, taker=member("ben"), by=None, at=NOON
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_handed_over_says_why(lena, nora, why):
    page = a_brief(accountable=lena)
    REFUSED[why](page, lena, nora)
    with pytest.raises(HandOverRefused, match=why):
        hand_over(page, Duty.OWNER, giver=lena, taker=nora, by=None, at=NOON)


def test_one_who_is_a_deputy_already_cannot_be_it_twice(lena, nora):
    page = a_brief(deputies=[lena, nora])
    with pytest.raises(HandOverRefused, match="already is"):
        hand_over(page, Duty.DEPUTY, giver=lena, taker=nora, by=None, at=NOON)


@pytest.mark.databases
def test_the_database_refuses_an_end_without_a_reason(lena):
    page = a_brief(deputies=[lena])
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(page=page, duty=Duty.DEPUTY, giver=lena, taker=None, at=NOON)


# The pages.


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON + DAY, tick=False):
        yield


def page_of(response):
    return BeautifulSoup(response.content.decode(), "html.parser").find("main")


def words_of(response):
    return " ".join(page_of(response).get_text(" ").split())


@pytest.fixture
def list_of_lena(client, process_owner, lena):
    client.force_login(process_owner)
    return reverse("knowledge:hand-over-of", args=[lena.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [("process_owner", 200), ("administrator", 200), ("hr", 200), ("expert", 403), ("reader", 403), ("lena", 403)],
)
def test_who_may_hand_over(client, request, lena, who, status):
    person = member("hanna", HR) if who == "hr" else request.getfixturevalue(who)
    a_brief(accountable=lena)
    leaves(lena)
    client.force_login(person)
    addresses = [reverse("knowledge:hand-over"), reverse("knowledge:hand-over-of", args=[lena.pk])]
    assert [client.get(address).status_code for address in addresses] == [status, status]
    assert client.post(addresses[1], {}).status_code == status


def test_nobody_is_chosen_before_someone_chooses(client, lena, nora, list_of_lena):
    page = a_brief(accountable=lena)
    leaves(lena)
    (select,) = page_of(client.get(list_of_lena)).find_all("select")
    assert select.find("option", selected=True)["value"] == ""
    names = [option.get_text() for option in select.find_all("option")]
    assert "Nora Aster" in names
    assert "Lena Aster" not in names
    assert "Nobody any more" not in names
    assert "Choose for at least one thing" in words_of(client.post(list_of_lena, {f"taker-owner-{page.pk}": ""}))


def test_many_things_are_handed_over_at_once(client, lena, nora, list_of_lena):
    owned, known = a_brief("Owned", accountable=lena), a_brief("Known", experts=[lena])
    left = a_brief("Left open", deputies=[lena])
    leaves(lena)
    chosen = {
        f"taker-owner-{owned.pk}": nora.pk,
        f"taker-expert-{known.pk}": "nobody",
        f"because-expert-{known.pk}": "No longer made.",
    }
    words = words_of(client.post(list_of_lena, chosen, follow=True))
    assert "2 things are handed over." in words
    assert left.title in words
    assert holders(owned, Duty.OWNER) == [nora]
    assert holders(known, Duty.EXPERT) == []
    assert HandOver.objects.get(page=known).because == "No longer made."


def test_all_or_nothing_and_each_problem_is_named(client, lena, nora, list_of_lena):
    fine, twice, closed = a_brief("Fine", accountable=lena), a_brief("Twice", deputies=[lena, nora]), a_brief("Closed")
    hand_over(closed, Duty.OWNER, giver=None, taker=lena, by=None, at=NOON)
    leaves(lena)
    chosen = {f"taker-owner-{fine.pk}": nora.pk, f"taker-deputy-{twice.pk}": nora.pk}
    response = client.post(list_of_lena, chosen)
    assert "Nora Aster already is deputy of “Twice”" in words_of(response)
    assert holders(fine, Duty.OWNER) == [lena]
    chosen_still = page_of(response).find("select", id=f"id_taker-owner-{fine.pk}").find("option", selected=True)
    assert chosen_still["value"] == str(nora.pk)


@pytest.mark.parametrize(
    ("taker", "because", "said"),
    [("nobody", "", "Say why nobody need do it any more."), ("", "Sold.", "Choose who takes it over, or nobody.")],
)
def test_half_an_answer_is_asked_to_be_made_whole(client, lena, list_of_lena, taker, because, said):
    page = a_brief(deputies=[lena])
    leaves(lena)
    response = client.post(list_of_lena, {f"taker-deputy-{page.pk}": taker, f"because-deputy-{page.pk}": because})
    assert said in words_of(response)
    assert page_of(response).find("input", id=f"id_because-deputy-{page.pk}").get("value", "") == because
    assert not HandOver.objects.exists()


def test_an_administrator_says_who_approves_from_now_on(client, lena, nora, administrator, list_of_lena):
    join_group(lena, PROCESS_OWNERS, by=None, at=NOON)
    for person in Person.objects.filter(groups__name=PROCESS_OWNERS).exclude(pk=lena.pk):
        leaves(person)
    leaves(lena)
    client.force_login(administrator)
    group = Group.objects.get(name=PROCESS_OWNERS)
    assert "The last who approves" in words_of(client.get(list_of_lena))
    client.post(list_of_lena, {f"taker-group-{group.pk}": nora.pk})
    assert nora.groups.filter(pk=group.pk).exists()
    assert "All is handed over" in words_of(client.get(list_of_lena))


def test_one_who_stays_has_no_such_page(client, nora, process_owner):
    client.force_login(process_owner)
    assert client.get(reverse("knowledge:hand-over-of", args=[nora.pk])).status_code == 404


def test_hr_sees_on_the_persons_page_how_much_is_to_be_handed_over(client, lena):
    a_brief(accountable=lena)
    client.force_login(member("hanna", HR))
    address = reverse("people:person", args=[lena.pk])
    assert "to hand over" not in words_of(client.get(address))
    leaves(lena)
    assert "Lena Aster has 1 thing to hand over" in words_of(client.get(address))


def test_the_lists_cost_the_same_with_few_things_and_many(client, process_owner, list_of_lena, lena, nora):
    leaves(lena)

    def costs(count):
        for number in range(count):
            leaver = member(f"leaver{count}{number}")
            for person in (leaver, lena):
                a_brief(f"Owned {person} {number}", accountable=person, deputies=[person], experts=[person])
                a_lesson(f"Owed {person} {number}", action_owner=person)
            leaves(leaver)
        counts = []
        for address in (reverse("knowledge:hand-over"), list_of_lena):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    assert costs(1) == costs(4)


def test_the_last_day_itself_is_still_one_of_theirs(client, lena, list_of_lena):
    a_brief(accountable=lena)
    leaves(lena, last_day=date(2026, 3, 3))
    assert "Leaving. Their last day is 3 March 2026." in words_of(client.get(list_of_lena))
