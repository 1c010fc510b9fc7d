"""One page means one page: what is measured, what is refused, and what is printed."""

import json

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from evidence.actions import seal
from evidence.questions import last_checkpoint
from knowledge.actions import begin_procedure, draft_page, publish
from knowledge.freezing import frozen_copy
from knowledge.gauge import gauge_words
from knowledge.layout import as_pdf, layout_of, sheet_of
from knowledge.models import DecisionRecord, KnowledgeBrief
from knowledge.one_page import LONGEST, layout_of_brief
from knowledge.printing import sheet_of_edition
from knowledge.refusals import OverlongRefused
from tests.knowledge.conftest import NOON, change, form_of

LONG = "\n\n".join(f"Paragraph {number} says the same as the one before it, at some length." for number in range(90))
HOSTILE = """Say #panic("no") #import "@preview/x:0.1.0" $ x^2 $ <label> @ref \\u{41} #read("/etc/passwd")

| a | `b` |
|---|----:|
| [x](javascript:alert(1)) | ![p](image:999999) |

> - deep
>   1. deeper

Term
: Meaning[^1]

<details><summary>More</summary>text</details>

日本語 العربية 😀 ☑

[^1]: Note.
"""


def words_of(node) -> str:
    if isinstance(node, str):
        return node
    nodes = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return " ".join(map(words_of, nodes))


def lay_out(body):
    return layout_of_brief(title="T", summary="", body=body)


def test_a_short_brief_fits_and_a_long_one_says_by_how_much():
    short, long = lay_out("A line."), lay_out(LONG)
    assert (short.pages, short.fits, short.overflow_lines) == (1, True, 0)
    assert 0 < short.fill < 0.3
    assert long.pages > 1
    assert not long.fits
    assert long.percent > 100
    assert long.overflow_mm > 0
    assert long.overflow_lines > 1


def test_each_line_makes_the_page_fuller_by_the_same():
    first, second, third = (lay_out("\n\n".join(["Line."] * count)).fill for count in (1, 2, 3))
    assert second - first == pytest.approx(third - second)


def test_there_is_no_text_between_what_fits_and_what_does_not():
    """The last text that fits has one page in print, and one line more has two."""
    last = max(count for count in range(30, 80) if lay_out("\n\n".join(["Line."] * count)).fits)
    printed = [
        as_pdf(sheet_of({**_copy("\n\n".join(["Line."] * count)), "number": "BRF-0001", "processes": ["PRO-0001"]}))
        for count in (last, last + 1)
    ]
    assert [pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page ") for pdf in printed] == [1, 2]


def _copy(body):
    part = {"name": "body", "label": "Text", "kind": "markdown", "value": body}
    return {"number": "", "kind": "brief", "title": "T", "parts": [part]}


def test_what_looks_like_code_is_printed_as_it_stands(db):
    sheet = sheet_of(_copy(HOSTILE))
    assert as_pdf(sheet).startswith(b"%PDF")
    words = words_of(sheet.document).replace("\u200b", "")
    for phrase in ("#panic", "@preview/x:0.1.0", "\\u{41}", "Meaning", "Note.", "日本語", "deeper", "More"):
        assert phrase in words
    assert "javascript:" not in json.dumps(sheet.document)


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=200))
def test_any_text_can_be_laid_out(text):
    assert lay_out(text).pages >= 1


@pytest.mark.parametrize(
    "text",
    [
        "> " * 300 + "x",
        "".join("  " * depth + "- a\n" for depth in range(60)),
        "|a" * 60 + "|\n" + "|-" * 60 + "|\n" + "|b" * 60 + "|",
        "<table><tr><td colspan=9999999>a</td><td rowspan=99>b</td></tr></table>",
        "<ol start=99999999999999999999><li>a</li></ol>",
        "x" * 5000,
    ],
)
def test_odd_shapes_do_not_fail(text):
    assert lay_out(text).pages >= 1


def test_the_same_edition_is_the_same_bytes(published, process_owner):
    sheets = [sheet_of_edition(published.editions.get(), process_owner) for _ in range(2)]
    assert sheets[0].key == sheets[1].key
    assert as_pdf(sheets[0]) == as_pdf(sheets[1])


def test_the_page_says_what_it_is_who_let_it_out_and_how_the_log_stands(published, process_owner):
    seal(at=NOON)
    words = words_of(sheet_of_edition(published.editions.get(), process_owner).document)
    root = last_checkpoint().root.hex()
    for phrase in (published.number, "1, in force since 2 Mar 2026", str(process_owner), "2 March 2026", root[:16]):
        assert phrase in words


def test_a_reader_gets_the_pdf_of_any_kind_of_page(client, reader, published, expert):
    decision = draft_page(DecisionRecord, title="We decide", context=LONG, by=expert, at=NOON)
    edition = publish(decision, by=expert, at=NOON, **change())
    client.force_login(reader)
    for each in (published.editions.get(), edition):
        answer = client.get(reverse("knowledge:pdf", args=[each.pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    assert reverse("knowledge:pdf", args=[edition.pk]) in client.get(decision.url).content.decode()


def test_publishing_refuses_what_runs_over_and_leaves_nothing(brief, process_owner, expert):
    brief.body = LONG
    with pytest.raises(OverlongRefused, match=r"runs over its page by about \d+ lines \(\d+ %\)\. Shorten it"):
        publish(brief, by=process_owner, author=expert, at=NOON, **change())
    assert not brief.editions.exists()


def test_what_was_written_elsewhere_may_be_longer(brief, process_owner):
    brief.body = LONG
    publish(brief, by=process_owner, author=None, at=NOON, **change())
    assert brief.editions.exists()


def _edit(client, page, action, **fields):
    data = form_of(title=page.title, slug=page.slug, summary="", **(change() | fields))
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, **action})


def test_a_draft_may_run_over_and_what_is_sent_may_not(client, expert, brief):
    client.force_login(expert)
    assert _edit(client, brief, {}, body=LONG).status_code == 302
    refused = _edit(client, brief, {"action-submit": "1"}, body=LONG).content.decode()
    assert "This brief runs over its page by about" in refused
    brief.refresh_from_db()
    assert not brief.workflow_in_progress


def test_publishing_many_publishes_none_where_one_runs_over(client, administrator, brief, expert):
    long = draft_page(KnowledgeBrief, title="Long", body=LONG, by=expert, at=NOON)
    client.force_login(administrator)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{address}?id={brief.pk}&id={long.pk}", {"include_descendants": ""}, follow=True)
    assert "Nothing was published. “Long”: This brief runs over" in answer.content.decode()
    assert not Page.objects.filter(pk__in=[brief.pk, long.pk], live=True).exists()


def test_the_gauge_answers_who_writes_and_nobody_else(client, expert, reader):
    asked = {"title": "T", "summary": "", "body": "A line."}
    client.force_login(expert)
    told = client.post(reverse("knowledge:gauge"), asked).json()
    assert told["words"] == f"{told['percent']} % of the page."
    assert "runs over its page" in client.post(reverse("knowledge:gauge"), asked | {"body": LONG}).json()["words"]
    client.force_login(reader)
    assert client.post(reverse("knowledge:gauge"), asked).status_code == 403


def test_the_gauge_lays_out_no_book():
    assert gauge_words(title="T", summary="", body="x" * (LONGEST + 1))["words"] == "Far more than a page."


def test_the_editor_shows_how_full_the_saved_page_is(client, expert, brief):
    client.force_login(expert)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[brief.pk])).content.decode()
    assert "% of the page." in html
    assert "knowledge/gauge.js" in html


def test_a_procedure_begins_with_its_headings(client, expert, reader):
    client.force_login(reader)
    assert client.post(reverse("knowledge:begin-procedure")).status_code == 403
    client.force_login(expert)
    answer = client.post(reverse("knowledge:begin-procedure"))
    brief = KnowledgeBrief.objects.get(title="New procedure")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[brief.pk])
    headings = [line[3:] for line in brief.body.splitlines() if line.startswith("## ")]
    assert headings == ["Purpose", "Scope", "Responsibilities", "Steps", "Related", "Records"]
    assert not brief.live
    again = begin_procedure(title=" ", by=expert, at=NOON)
    assert again.title == "New procedure"
    assert layout_of(json.loads(frozen_copy(again)[0])).fits


def test_a_procedure_is_offered_where_one_begins_to_write(client, expert):
    client.force_login(expert)
    for address in ("/briefs/", reverse("wagtailadmin_home")):
        html = client.get(address).content.decode()
        assert "Write a procedure" in html
        assert 'name="csrfmiddlewaretoken" value="' in html.split(reverse("knowledge:begin-procedure"))[1]


def test_a_picture_of_the_house_is_drawn(expert, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = get_image_model().objects.create(title="A strap", file=get_test_image_file(size=(300, 200)))
    brief = draft_page(KnowledgeBrief, title="With a picture", body=f"![A strap](image:{picture.pk})", by=None, at=NOON)
    without = draft_page(KnowledgeBrief, title="Without one", body="A strap", by=None, at=NOON)
    drawn, told = (layout_of(json.loads(frozen_copy(page)[0])) for page in (brief, without))
    assert drawn.fits
    assert drawn.fill > told.fill + 0.1
