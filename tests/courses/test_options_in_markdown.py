from fractions import Fraction

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.actions import submit_attempt
from courses.kinds import MultipleChoice, Option, SingleChoice
from courses.models import QuestionVersion
from courses.templatetags.quiz_tags import option_text
from people.groups import EXPERTS
from tests.courses.quiz_scenes import a_course, a_question, an_attempt, answers_of
from tests.scenes import NOON, hire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_o_clock")]

PAYLOADS = [
    "<script>alert(1)</script>b",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "![a](https://elsewhere.example/a.png)",
    "</span></label><form action=//elsewhere.example><input name=a>",
]


def choices_on_each_page(client, *options, kind=SingleChoice, **said):
    """What stands in the options: where they are chosen, in the result, and for those who write questions."""
    course, person = a_course(questions=0), hire(groups=[EXPERTS])
    told = tuple(Option(text, Fraction(place == 0)) for place, text in enumerate(options))
    a_question(course, kind(stem="How full?", options=told, **said))
    attempt = an_attempt(course, person)
    client.force_login(person)
    sheet = client.get(reverse("courses:attempt", args=[attempt.pk]))
    submit_attempt(attempt, answers=answers_of(attempt), by=person, at=NOON)
    result = client.get(reverse("courses:result", args=[attempt.pk]))
    key = client.get(reverse("courses:questions", args=[course.pk]))
    pages = [BeautifulSoup(page.content, "html.parser") for page in (sheet, result, key)]
    return [page.find(class_="choices") for page in pages]


@pytest.mark.parametrize("kind", [SingleChoice, MultipleChoice])
def test_bold_and_a_picture_are_shown_wherever_an_option_is(client, settings, tmp_path, kind):
    settings.MEDIA_ROOT = tmp_path
    picture = get_image_model().objects.create(title="Full", file=get_test_image_file())
    for choices in choices_on_each_page(
        client, "**half** of it", f"![Full](image:{picture.pk})", kind=kind, has_markdown=True
    ):
        assert choices.strong.text == "half"
        assert choices.img["alt"] == "Full"
        assert choices.img["src"].startswith("/media/images/")
        assert not choices("p")


def test_options_that_are_plain_show_their_characters(client):
    for choices in choices_on_each_page(client, "**half** <b>of</b> it", "full"):
        assert "**half** <b>of</b> it" in choices.text
        assert not choices(["strong", "b"])


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("has_markdown", [True, False])
def test_what_an_option_brings_along_never_runs(client, payload, has_markdown):
    for choices in choices_on_each_page(client, "half", payload, has_markdown=has_markdown):
        assert not choices(["script", "form"])
        assert not choices("input", attrs={"name": "a"})
        assert len(choices(class_="choice")) == 2
        for tag in choices(True):
            assert not [name for name in tag.attrs if name.startswith("on")]
            assert not tag.get("src")  # nothing is loaded from elsewhere
            assert not tag.get("href", "").startswith("javascript:")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b*", "a <em>b</em>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
        ("a\n\n- b", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"),
    ],
)
def test_one_paragraph_stands_in_the_line_and_blocks_stay(text, shown):
    assert option_text(text, has_markdown=True) == f'<span class="prose">{shown}</span>'


def ticked(client, url):
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return page.find("input", attrs={"name": "has_markdown"}).has_attr("checked")


def test_a_new_question_begins_with_markdown_and_a_revised_one_as_it_is(client):
    course, author = a_course(questions=0), hire(groups=[EXPERTS])
    plain = a_question(course).question
    client.force_login(author)
    new = reverse("courses:write-question", args=[course.pk])
    assert ticked(client, f"{new}?kind=single")
    assert not ticked(client, reverse("courses:write-question", args=[course.pk, plain.pk]))
    told = {"stem": "?", "points": 1, "has_markdown": "on", "rows-TOTAL_FORMS": 2, "rows-INITIAL_FORMS": 0}
    told |= {"rows-0-text": "**a**\r\n\r\n- b", "rows-0-is_right": "on", "rows-1-text": "b"}
    assert client.post(f"{new}?kind=single", told).status_code == 302
    version = QuestionVersion.objects.latest("pk")
    assert version.says.has_markdown
    assert version.shows.has_markdown
    assert version.shows.options == ("**a**\n\n- b", "b")
    assert ticked(client, reverse("courses:write-question", args=[course.pk, version.question_id]))
