from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from evidence.models import Entry
from jobs.actions import run_waiting
from knowledge.actions import (
    answer_suggestion,
    ask_for_page,
    begin_page,
    draft_page,
    publish,
    suggest_change,
    take_up_change,
    withdraw_page,
)
from knowledge.models import KnowledgeBrief, Process, Suggestion, SuggestionAnswer
from knowledge.permissions import may_answer, may_see_suggestion
from knowledge.refusals import SuggestionRefused
from knowledge.suggesting import credited, tidy, waiting_for
from people.actions import withdraw_person
from tests.knowledge.conftest import NOON, change, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOON.date()
BODY = "Look at the strap.\n\nThen close it."
NEW_BODY = "Look at the buckle.\n\nThen close it."


@pytest.fixture
def owner():
    return member("olga")


@pytest.fixture
def deputy():
    return member("dora")


@pytest.fixture
def page(owner, deputy):
    page = draft_page(
        KnowledgeBrief,
        title="Straps",
        summary="In short.",
        body=BODY,
        accountable=owner,
        deputies=[deputy],
        by=None,
        at=NOON,
    )
    publish(page, by=None, at=NOON, **change())
    return page


@pytest.fixture
def edition(page):
    return page.editions.get()


@pytest.fixture
def suggestion(edition, reader):
    return suggest(edition, reader)


def suggest(edition, reader, text=NEW_BODY, *, field="body", reason="It has a buckle now."):
    return suggest_change(edition, field, text, reason=reason, by=reader, at=NOON + DAY)


def draft_of(page):
    return KnowledgeBrief.objects.get(pk=page.pk).get_latest_revision_as_object()


@given(st.text())
def test_to_tidy_twice_is_to_tidy_once(text):
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("summary", "longest", "said"),
    [
        ("", 60, "Text: as suggested by Nils."),
        ("New seal.", 60, "New seal. Text: as suggested by Nils."),
        ("New seal.", 30, "Text: as suggested by Nils."),
        ("New seal.", 10, "New seal."),
    ],
)
def test_who_suggested_it_is_credited_as_far_as_there_is_room(summary, longest, said):
    assert credited(summary, "Nils", "Text", longest=longest) == said


# To suggest.


def test_a_suggestion_keeps_the_edition_the_part_and_the_whole_new_text(suggestion, edition, reader):
    assert (suggestion.edition, suggestion.field, suggestion.by) == (edition, "body", reader)
    assert suggestion.text == NEW_BODY
    assert Entry.objects.filter(pk=f"knowledge.change_suggested:{suggestion.pk}").exists()


def test_the_same_again_is_the_first(suggestion, edition, reader):
    assert suggest(edition, reader) == suggestion
    assert suggest(edition, member("ben")) != suggestion


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": BODY + "  \r\n"}, "Nothing is changed"),
        ({"field": "title"}, "cannot be changed in this way"),
        ({"field": "accountable"}, "cannot be changed in this way"),
        ({"field": "summary", "text": "x" * 251}, "can be 250 characters long; this is 251"),
        ({"text": "x" * 100_001}, "can be 100,000 characters long"),
        ({"reason": "  "}, "Say why"),
    ],
)
def test_what_cannot_be_suggested_says_why(edition, reader, given, said):
    with pytest.raises(SuggestionRefused, match=said):
        suggest(edition, reader, **given)
    assert not Suggestion.objects.exists()


def test_nothing_is_suggested_for_a_page_out_of_use(page, edition, reader):
    withdraw_page(page, reason="Old.", by=None, at=NOON)
    with pytest.raises(SuggestionRefused, match="no longer in use"):
        suggest(edition, reader)


def test_a_page_is_asked_for_with_a_title_and_a_reason(reader):
    asked = ask_for_page("  How to   weld ", reason="I stood there.", by=reader, at=NOON)
    assert (asked.title, asked.page) == ("How to weld", None)
    assert ask_for_page("How to weld", reason="Again.", by=reader, at=NOON) == asked
    for title, reason in ((" ", "x"), ("x", " "), ("x" * 256, "x")):
        with pytest.raises(SuggestionRefused):
            ask_for_page(title, reason=reason, by=reader, at=NOON)


# Who may see and answer it. Of a page with owner and deputy, of one that nobody owns, of a missing one with a process
# and of one without.

WHO = ["reader", "other", "owner", "deputy", "expert", "process_owner", "administrator"]
ANSWERS = {
    "change": {"owner", "deputy", "process_owner", "administrator"},
    "unowned": {"process_owner", "administrator"},
    "missing, on a process of the owner": {"owner", "process_owner", "administrator"},
    "missing": {"process_owner", "administrator"},
}
WAITS_FOR = {
    "change": {"owner", "deputy"},
    "unowned": {"process_owner", "administrator"},
    "missing, on a process of the owner": {"owner"},
    "missing": {"process_owner", "administrator"},
}


@pytest.fixture
def each(suggestion, owner, reader):
    unowned = draft_page(KnowledgeBrief, title="Unowned", body=BODY, by=None, at=NOON)
    publish(unowned, by=None, at=NOON, **change())
    process = draft_page(Process, title="Returns", accountable=owner, by=None, at=NOON)
    publish(process, by=None, at=NOON, **change())
    told = {"reason": "So.", "by": reader, "at": NOON}
    return {
        "change": suggestion,
        "unowned": suggest(unowned.editions.get(), reader),
        "missing, on a process of the owner": ask_for_page("Weld", process=process, **told),
        "missing": ask_for_page("Solder", **told),
    }


@pytest.fixture
def everyone(request):
    return {"other": member("otto"), **{name: request.getfixturevalue(name) for name in WHO if name != "other"}}


@pytest.mark.parametrize("what", ANSWERS)
def test_who_may_see_a_suggestion_and_who_may_answer_it(each, everyone, what):
    assert {name for name, person in everyone.items() if may_answer(person, each[what])} == ANSWERS[what]
    seen = {name for name, person in everyone.items() if may_see_suggestion(person, each[what])}
    assert seen == ANSWERS[what] | {"reader"}


@pytest.mark.parametrize("what", WAITS_FOR)
def test_for_whom_a_suggestion_waits(each, everyone, what):
    waits = {name for name, person in everyone.items() if each[what] in waiting_for(person, on=TODAY)}
    assert waits == WAITS_FOR[what]


def test_once_owner_and_deputy_have_left_it_waits_for_process_owners(suggestion, owner, deputy, process_owner):
    for person in (owner, deputy):
        withdraw_person(person, last_day=TODAY, reason="left", by=None, at=NOON)
    assert suggestion not in waiting_for(process_owner, on=TODAY)
    assert suggestion in waiting_for(process_owner, on=TODAY + DAY)


def test_what_is_about_a_page_that_one_may_not_see_waits_for_none_of_those(suggestion, page, owner, administrator):
    keep_to_board(page)
    assert not may_answer(owner, suggestion)
    assert suggestion not in waiting_for(owner, on=TODAY)
    assert may_answer(administrator, suggestion)


def keep_to_board(page):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Board"))


# To answer.


def test_what_is_taken_up_stands_in_the_draft_with_a_word_on_whose_it_was(suggestion, page, owner, reader):
    revision = take_up_change(suggestion, by=owner, at=NOON + DAY)
    draft = draft_of(page)
    assert (draft.body, revision.user) == (NEW_BODY, owner)
    assert draft.change_summary == f"Text: as suggested by {reader}."
    assert draft.training_impact == ""
    assert KnowledgeBrief.objects.get(pk=page.pk).body == BODY
    assert page.editions.count() == 1
    assert suggestion.answer.outcome == SuggestionAnswer.Outcome.TAKEN


def test_it_is_put_on_top_of_what_waits_in_the_draft_of_another(suggestion, page, owner, expert, reader):
    draft = draft_of(page)
    draft.summary, draft.change_summary = "Shorter.", "A shorter summary."
    draft.save_revision(user=expert)
    take_up_change(suggestion, by=owner, at=NOON + DAY)
    draft = draft_of(page)
    assert (draft.summary, draft.body) == ("Shorter.", NEW_BODY)
    assert draft.change_summary == f"A shorter summary. Text: as suggested by {reader}."


def test_a_page_that_another_has_locked_is_left_alone(suggestion, page, owner, expert):
    KnowledgeBrief.objects.filter(pk=page.pk).update(locked=True, locked_by=expert, locked_at=NOON)
    with pytest.raises(SuggestionRefused, match="is locked"):
        take_up_change(suggestion, by=owner, at=NOON + DAY)
    assert not SuggestionAnswer.objects.exists()
    assert draft_of(page).body == BODY


def test_a_suggestion_is_answered_once_and_not_declined_without_a_reason(suggestion, owner, deputy):
    with pytest.raises(SuggestionRefused, match="Say why"):
        answer_suggestion(suggestion, "declined", words=" ", by=owner, at=NOON)
    answer_suggestion(suggestion, "declined", words="It has no buckle.", by=owner, at=NOON)
    with pytest.raises(SuggestionRefused, match="Olga Aster has already answered it"):
        take_up_change(suggestion, by=deputy, at=NOON)


def test_whoever_suggested_it_is_written_to(suggestion, owner, reader):
    reader.email = "rosa@example.org"
    reader.save()
    answer_suggestion(suggestion, "declined", words="It has no buckle.", by=owner, at=NOON)
    run_waiting(NOON)
    (letter,) = [letter for letter in mail.outbox if letter.subject == "Your suggestion was answered"]
    assert letter.to == ["rosa@example.org"]
    assert "Not taken up, says Olga Aster." in letter.body
    assert "It has no buckle." in letter.body
    assert reverse("knowledge:suggestion", args=[suggestion.pk]) in letter.body


def test_the_words_to_a_reader_are_personal(suggestion, owner):
    answer_suggestion(suggestion, "declined", words="Ask Ben.", by=owner, at=NOON)
    entry = Entry.objects.get(pk=f"knowledge.suggestion_answered:{suggestion.pk}")
    assert b"Ben" not in bytes(entry.leaf)
    assert entry.openings.get(field="words").value == "Ask Ben."


def test_a_page_that_was_asked_for_is_begun_and_named_in_the_answer(each, process_owner):
    asked = each["missing, on a process of the owner"]
    page = begin_page(asked, KnowledgeBrief, by=process_owner, at=NOON)
    assert (page.title, page.body, page.live) == ("Weld", "So.", False)
    assert [process.title for process in page.processes.all()] == ["Returns"]
    assert page.number in asked.answer.words


# The pages.


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON + 2 * DAY, tick=False):
        yield


def page_of(response):
    return BeautifulSoup(response.content.decode(), "html.parser").find("main")


def words_of(response):
    return " ".join(page_of(response).get_text(" ").split())


@pytest.fixture
def as_reader(client, reader):
    client.force_login(reader)
    return client


def test_a_reader_suggests_from_the_page_and_sees_what_came_of_it(client, as_reader, page, edition, owner, reader):
    address = reverse("knowledge:suggest", args=[edition.pk])
    assert address in client.get(page.url).content.decode()
    assert page_of(client.get(f"{address}?part=body")).find("textarea", id="id_text").get_text().strip() == BODY
    sent = {"part": "body", "text": "Look twice.", "reason": "Once is not enough."}
    assert "Waits for an answer" in words_of(client.post(address, sent, follow=True))
    answer_suggestion(Suggestion.objects.get(), "declined", words="Once is enough.", by=owner, at=NOON)
    words = words_of(client.get(reverse("knowledge:suggestions")))
    assert "Not taken up" in words
    assert "Once is enough." in words


def test_nothing_typed_is_lost_when_it_is_refused(as_reader, edition):
    address = reverse("knowledge:suggest", args=[edition.pk])
    response = as_reader.post(address, {"part": "body", "text": "Look *twice*.", "reason": ""})
    assert page_of(response).find("textarea", id="id_text").get_text().strip() == "Look *twice*."
    response = as_reader.post(address, {"part": "body", "text": BODY, "reason": "Because I say so."})
    assert "Nothing is changed yet" in words_of(response)
    assert page_of(response).find("textarea", id="id_reason").get_text().strip() == "Because I say so."
    response = as_reader.post(reverse("knowledge:ask-for-page"), {"title": "", "reason": "I stood there."})
    assert page_of(response).find("textarea", id="id_reason").get_text().strip() == "I stood there."


def test_what_was_begun_on_an_edition_that_was_replaced_meanwhile_is_kept(as_reader, page, edition, owner):
    page.body = BODY + "\n\nAnd lock it."
    newer = publish(page, by=None, at=NOON + DAY, **change())
    address = reverse("knowledge:suggest", args=[edition.pk])
    assert as_reader.get(address)["Location"] == reverse("knowledge:suggest", args=[newer.pk])
    as_reader.post(address, {"part": "body", "text": "Look twice.", "reason": "So."})
    suggestion = Suggestion.objects.get()
    assert suggestion.edition == edition
    as_reader.force_login(owner)
    response = as_reader.get(reverse("knowledge:suggestion", args=[suggestion.pk]))
    headings = [heading.get_text(" ", strip=True) for heading in page_of(response).select(".sides h2")]
    assert headings == ["As it was in edition 1", "As it is now", "As suggested"]
    assert "And lock it." in page_of(response).find(class_="sides").get_text()


def test_the_proposer_is_not_shown_what_stands_in_the_draft(as_reader, suggestion, page):
    draft = draft_of(page)
    draft.body = "A secret to come."
    draft.save_revision()
    assert "secret" not in words_of(as_reader.get(reverse("knowledge:suggestion", args=[suggestion.pk])))


def test_an_owner_sees_both_texts_and_takes_it_up(client, suggestion, page, owner):
    client.force_login(owner)
    address = reverse("knowledge:suggestion", args=[suggestion.pk])
    assert [mark.get_text() for mark in page_of(client.get(address)).select("del, ins")] == ["strap", "buckle"]
    assert client.post(address, {"do": "take", "words": "Thank you."})["Location"] == address
    assert draft_of(page).body == suggestion.text


def test_a_process_owner_is_led_on_to_the_editor(client, suggestion, page, process_owner):
    client.force_login(process_owner)
    response = client.post(reverse("knowledge:suggestion", args=[suggestion.pk]), {"do": "take", "words": ""})
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "buckle" in client.get(response["Location"]).content.decode()


def test_to_decline_without_words_keeps_the_page_and_says_what_is_missing(client, suggestion, owner):
    client.force_login(owner)
    address = reverse("knowledge:suggestion", args=[suggestion.pk])
    assert "Say why it is not taken up" in words_of(client.post(address, {"do": "decline", "words": ""}))
    assert "Not taken up" in words_of(client.post(address, {"do": "decline", "words": "No."}, follow=True))


@pytest.mark.parametrize("do", ["", "begin", "delete"])
def test_a_button_that_is_not_there_does_nothing(client, suggestion, process_owner, do):
    client.force_login(process_owner)
    client.post(reverse("knowledge:suggestion", args=[suggestion.pk]), {"do": do, "words": "x"})
    assert not SuggestionAnswer.objects.exists()


def test_the_proposer_does_not_answer_it_and_others_do_not_find_it(as_reader, suggestion):
    address = reverse("knowledge:suggestion", args=[suggestion.pk])
    assert as_reader.post(address, {"do": "take"}).status_code == 403
    as_reader.force_login(member("otto"))
    assert as_reader.get(address).status_code == as_reader.post(address, {"do": "take"}).status_code == 404


def test_the_text_of_a_page_that_was_closed_since_is_shown_to_nobody_who_may_not_see_it(as_reader, suggestion, page):
    keep_to_board(page)
    words = words_of(as_reader.get(reverse("knowledge:suggestion", args=[suggestion.pk])))
    assert "buckle" in words
    assert "strap" not in words
    assert as_reader.get(reverse("knowledge:suggest", args=[suggestion.edition_id])).status_code == 404


def test_a_search_that_found_nothing_leads_to_asking_for_the_page(as_reader):
    found = page_of(as_reader.get(reverse("search:search"), {"q": "how to weld & glue"}))
    link = found.find("a", string="Ask for this page")["href"]
    assert page_of(as_reader.get(link)).find("input", id="id_title")["value"] == "how to weld & glue"


def test_a_missing_page_is_asked_for_begun_and_found_again(client, as_reader, process_owner, reader):
    sent = {"title": "How to weld", "reason": "I stood there.", "process": ""}
    assert "How to weld" in words_of(client.post(reverse("knowledge:ask-for-page"), sent, follow=True))
    address = reverse("knowledge:suggestion", args=[Suggestion.objects.get().pk])
    client.force_login(process_owner)
    assert "A page that is missing: How to weld" in words_of(client.get(reverse("knowledge:reviews")))
    client.post(address, {"do": "begin", "kind": "knowledgebrief", "words": "Till then see BRF-0099."})
    begun = KnowledgeBrief.objects.get(title="How to weld")
    client.force_login(reader)
    told = words_of(client.get(address))
    assert f"It is being written, as {begun.number}." in told
    assert "Till then see BRF-0099." in told
    publish(begun, by=None, at=NOON + 2 * DAY, **change())
    assert page_of(client.get(address)).find("a", href=begun.url)


def test_a_process_that_one_may_not_see_is_not_offered(as_reader):
    process = draft_page(Process, title="Layoffs", by=None, at=NOON)
    publish(process, by=None, at=NOON, **change())
    keep_to_board(process)
    sent = {"title": "x", "reason": "y", "process": process.pk}
    response = as_reader.post(reverse("knowledge:ask-for-page"), sent)
    assert "Layoffs" not in words_of(response)
    assert not Suggestion.objects.exists()


def test_what_a_reader_types_is_shown_as_text(client, owner, edition, reader):
    attack = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    suggestion = suggest(edition, reader, attack, reason=attack)
    answer_suggestion(suggestion, "declined", words=attack, by=owner, at=NOON)
    client.force_login(reader)
    for address in (reverse("knowledge:suggestion", args=[suggestion.pk]), reverse("knowledge:suggestions")):
        shown = page_of(client.get(address))
        assert attack in shown.get_text()
        assert not shown.find_all(["script", "img"])


def test_the_lists_cost_the_same_with_few_suggestions_and_many(client, owner, process_owner):
    def costs(count):
        for number in range(count):
            page = draft_page(KnowledgeBrief, title=f"Page {count} {number}", body=BODY, by=None, at=NOON)
            publish(page, by=None, at=NOON, **change())
            suggest(page.editions.get(), process_owner)
            asked = ask_for_page(f"Missing {count} {number}", reason="x", by=process_owner, at=NOON)
            begin_page(asked, KnowledgeBrief, by=process_owner, at=NOON)
        client.force_login(process_owner)
        counts = []
        for name in ("suggestions", "reviews"):
            client.get(reverse(f"knowledge:{name}"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"knowledge:{name}"))
            counts.append(len(queries))
        return counts

    assert costs(1) == costs(4)
