"""A canary in each thing that may not be seen; then everything that a browser can ask for while an attempt is open."""

import re
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from courses.actions import mark_answer, start_attempt, submit_attempt
from courses.kinds import (
    Answer,
    Criterion,
    FreeText,
    Level,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Numerical,
    Option,
    Ordering,
    Pair,
    ShortAnswer,
    TrueFalse,
    Unit,
)
from evidence.models import Entry, Listing, Opening
from people.groups import AUDITORS, EXPERTS, HR, PROCESS_OWNERS
from tests.courses.pages import post, posted
from tests.courses.quiz_scenes import SINGLE, a_brief, a_course, a_question, an_attempt, answers_of, asked_for
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]

SECRET, HALF = "CANARYKEY", Fraction(1, 2)
KEYS = ["CANARY-FEEDBACK-RIGHT", "CANARY-FEEDBACK-WRONG", "CANARY-EXPLANATION", "CANARY-OLDER"]
# Whatever tells right from wrong without a canary, were it in a page.
MARKS = ["is_right", "isright", "data-tone", "data-right", "correct"]


@pytest.fixture
def course():
    """A quiz of two questions whose options say nothing of themselves."""
    course = a_course(questions=0, readings=[a_brief()], pass_percent=100)
    asked_for(course)
    for place in (1, 2):
        first = a_question(course, stem=f"Older {place}?", explanation="CANARY-OLDER")
        a_question(
            course,
            question=first.question,
            kind=SINGLE,
            stem=f"Which? ({place})",
            options=[("Amber", True, "CANARY-FEEDBACK-RIGHT"), ("Blue", False, "CANARY-FEEDBACK-WRONG")],
            explanation="CANARY-EXPLANATION",
        )
    return course


def everything_to_get(course, *attempts):
    yield reverse("courses:learning")
    yield course.url
    yield reverse("courses:questions", args=[course.pk])
    yield reverse("courses:write-question", args=[course.pk])
    for question in course.questions.all():
        yield reverse("courses:write-question", args=[course.pk, question.pk])
        yield reverse("courses:regrade", args=[question.pk])
        yield reverse("courses:regrade", args=[question.pk]) + "?how=everyone"
    yield from (reverse(f"courses:{name}", args=[course.pk]) for name in ("statistics", "statistics-csv"))
    for attempt in attempts:
        yield reverse("courses:attempt", args=[attempt.pk])
        yield reverse("courses:result", args=[attempt.pk])
    yield from (page.url for page in Page.objects.live().filter(depth__gt=1))
    yield "/search/?q=CANARY"
    yield "/search/?q=Amber"
    yield reverse("competence:competence", args=[course.teaches_id])
    yield reverse("people:me")
    yield reverse("competence:list")
    yield from (reverse(name) for name in ("competence:matrix", "competence:matrix-csv", "evidence:room"))
    yield from (reverse("evidence:entry", args=[key]) for key in Listing.objects.values_list("pk", flat=True))
    for name in ("edit", "history", "view_draft", "usage", "delete", "copy"):
        yield reverse(f"wagtailadmin_pages:{name}", args=[course.pk])
    yield from (
        f"/admin/{place}" for place in ("", "pages/search/?q=CANARY", "reports/site-history/", "api/main/pages/")
    )
    yield f"/admin/api/main/pages/{course.pk}/"


def saved(client, asked, answer, **how):
    return client.post(reverse("courses:save-answer", args=[asked.pk]), {f"question-{asked.pk}": answer}, **how)


def whole(response):
    content = response.getvalue().decode()
    return f"{response.status_code} {dict(response.headers)} {response.cookies} {content}"


@pytest.mark.parametrize("groups", [[], [EXPERTS, PROCESS_OWNERS, HR, AUDITORS]])
def test_no_answer_is_seen_anywhere_while_an_attempt_is_open(client, course, groups):
    """Nor in earlier results, one's own or another's, which said it when nothing was open."""
    other = hire()
    passed = an_attempt(course, other)
    submit_attempt(passed, answers=answers_of(passed), by=other, at=NOON)
    person = hire(role="Packer", groups=groups)
    failed = an_attempt(course, person)
    submit_attempt(failed, answers=answers_of(failed, right=1), by=person, at=NOON)
    attempt = start_attempt(course, by=person, at=NOON)
    client.force_login(person)
    seen = [client.get(url, follow=True) for url in everything_to_get(course, attempt, failed, passed)]
    for asked in attempt.asked.all():
        for place in range(2):
            seen += [saved(client, asked, place), saved(client, asked, place, headers={"HX-Request": "true"})]
        seen.append(saved(client, asked, "x"))
    seen.append(client.post(reverse("courses:start", args=[course.pk]), follow=True))
    seen.append(client.post(reverse("courses:submit", args=[attempt.pk]), {"question-0": "x"}, follow=True))
    assert len(seen) > 20
    for response in seen:
        assert not [key for key in KEYS if key in whole(response)], response.request["PATH_INFO"]
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_the_canaries_are_seen_where_they_may_be(client, course):
    """Or the test above would say nothing."""
    person = hire(role="Packer", groups=[EXPERTS])
    client.force_login(person)
    assert "CANARY-EXPLANATION" in client.get(reverse("courses:questions", args=[course.pk])).content.decode()
    regrade = reverse("courses:regrade", args=[course.questions.first().pk])
    assert "CANARY-FEEDBACK-RIGHT" in client.get(regrade).content.decode()
    attempt = an_attempt(course, person)
    post(client, person, "courses:submit", attempt.pk, **posted(attempt))
    result = client.get(reverse("courses:result", args=[attempt.pk])).content.decode()
    assert "CANARY-FEEDBACK-RIGHT" in result
    assert "CANARY-EXPLANATION" in result
    assert "CANARY-FEEDBACK-WRONG" not in result


def test_the_sheet_looks_the_same_whichever_option_is_right(client):
    """Byte for byte, but for the numbers that name its parts."""
    sheets = []
    person = hire()
    client.force_login(person)
    for amber_is_right in (True, False):
        course = a_course(questions=0)
        options = [("Amber", amber_is_right, "Some words."), ("Blue", not amber_is_right, "")]
        a_question(course, stem="Which?", options=options)
        attempt = an_attempt(course, person)
        html = client.get(reverse("courses:attempt", args=[attempt.pk])).content.decode()
        sheets.append(re.sub(r"\d+", "N", html[html.index("<fieldset") : html.index("</fieldset>")]))
    assert "Amber" in sheets[0]
    assert sheets[0] == sheets[1]
    assert not [mark for mark in MARKS if mark in sheets[0].lower()]


def test_a_failed_result_tells_only_of_what_was_chosen(client, course):
    person = hire(role="Packer")
    attempt = an_attempt(course, person)
    post(client, person, "courses:submit", attempt.pk, **posted(attempt, right=0))
    result = client.get(reverse("courses:result", args=[attempt.pk])).content.decode()
    assert "CANARY-FEEDBACK-WRONG" in result
    assert "CANARY-FEEDBACK-RIGHT" not in result
    assert "CANARY-EXPLANATION" not in result
    assert 'data-tone="ok"' not in result


def test_the_log_says_nothing_of_the_answers(course):
    person = hire(role="Packer")
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    leaves = b"".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True)).decode()
    said = leaves + "".join(Opening.objects.values_list("value", flat=True))
    assert not [key for key in [*KEYS, "Amber", "is_right"] if key in said]
    assert '"chosen"' not in said


OF_EACH = [
    MultipleChoice(
        stem="Many?",
        options=(Option("**Amber**", HALF, SECRET), Option("Blue", HALF), Option("Cyan", -HALF, SECRET)),
        has_markdown=True,
    ),
    TrueFalse(stem="True?", is_true=True, feedback_true=SECRET, feedback_false=SECRET),
    ShortAnswer(stem="Where?", answers=(Answer(SECRET), Answer("*", HALF, SECRET))),
    Numerical(stem="How many?", answers=(NumberAnswer(Fraction(918273645), feedback=SECRET),), units=(Unit(SECRET),)),
    FreeText(stem="Why?", rubric=(Criterion(SECRET, (Level(SECRET, 0), Level(SECRET, 1))),), guidance=SECRET),
    Ordering(stem="In which order?", items=("Zinc", "Yarn", "Xenon", "Wood"), explanation=SECRET),
    Matching(
        stem="Which?", pairs=(Pair("Zinc", "Metal"), Pair("Yarn", "Wool"), Pair("Wood", "Tree")), explanation=SECRET
    ),
]


def test_the_keys_of_no_kind_are_seen_while_they_are_asked(client):
    course, person = a_course(questions=0, one_a_page=True), hire(groups=[EXPERTS])
    for content in OF_EACH:
        a_question(course, content)
    attempt = an_attempt(course, person)
    client.force_login(person)
    seen = [client.get(url, follow=True) for url in everything_to_get(course, attempt)]
    sheet = reverse("courses:attempt", args=[attempt.pk])
    seen += [client.get(f"{sheet}?question={place}") for place in range(1, len(OF_EACH) + 2)]
    for asked in attempt.asked.select_related("version"):
        for answer in ({f"question-{asked.pk}": SECRET[:3]}, {f"question-{asked.pk}-0": "0"}):
            seen.append(client.post(reverse("courses:save-answer", args=[asked.pk]), answer))
            seen.append(client.post(sheet, answer, follow=True))
    seen.append(client.get(reverse("courses:bank")))
    for response in seen:
        assert not [key for key in (SECRET, "918273645") if key in whole(response)], response.request["PATH_INFO"]


@pytest.mark.parametrize("kind", [Ordering, Matching])
def test_no_number_in_the_page_tells_what_belongs_where(client, kind):
    """Of ten sheets of one question, the fields and values are the same: they count what is shown."""
    [content] = [one for one in OF_EACH if isinstance(one, kind)]
    course, marks, texts = a_course(questions=0), set(), set()
    a_question(course, content)
    for _ in range(10):
        person = hire()
        attempt = an_attempt(course, person)
        client.force_login(person)
        html = client.get(reverse("courses:attempt", args=[attempt.pk])).content.decode()
        fields = BeautifulSoup(html, "html.parser").find("fieldset").find_all("select")
        name = f"question-{attempt.asked.get().pk}"
        marks.add(
            str([[field["name"].removeprefix(name), *(one["value"] for one in field("option"))] for field in fields])
        )
        texts.add(
            str([[field.find_previous("label").text, *(one.text for one in field("option"))] for field in fields])
        )
    assert len(marks) == 1
    assert len(texts) > 1


@pytest.mark.parametrize("groups", [[], [AUDITORS]])
def test_not_even_the_log_tells_what_an_assessor_said_of_a_question_that_is_asked_again(client, groups):
    course, person = a_course(questions=0), hire(groups=groups)
    a_question(course, FreeText(stem="Why?"))
    attempt = an_attempt(course, person)
    submit_attempt(attempt, answers={attempt.asked.get().pk: {"text": "So."}}, by=person, at=NOON)
    marking = mark_answer(attempt.asked.get(), levels=[0], comment=SECRET, by=hire(), at=NOON)
    entry = reverse("evidence:entry", args=[f"courses.answer_marked:{marking.pk}"])
    client.force_login(person)
    assert SECRET in client.get(entry).content.decode()
    start_attempt(course, by=person, at=NOON)
    assert SECRET not in client.get(entry).content.decode()
