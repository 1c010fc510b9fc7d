from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from courses.models import QuestionVersion
from knowledge.actions import publish
from knowledge.passages import id_of
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.courses.pages import post, queries_of, words_in, words_of
from tests.courses.quiz_scenes import a_brief, a_course, a_question, an_attempt
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]

BODY = "## Charging\n\nHalf full.\n\n## Storing\n\nIn sand."
CHARGING, STORING = (id_of("body", [title]) for title in ("Charging", "Storing"))
LIST = "courses:questions-to-look-at"


def change(brief, body, *, at=NOON + timedelta(minutes=1), impact="read"):
    brief.body = body
    publish(brief, by=None, at=at, change_summary="Safer.", training_impact=impact)


@pytest.fixture
def brief():
    return a_brief(body=BODY)


@pytest.fixture
def course(brief):
    return a_course(questions=0, readings=[brief])


@pytest.fixture
def stale(course, brief):
    version = a_question(course, stem="How full?", tests=brief, passage=CHARGING)
    change(brief, BODY.replace("Half", "A third"))
    return version


def confirm(client, person, question, **fields):
    return post(client, person, "courses:look-at-question", question.pk, do="confirm", **fields)


def current(brief):
    return brief.editions.get(ended_at=None).pk


def drawn(tag, *, reader, **named):
    request = RequestFactory().get("/")
    request.user = reader
    return Template("{% load anchor_tags %}{% " + tag + " %}").render(Context({"request": request, **named}))


@pytest.mark.parametrize("group", [EXPERTS, PROCESS_OWNERS])
def test_who_writes_questions_sees_the_change_beside_the_question_and_confirms_it(client, stale, brief, group):
    author = hire(groups=[group])
    assert "How full?" in words_of(client, author, reverse(LIST) + "?whose=all")
    words = words_of(client, author, "courses:look-at-question", stale.question_id)
    assert "As it was in edition 1 Half full. As it is now in edition 2 A third full." in words
    assert "About half Right" in words
    response = confirm(client, author, stale.question, edition=current(brief), passage=CHARGING)
    assert response.status_code == 302
    version = QuestionVersion.objects.drawn().get()
    assert (version.number, version.written_by) == (2, author)


def test_the_list_holds_ones_own_and_on_request_all(client, stale, course):
    expert, owner = hire(groups=[EXPERTS]), hire(groups=[PROCESS_OWNERS])
    assert "How full?" not in words_of(client, expert, LIST)
    assert "How full?" in words_of(client, owner, LIST)
    course.owner = expert
    course.save()
    assert "How full?" in words_of(client, expert, LIST)
    assert "How full?" in words_of(client, expert, "knowledge:reviews")


def test_of_a_passage_that_is_gone_another_is_chosen_first_that_with_the_same_words(client, course, brief):
    version, author = a_question(course, tests=brief, passage=CHARGING), hire(groups=[EXPERTS])
    change(brief, BODY.replace("Charging", "Loading"))
    client.force_login(author)
    html = client.get(reverse("courses:look-at-question", args=[version.question_id])).content.decode()
    assert "That passage is gone; the same words stand under Text › Loading." in words_in(html)
    assert f'<option value="{id_of("body", ["Loading"])}" selected>Text › Loading</option>' in html
    confirm(client, author, version.question, edition=current(brief), passage="")
    assert not QuestionVersion.objects.drawn().exists()
    confirm(client, author, version.question, edition=current(brief), passage=STORING)
    assert QuestionVersion.objects.drawn().get().passage == STORING


def test_a_question_on_the_whole_page_is_shown_with_all_that_changed(client, course, brief):
    version, author = a_question(course, tests=brief), hire(groups=[EXPERTS])
    change(brief, BODY.replace("In sand", "In water"), impact="test")
    words = words_of(client, author, "courses:look-at-question", version.question_id)
    assert "Storing" in words
    assert "Half full" not in words
    confirm(client, author, version.question, edition=current(brief))
    assert QuestionVersion.objects.drawn().get().number == 2


def test_what_was_not_looked_at_is_not_confirmed(client, stale, brief):
    author, seen = hire(groups=[EXPERTS]), current(brief)
    change(brief, BODY.replace("Half", "A quarter"), at=NOON + timedelta(minutes=2))
    html = confirm(client, author, stale.question, edition=seen, passage=CHARGING).content.decode()
    assert "has another edition since you looked" in html
    assert "A quarter" in html
    assert not QuestionVersion.objects.drawn().exists()


def test_it_is_withdrawn_with_a_reason(client, stale):
    author = hire(groups=[EXPERTS])
    for reason in ("", "Nobody charges any more."):
        post(client, author, "courses:look-at-question", stale.question_id, do="withdraw", reason=reason)
        stale.question.refresh_from_db()
        assert stale.question.withdrawn_because == reason


@pytest.mark.parametrize("groups", [[], [HR], [AUDITORS]])
def test_nobody_else_looks(client, stale, brief, groups):
    client.force_login(hire(groups=groups))
    assert client.get(reverse(LIST)).status_code == 403
    look = reverse("courses:look-at-question", args=[stale.question_id])
    assert client.get(look).status_code == 403
    assert client.post(look, {"do": "confirm", "edition": current(brief), "passage": CHARGING}).status_code == 403
    assert "How full?" not in drawn("stale_questions", reader=hire(groups=groups))


def test_who_sits_the_quiz_sees_nothing_of_its_questions(client, stale, course):
    a_question(course, stem="On nothing?")
    owner = hire(groups=[PROCESS_OWNERS])
    an_attempt(course, owner)
    assert "How full?" not in words_of(client, owner, reverse(LIST) + "?whose=all")
    assert "How full?" not in drawn("stale_questions", reader=owner)
    assert client.get(reverse("courses:look-at-question", args=[stale.question_id])).status_code == 403


def test_a_brief_shows_to_writers_which_of_its_passages_no_question_tests(client, course, brief):
    a_question(course, tests=brief, passage=CHARGING)
    a_question(course, tests=brief)
    writer = hire(groups=[EXPERTS])
    words = words_of(client, writer, brief.url)
    assert "1 of 2 passages is tested by no question: Storing" in words
    address = reverse("courses:write-question", args=[course.pk])
    assert f"{address}?tests={brief.pk}&amp;passage={STORING}" in client.get(brief.url).content.decode()
    assert "tested by no question" not in words_of(client, hire(), brief.url)
    a_question(course, tests=brief, passage=STORING)
    assert "Each of its 2 passages is tested." in words_of(client, writer, brief.url)


def test_of_a_brief_that_no_course_reads_a_question_is_written_for_the_bank_and_looked_at_there(client):
    brief, writer = a_brief(body=BODY), hire(groups=[EXPERTS])
    address = f"{reverse('courses:write-banked')}?tests={brief.pk}&amp;passage={STORING}"
    client.force_login(writer)
    assert address in client.get(brief.url).content.decode()
    version = a_question(None, tests=brief, passage=CHARGING)
    change(brief, "Nothing of it.")
    look = reverse("courses:look-at-question", args=[version.question_id])
    html = client.get(look).content.decode()
    assert "Bank of questions" in html
    assert reverse("courses:write-banked", args=[version.question_id]) in html
    assert client.post(look, {"do": "withdraw", "reason": "Gone."}).status_code == 302
    assert "Nothing waits for a look" in words_of(client, writer, LIST)


def test_a_stale_question_tests_nothing(client, stale, brief):
    assert "2 of 2 passages are tested by no question" in words_of(client, hire(groups=[EXPERTS]), brief.url)


def test_more_questions_take_no_more_queries(client, course, brief, django_assert_max_num_queries):
    owner, counts = hire(groups=[PROCESS_OWNERS]), []
    client.force_login(owner)
    for place, size in enumerate((1, 5), start=1):
        for _ in range(size):
            a_question(course, tests=brief, passage=CHARGING)
        change(brief, BODY.replace("Half", f"{place} parts"), at=NOON + timedelta(minutes=place))
        urls = [reverse(LIST), brief.url, reverse("knowledge:reviews")]
        counts.append([queries_of(client, url, django_assert_max_num_queries) for url in urls])
    assert counts[0] == counts[1]
